import { foldText, searchedWords } from '../../../../shared/words/fold-text.ts'

export type PaletteItem = {
  readonly id: string
  readonly title: string
  /** More words it may be found by. */
  readonly also?: string
  readonly keys?: string
  readonly run: () => void
}

/** Enough to choose from without scrolling far. */
const SHOWN = 60

/** Items in which every typed word occurs, those that begin with it first. */
export function searchItems(items: readonly PaletteItem[], text: string): PaletteItem[] {
  const words = searchedWords(text)
  if (words.length === 0) return items.slice(0, SHOWN)
  const scored = items.flatMap((item) => {
    const title = foldText(item.title)
    const all = `${title} ${foldText(item.also ?? '')}`
    if (!words.every((word) => all.includes(word))) return []
    return [{ item, score: title.startsWith(words[0] ?? '') ? 0 : title.includes(words[0] ?? '') ? 1 : 2 }]
  })
  return scored
    .sort((a, b) => a.score - b.score)
    .slice(0, SHOWN)
    .map(({ item }) => item)
}
