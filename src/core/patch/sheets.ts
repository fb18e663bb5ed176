import type { CommitteeId } from '../../shared/model/ids.ts'
import { countKey } from '../../shared/model/ids.ts'
import type { Committee } from '../../shared/model/records.ts'
import { EVERYTHING, type Source } from '../../shared/rpc/define.ts'
import { type LeadSheet, leadOf, type LeadView } from '../../shared/sheet/lead.ts'
import { printOf } from '../../shared/sheet/sheet.ts'
import type { CountingView, SheetRow, Stage } from '../../shared/sheet/sheet-view.ts'
import { isTyping, typingOf } from '../projection/sheets.ts'
import { findingsIn, isWhole, votesIn } from '../count/sheet-facts.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import type { Scope } from './headline.ts'
import { PACE, paced } from './pace.ts'
import { wholeSource } from './whole.ts'

type Votes = ReturnType<typeof votesIn>

/** Which sheets look alike: a print for each whole one, kept up to date as they change. */
class Prints {
  readonly #book: Shown
  readonly #of = new Map<CommitteeId, string>()
  readonly #with = new Map<string, Set<CommitteeId>>()

  constructor(book: Shown) {
    this.#book = book
    for (const committee of book.projection.of('committee').keys()) this.look(committee)
  }
  /** Looks again; gives the other committees whose twin this one became or ceased to be. */
  look(committee: CommitteeId): readonly CommitteeId[] {
    const entry = this.#book.projection.of('entry').get(committee)?.record
    const votes = isWhole(entry) ? votesIn(this.#book, committee) : []
    const print = isWhole(entry) ? printOf({ cast: entry.cast, invalid: entry.invalid, votes }) : null
    const before = this.#of.get(committee) ?? null
    if (print === before) return []
    const others = [...this.#others(before, committee), ...this.#others(print, committee)]
    if (before !== null) this.#with.get(before)?.delete(committee)
    this.#of.delete(committee)
    if (print === null) return others
    this.#of.set(committee, print)
    this.#with.set(print, (this.#with.get(print) ?? new Set()).add(committee))
    return others
  }
  of(committee: CommitteeId): string | null {
    return this.#of.get(committee) ?? null
  }
  twin(committee: CommitteeId): CommitteeId | null {
    return this.#others(this.of(committee), committee)[0] ?? null
  }
  #others(print: string | null, committee: CommitteeId): CommitteeId[] {
    return print === null ? [] : [...(this.#with.get(print) ?? [])].filter((id) => id !== committee)
  }
}

function stageOf({ projection }: Shown, committee: CommitteeId): Stage {
  const { first, second } = projection.sheets.entriesOf(committee)
  if (first && second) return 'differs'
  if (first || isTyping(projection.outbox, committee)) return 'second-waits'
  switch (projection.of('entry').get(committee)?.record.status) {
    case 'VERIFIED':
      return 'verified'
    case 'COMPLETED':
      return 'entered'
    case 'IN_PROGRESS':
      return 'entering'
    default:
      return 'not-started'
  }
}

function leaderOf(votes: Votes): SheetRow['leader'] {
  const [first, second] = [...votes].sort((a, b) => b.votes - a.votes)
  if (!first || first.votes === 0 || first.votes === second?.votes) return null
  return { candidate: first.candidate, votes: first.votes, ahead: first.votes - (second?.votes ?? 0) }
}

function findings(book: Shown, committee: Committee, prints: Prints, votes: Votes): SheetRow['findings'] {
  const entry = book.projection.of('entry').get(committee.id)?.record
  if (!isWhole(entry)) return []
  const twin = prints.twin(committee.id)
  const { cast, invalid } = entry
  const against = { twin: twin === null ? null : (book.figures.codeOf.get(twin) ?? null), before: null }
  return [...findingsIn(book, committee, { cast, invalid, votes }, against)]
}

function sheetRow(book: Shown, committee: Committee, prints: Prints): SheetRow {
  const { projection } = book
  const { from: entriesFrom, ...entries } = projection.sheets.entriesOf(committee.id)
  const said = projection.sheets.said(committee.id)
  const entry = projection.of('entry').get(committee.id)?.record
  const votes = votesIn(book, committee.id)
  const verified = votes.filter(
    ({ candidate }) => projection.of('count').get(countKey(committee.id, candidate))?.record.verified,
  )
  const sum = (rows: Votes) => rows.reduce((so, row) => so + row.votes, 0)
  return {
    id: committee.id,
    stage: stageOf(book, committee.id),
    cast: entry?.cast ?? 0,
    invalid: entry?.invalid ?? 0,
    votes: sum(votes),
    votesVerified: sum(verified),
    leader: leaderOf(votes),
    print: prints.of(committee.id),
    findings: findings(book, committee, prints, votes),
    remarks: said.remarks,
    wordsFrom: said.from,
    ...entries,
    entriesFrom,
    onWay: typingOf(projection.outbox, committee.id).map(({ by, queuedAt: at }) => ({ by, at })),
  }
}

/** The committee whose sheet two people type, where this action is an entry of it. */
function typedIn({ projection }: Shown, key: string): CommitteeId | undefined {
  const action = projection.outbox.find(key)?.action
  return action?.does === 'count.type' ? action.committee : undefined
}

/** Every committee's sheet, then each as it changes. Of entries that wait for a second one it tells who and when, never what. */
export const sheetsSource =
  (book: Shown, clock: Clock, scope: () => Scope): Source<null, SheetRow[], SheetRow> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.list, changed)
    let prints = new Prints(book)
    const tell = (committee: CommitteeId | undefined) => {
      if (committee === undefined) return
      for (const id of [committee, ...prints.look(committee)]) pace.tell(String(id))
    }
    let stand = book.projection.sheets.revision
    const stop = book.listen({
      sheetChanged: (which) => {
        stand = book.projection.sheets.revision
        if (which !== 'all') tell(which)
      },
      outboxChanged: (key) => tell(typedIn(book, key)),
      // A replay that seeks tells nobody of what lay between.
      timeMoved: () => {
        if (stand === book.projection.sheets.revision) return
        stand = book.projection.sheets.revision
        prints = new Prints(book)
        pace.tell(EVERYTHING)
      },
      shifted: (shift) => {
        if (shift.kind === 'entry') return tell(shift.key)
        if (shift.kind === 'count') return tell((shift.after ?? shift.before)?.record.committee)
        if (shift.kind === 'committee' || shift.kind === 'candidate' || shift.kind === 'election') {
          if (shift.kind === 'committee') tell(shift.key)
          return pace.tell(EVERYTHING)
        }
        if (shift.kind !== 'attendance') return
        const place = (shift.after ?? shift.before)?.record.committeeCode
        const id = place === undefined ? undefined : book.figures.idOf.get(place)
        // Before a sheet is whole nothing is held against attendance.
        if (id !== undefined && isWhole(book.projection.of('entry').get(id)?.record)) pace.tell(String(id))
      },
    })
    const isShown = (committee: Committee) => scope()?.has(committee.code) ?? true
    return {
      snapshot: () => {
        const committees = [...book.projection.of('committee').values()].map((held) => held.record)
        return committees.filter(isShown).map((committee) => sheetRow(book, committee, prints))
      },
      patch: (key) => {
        const held = book.projection.of('committee').get(Number(key) as CommitteeId) // keys are told above from these ids
        return held && isShown(held.record) ? sheetRow(book, held.record, prints) : null
      },
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }

/** How this desk counts, and what was published. */
export const countingSource = (book: Shown, clock: Clock): Source<unknown, CountingView, CountingView> =>
  wholeSource(
    book,
    clock,
    PACE.list,
    (tell) => ({ sheetChanged: (which) => which === 'all' && tell(), outboxChanged: tell, timeMoved: tell }),
    () => {
      const { settings, published } = book.projection.sheets
      return { ...settings, published, signedBy: published === null ? null : signedBy(book) }
    },
  )

/** Who published from this desk; null: another desk did. */
function signedBy({ projection }: Shown): string | null {
  let by: string | null = null
  for (const entry of projection.outbox.entries.values())
    if (entry.action.does === 'results.publish' && entry.state === 'confirmed') by = entry.by
  return by
}

/** The lead through the count, made of the sheets on record. */
export const leadSource = (book: Shown, clock: Clock): Source<unknown, LeadView, LeadView> =>
  wholeSource(
    book,
    clock,
    PACE.chart,
    (tell) => ({ shifted: ({ kind }) => (kind === 'count' || kind === 'committee') && tell(), timeMoved: tell }),
    () => leadOf(leadSheets(book)),
  )

function leadSheets({ projection, figures }: Shown): LeadSheet[] {
  const sheets = new Map<CommitteeId, { committee: string; at: number; votes: Votes }>()
  for (const { record } of projection.of('count').values()) {
    const { committee, candidate, votes, updatedAt } = record
    const sheet = sheets.get(committee) ?? { committee: figures.codeOf.get(committee) ?? '', at: 0, votes: [] }
    sheet.votes.push({ candidate, votes })
    sheets.set(committee, { ...sheet, at: Math.max(sheet.at, updatedAt) })
  }
  return [...sheets.values()]
}
