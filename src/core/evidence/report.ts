import { TOPICS } from '../../shared/model/change.ts'
import { assertNever } from '../../shared/result.ts'
import type { PackBeginning } from './beginning.ts'
import type { EvidenceFacts, PaperLanguage } from './facts.ts'
import { AR } from './paper-words-ar.ts'
import { EN } from './paper-words-en.ts'
import { figureOf, fromLeft, grouped, localTime } from './paper-figures.ts'
import type { PaperWords } from './paper-words.ts'
import { paperCountBlocks } from './report-paper-counts.ts'
import { candidateBlocks, committeeBlocks, resultBlocks } from './report-tables.ts'
import { signText } from './sign.ts'
import { percent } from './sheets-figures.ts'
import { sinceOf } from './trust-cells.ts'

/** A cell on paper. `end`: figures stand at the end of their column. */
export type Column = { readonly title: string; readonly share: number; readonly end?: true }
export type Block =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'words'; readonly text: string; readonly tone: 'plain' | 'doubt' }
  | { readonly is: 'facts'; readonly rows: readonly { readonly label: string; readonly value: string }[] }
  | { readonly is: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] }
  | { readonly is: 'sign'; readonly text: string; readonly words: string; readonly lines: readonly string[] }

/** What is on the paper, in order; how it is set is the host's. */
export type Report = {
  readonly language: PaperLanguage
  readonly title: string
  readonly subtitle: string
  /** Said in large on every page; null on an official open paper. */
  readonly band: string | null
  /** At the foot of each page, beside the page's number. */
  readonly foot: string
  readonly page: (page: number) => string
  /** When the paper's last record was written, ms. */
  readonly at: number
  readonly blocks: readonly Block[]
}

export function reportOf(facts: EvidenceFacts): Report {
  const { fold, journal, choice } = facts
  const words = wordsOf(choice.language)
  const [election] = fold.projection.of('election').values()
  const bands = [
    journal.mode === 'rehearsal' ? words.rehearsal : null,
    choice.privacy === 'sealed' ? words.sealed : null,
  ]
  const band = bands.filter((each) => each !== null).join(' · ')
  return {
    language: choice.language,
    title: election?.record.name ?? journal.name,
    subtitle: `${words.title} · ${words.asOf(localTime(facts, journal.at))}`,
    band: band === '' ? null : band,
    foot: `${journal.cursor} · ${journal.head}`,
    page: words.page,
    at: journal.at,
    blocks: [
      ...aboutBlocks(facts, words),
      ...trustBlocks(facts, words),
      ...figureBlocks(facts, words),
      ...candidateBlocks(facts, words),
      ...resultBlocks(facts, words),
      ...deskBlocks(facts, words),
      ...committeeBlocks(facts, words),
      ...paperCountBlocks(facts, words),
    ],
  }
}

export function wordsOf(language: PaperLanguage): PaperWords {
  switch (language) {
    case 'en':
      return EN
    case 'ar':
      return AR
    default:
      return assertNever(language)
  }
}

function aboutBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { fold, journal } = facts
  const [election] = fold.projection.of('election').values()
  return [
    {
      is: 'sign',
      text: signText(facts),
      words: words.verifyText,
      lines: [
        `${words.server}: ${journal.server}`,
        `${words.journal}: ${journal.name}`,
        `${words.record}: ${grouped(journal.cursor)}`,
        `${words.day}: ${election?.record.date ? fromLeft(election.record.date) : words.notSet}`,
        `${words.phaseLabel}: ${words.phase[election?.record.phase ?? 'SETUP']}`,
        `${words.head}: ${journal.head}`,
      ],
    },
    ...(journal.begins ? [beginningBlock(facts, journal.begins, words)] : []),
  ]
}

/** What is in it only by its checkpoint: said before any figure. */
const beginningBlock = (facts: EvidenceFacts, begins: PackBeginning, words: PaperWords): Block => ({
  is: 'words',
  text: words.beginning(begins, (at) => localTime(facts, at)),
  tone: 'doubt',
})

function trustBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { trust } = facts.fold.projection
  const isDoubtful = TOPICS.some((topic) => trust.of(topic).state === 'doubtful')
  return [
    { is: 'heading', text: words.trust },
    { is: 'words', text: isDoubtful ? words.doubtMark : words.noDoubt, tone: isDoubtful ? 'doubt' : 'plain' },
    {
      is: 'table',
      columns: [
        { title: words.topicLabel, share: 3 },
        { title: words.trust, share: 2 },
        { title: words.since, share: 3 },
        { title: words.why, share: 4 },
      ],
      rows: TOPICS.map((topic) => {
        const so = trust.of(topic)
        const why = so.state === 'doubtful' ? words.doubt[so.because] : ''
        return [words.topic[topic], words.trustOf[so.state], localTime(facts, sinceOf(so)), why]
      }),
    },
  ]
}

function figureBlocks(facts: EvidenceFacts, words: PaperWords): Block[] {
  const { figures, projection } = facts.fold
  const { attendance, guarantees, counts } = figures
  const [place, came, promised, counted] = [
    figureOf(facts, 'committees'),
    figureOf(facts, 'attendance'),
    figureOf(facts, 'guarantees'),
    figureOf(facts, 'counts'),
  ]
  const turnout = percent(attendance.attended, figures.electors)
  return [
    { is: 'heading', text: words.figures },
    {
      is: 'facts',
      rows: [
        { label: words.electors, value: place(figures.electors) },
        { label: words.committees, value: place(projection.of('committee').size) },
        { label: words.attended, value: came(attendance.attended) },
        { label: words.turnout, value: came(turnout === null ? null : `${turnout}%`) },
        { label: words.wrongCommittee, value: came(attendance.pending) },
        { label: words.verifiedCommittees, value: counted(counts.entries.verified) },
        { label: words.guarantees, value: promised(guarantees.all.guarantees) },
        { label: words.pledged, value: promised(guarantees.all.pledged) },
        { label: words.pledgedAttended, value: promised(guarantees.all.pledgedAttended) },
        { label: words.cast, value: counted(counts.cast) },
        { label: words.invalid, value: counted(counts.invalid) },
        { label: words.votes, value: counted(counts.votes) },
        { label: `${words.votes} · ${words.votesVerified}`, value: counted(counts.votesVerified) },
        { label: `${words.votes} · ${words.votesUnverified}`, value: counted(counts.votes - counts.votesVerified) },
      ],
    },
  ]
}

function deskBlocks({ fold }: EvidenceFacts, words: PaperWords): Block[] {
  const states = { confirmed: 0, rejected: 0, waiting: 0, other: 0 }
  for (const { state } of fold.projection.outbox.entries.values()) {
    if (state === 'confirmed' || state === 'rejected') states[state] += 1
    else if (state === 'queued' || state === 'sent') states.waiting += 1
    else states.other += 1
  }
  const rows = [
    { label: words.typed, value: fold.projection.outbox.entries.size },
    { label: words.confirmed, value: states.confirmed },
    { label: words.rejected, value: states.rejected },
    { label: words.waiting, value: states.waiting },
    { label: words.notDone, value: states.other },
    { label: words.quarantined, value: fold.projection.quarantined },
    { label: words.phantoms, value: fold.projection.phantoms },
    { label: words.linkMoments, value: fold.links.length },
    { label: words.doubtsSaid, value: fold.doubts.filter(({ event }) => event.is === 'doubted').length },
  ]
  return [
    { is: 'heading', text: words.desk },
    { is: 'facts', rows: rows.map(({ label, value }) => ({ label, value: grouped(value) })) },
  ]
}
