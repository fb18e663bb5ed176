import type { EvidenceFacts } from './facts.ts'
import { figureOf, grouped } from './paper-figures.ts'
import type { PaperWords } from './paper-words.ts'
import type { Block } from './report.ts'
import { committeesOf, percent, verifiedByCommittee } from './sheets-figures.ts'

export function candidateBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { figures, projection } = facts.fold
  const counted = figureOf(facts, 'counts')
  const candidates = [...projection.of('candidate').values()].map((held) => held.record)
  const votesOf = (id: (typeof candidates)[number]['id']) => figures.counts.candidate(id)
  candidates.sort((a, b) => votesOf(b.id).votes - votesOf(a.id).votes || a.number - b.number || a.id - b.id)
  return [
    { is: 'heading', text: words.candidates },
    {
      is: 'table',
      columns: [
        { title: words.number, share: 1 },
        { title: words.name, share: 5 },
        { title: words.party, share: 3 },
        { title: words.votes, share: 2, end: true },
        { title: words.votesVerified, share: 2, end: true },
        { title: words.votesUnverified, share: 2, end: true },
      ],
      rows: candidates.map(({ id, number, name, party }) => {
        const { votes, verified } = votesOf(id)
        const partyName = party === null ? words.independent : (projection.of('party').get(party)?.record.name ?? '')
        return [String(number), name, partyName, counted(votes), counted(verified), counted(votes - verified)]
      }),
    },
  ]
}

export function resultBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const results = facts.fold.projection.of('results').get('results')?.record
  const figure = figureOf(facts, 'results')
  if (!results)
    return [
      { is: 'heading', text: words.published },
      { is: 'words', text: words.noResults, tone: 'plain' },
    ]
  return [
    { is: 'heading', text: `${words.published} · ${words.resultsStatus[results.status]}` },
    {
      is: 'table',
      columns: [
        { title: words.rank, share: 1 },
        { title: words.number, share: 1 },
        { title: words.name, share: 5 },
        { title: words.party, share: 3 },
        { title: words.votes, share: 2, end: true },
      ],
      rows: [...results.candidates]
        .sort((a, b) => a.rank - b.rank || a.number - b.number)
        .map(({ rank, number, name, party, votes }) => [
          ...[String(rank), String(number), name, party === '' ? words.independent : party, figure(votes)],
        ]),
    },
  ]
}

export function committeeBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { fold } = facts
  const { figures, projection } = fold
  const [came, counted] = [figureOf(facts, 'attendance'), figureOf(facts, 'counts')]
  const verified = verifiedByCommittee(fold)
  return [
    { is: 'heading', text: words.committees },
    {
      is: 'table',
      columns: [
        { title: words.code, share: 2 },
        { title: words.name, share: 6 },
        { title: words.electors, share: 2, end: true },
        { title: words.attended, share: 2, end: true },
        { title: words.turnout, share: 2, end: true },
        { title: words.cast, share: 2, end: true },
        { title: words.votes, share: 2, end: true },
        { title: words.votesVerified, share: 2, end: true },
        { title: words.entryLabel, share: 3 },
      ],
      rows: committeesOf(fold).map(({ id, code, name, electors }) => {
        const { attended } = figures.attendance.of(code)
        const entry = projection.of('entry').get(id)?.record
        const share = percent(attended, electors)
        const attendance = [came(attended), share === null ? '–' : `${share}%`]
        const counts = [
          counted(entry?.cast ?? null),
          counted(figures.counts.committee(id).votes),
          counted(verified.get(id) ?? 0),
        ]
        return [code, name, grouped(electors), ...attendance, ...counts, words.entry[entry?.status ?? 'NOT_STARTED']]
      }),
    },
  ]
}
