/** No precinct has more; a larger number is a slip of the keyboard or two columns run together. */
const MAX_VOTES = 10_000_000

export type Amount =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'empty' }
  | { readonly is: 'bad'; readonly why: string }

/**
 * A count as files write it: digits, thousands separated by commas or spaces, Arabic digits, `12.0` from a spreadsheet.
 * Nothing, or a dash alone, is empty. Anything else is bad rather than guessed at: `1.009` may be one or a thousand.
 */
export function amountOf(cell: string): Amount {
  const text = westernDigits(cell)
    .replace(/[\s\u00A0\u202F]+/gu, ' ')
    .trim()
  if (text === '' || /^[-–—]$/u.test(text)) return { is: 'empty' }
  const plain = /^\d{1,3}([ ,٬]\d{3})+$/u.test(text) ? text.replace(/[ ,٬]/gu, '') : text.replace(/\.0+$/, '')
  if (/^-\d/.test(plain)) return { is: 'bad', why: 'is negative' }
  if (!/^\d+$/.test(plain)) return { is: 'bad', why: 'is not a whole number' }
  const value = Number(plain)
  if (value > MAX_VOTES) return { is: 'bad', why: `is more than ${MAX_VOTES}` }
  return { is: 'number', value }
}

function westernDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}
