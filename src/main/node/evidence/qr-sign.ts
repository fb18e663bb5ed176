/** The squares of a QR sign, row by row; true is dark. Medium error correction: paper gets folded. */
export async function signSquares(text: string): Promise<readonly (readonly boolean[])[]> {
  const { encode } = await import('uqr')
  return encode(text, { ecc: 'M', border: 0 }).data
}

/** Light squares around the sign: readers need four. */
export const QUIET = 4

/** The sign as a picture of its own, with a white ground: it is looked at in dark windows too. */
export async function signSvg(text: string): Promise<string> {
  const squares = await signSquares(text)
  const size = squares.length + 2 * QUIET
  const path = squares.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])),
  )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<title>${escaped(text)}</title><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path.join('')}"/></svg>\n`
  )
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
