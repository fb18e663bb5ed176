/** The largest figure a sheet may carry: the server's own bound. */
export const LARGEST = 10_000_000
const GROUPING = /[\s\u00a0\u202f,٬'’]/g
const ARABIC = '٠١٢٣٤٥٦٧٨٩'
const PERSIAN = '۰۱۲۳۴۵۶۷۸۹'

/** A whole number in either digit set, with or without grouping; null where it is none. */
export function readCount(text: string): number | null {
  const digits = text
    .replace(/[٠-٩]/g, (digit) => String(ARABIC.indexOf(digit)))
    .replace(/[۰-۹]/g, (digit) => String(PERSIAN.indexOf(digit)))
    .replace(GROUPING, '')
  if (!/^\d{1,8}$/.test(digits)) return null
  const value = Number(digits)
  return value <= LARGEST ? value : null
}
