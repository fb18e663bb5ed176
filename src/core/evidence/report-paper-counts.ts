import type { EvidenceFacts } from './facts.ts'
import { grouped, localTime } from './paper-figures.ts'
import type { PaperWords } from './paper-words.ts'
import type { Block, Column } from './report.ts'
import { committeesOf } from './sheets-figures.ts'
import { standingOf } from './sheet-paper-counts.ts'

/** The last paper count of each committee, beside what the server had when it was counted. Sealed: without who and why. */
export function paperCountBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { fold, choice } = facts
  const heading: Block = { is: 'heading', text: words.paperCounts }
  if (fold.paper.length === 0) return [heading, { is: 'words', text: words.noPaperCounts, tone: 'plain' }]
  const isOpen = choice.privacy === 'open'
  const people: Column[] = [
    { title: words.countedBy, share: 5 },
    { title: words.note, share: 5 },
  ]
  const places = new Map(committeesOf(fold).map(({ code, name }, index) => [code, { name, index }]))
  const placeOf = (code: (typeof fold.paper)[number]['turn']['committee']) => places.get(code)?.index ?? places.size
  const counts = [...standingOf(fold.paper)]
  counts.sort((a, b) => placeOf(a.turn.committee) - placeOf(b.turn.committee) || a.cursor - b.cursor)
  return [
    heading,
    { is: 'words', text: words.paperCountsAbout, tone: 'plain' },
    {
      is: 'table',
      columns: [
        { title: words.code, share: 2 },
        { title: words.name, share: 4 },
        { title: words.onPaper, share: 2, end: true },
        { title: words.serverThen, share: 2, end: true },
        { title: words.unseenThen, share: 2, end: true },
        { title: words.countedAt, share: 5 },
        ...(isOpen ? people : []),
      ],
      rows: counts.map(({ turn, trust }) => {
        const { committee, count, attended, waiting, at, by, reason } = turn
        const isSure = trust !== null && trust.state !== 'doubtful'
        const figures = [grouped(count), `${grouped(attended)}${isSure ? '' : ' ?'}`, grouped(waiting)]
        const place = [committee, places.get(committee)?.name ?? '']
        return [...place, ...figures, localTime(facts, at), ...(isOpen ? [by, reason] : [])]
      }),
    },
  ]
}
