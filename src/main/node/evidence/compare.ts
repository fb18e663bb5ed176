/** Where two files part: byte, line, and what stands there in each. */
export type Difference = {
  readonly file: string
  /** From 0. */
  readonly byte: number
  /** From 1; of a text file. */
  readonly line: number
  readonly pack: string
  readonly journal: string
}

/** Characters shown of each side. */
const SHOWN = 80
const NEWLINE = 10

/** Compares bytes at hand with bytes made anew, piece by piece; null: they are the same. */
export async function compare(
  file: string,
  given: Uint8Array,
  made: AsyncIterable<Uint8Array>,
): Promise<Difference | null> {
  let at = 0
  let line = 1
  for await (const piece of made) {
    for (let index = 0; index < piece.byteLength; index++) {
      if (at + index >= given.byteLength || given[at + index] !== piece[index]) {
        const byte = at + index
        return { file, byte, line, pack: excerpt(given, byte), journal: excerpt(piece, index) }
      }
      if (piece[index] === NEWLINE) line += 1
    }
    at += piece.byteLength
  }
  if (at === given.byteLength) return null
  return { file, byte: at, line, pack: excerpt(given, at), journal: '' }
}

/** The text from the line's begin, or near it, on. */
function excerpt(bytes: Uint8Array, at: number): string {
  // A search from -1 begins at the end.
  const lineAt = at === 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1
  const from = Math.max(lineAt, at - SHOWN / 2)
  const text = Buffer.from(bytes.subarray(from, from + SHOWN)).toString('utf8')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal would obey is what has to go
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
}
