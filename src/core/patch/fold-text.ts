const ARABIC_INDIC_ZERO = 0x0660
const PERSIAN_ZERO = 0x06f0

/** Letters written in several ways that have no decomposition, each as the one it is searched by. */
const SAME: Readonly<Record<string, string>> = {
  '\u0671': '\u0627', // alef wasla: alef
  '\u0649': '\u064a', // alef maqsura: yeh
  '\u06cc': '\u064a', // Persian yeh: yeh
  '\u06a9': '\u0643', // Persian kaf: kaf
  '\u0629': '\u0647', // teh marbuta: heh
}

/**
 * Text as people search it: lower case, both digit sets as 0–9, without accents, vowel marks, hamza on its carrier, tatweel
 * and direction marks, and letters that are written in several ways (alef, yeh, kaf, teh marbuta) as one.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640]/gu, '')
    .replace(/[\u0671\u0649\u06cc\u06a9\u0629]/g, (letter) => SAME[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_INDIC_ZERO))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
}

/** Records are replaced, never changed, so what one is searched by is folded once. */
const folded = new WeakMap<object, string>()

export type Searchable = { readonly of: object; readonly text: () => string }

/** True for things whose texts hold, taken together, every word searched for. */
export function searcher(search: string): (...among: readonly Searchable[]) => boolean {
  const words = foldText(search).split(' ').filter(Boolean)
  if (words.length === 0) return () => true
  return (...among) => {
    const texts = among.map(({ of, text }) => {
      const known = folded.get(of) ?? foldText(text())
      folded.set(of, known)
      return known
    })
    return words.every((word) => texts.some((text) => text.includes(word)))
  }
}
