import { foldText, searchedWords } from '../../shared/words/fold-text.ts'

/** Records are replaced, never changed, so what one is searched by is folded once. */
const folded = new WeakMap<object, string>()

export type Searchable = { readonly of: object; readonly text: () => string }

/** True for things whose texts hold, taken together, every word searched for. */
export function searcher(search: string): (...among: readonly Searchable[]) => boolean {
  const words = searchedWords(search)
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
