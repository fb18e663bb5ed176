/** One path segment, percent-encoded: `FC#28` becomes `FC%2328`. A lone dot segment cannot be mistaken for a folder. */
export function encodeSegment(text: string): string {
  const whole = text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  const encoded = encodeURIComponent(whole).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return /^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%2E') : encoded
}

/** `?a=1&b=2`, or nothing; absent values are left out. Keys and values are encoded. */
export function encodeQuery(values: Readonly<Record<string, string | number | boolean | null | undefined>>): string {
  const parts = Object.entries(values).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [`${encodeSegment(name)}=${encodeSegment(String(value))}`],
  )
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
