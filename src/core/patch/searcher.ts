import { foldText, searchedWords } from '../../shared/words/fold-text.ts'

/** Records are replaced, never changed, so what one is searched by is folded once. */
const folded = { open: new WeakMap<object, string>(), private: new WeakMap<object, string>() }

/** `part`: what only some may search is folded apart from what all may. */
export type Searchable = { readonly of: object; readonly part?: keyof typeof folded; readonly text: () => string }

/** True for things whose texts hold, taken together, every word searched for. */
export function searcher(search: string): (...among: readonly Searchable[]) => boolean {
  const words = searchedWords(search)
  if (words.length === 0) return () => true
  return (...among) => {
    const texts = among.map(({ of, part = 'open', text }) => {
      const known = folded[part].get(of) ?? foldText(text())
      folded[part].set(of, known)
      return known
    })
    return words.every((word) => texts.some((text) => text.includes(word)))
  }
}
