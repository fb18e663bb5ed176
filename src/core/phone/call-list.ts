import type { CommitteeCode, ElectorNumber } from '../../shared/model/ids.ts'
import type { Guarantee } from '../../shared/model/records.ts'
import type { Called, CallQuery, CallRow } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import { isOwn, scopeOf, seesCommittee } from '../authority.ts'
import { searchedBy } from '../patch/guarantees.ts'
import { searcher } from '../patch/searcher.ts'
import type { Shown } from '../projection/shown.ts'

const MINUTE = 60_000
/** Who did not answer is rung again after this, ms. */
export const AGAIN_AFTER = 30 * MINUTE
/** Who said they would come and was not seen by then is reminded, ms. */
export const REMIND_AFTER = 120 * MINUTE

/** One elector of the list, with the committee their gap is counted in. */
export type ToCall = { readonly record: Guarantee; readonly place: CommitteeCode }

type Placed = ToCall & { readonly rank: number; readonly gap: number }
const CONFIRMATION = { CONFIRMED: 0, PENDING: 1, NOT_AVAILABLE: 2 } as const

/**
 * Everybody who promised and was not seen, each once, in the order in which a call is most useful: first who can be rung now,
 * then who cannot (no number), then who was rung lately, last whom a call has settled; among these the confirmed before the
 * unconfirmed before the unreachable, for a kept promise needs only a reminder; among these the committee with the largest
 * part of its promises still open.
 */
export function callList(
  book: Shown,
  { committee, show, search }: Pick<CallQuery, 'committee' | 'show' | 'search'>,
  viewer: User | null,
  now: number,
): readonly ToCall[] {
  const found = searcher(search)
  const { records, gaps } = openPromises(book, viewer)
  const listed: Placed[] = []
  for (const one of records) {
    const { record, place } = one
    if (committee !== null && place !== committee) continue
    if (!found(...searchedBy(record, viewer))) continue
    const called = book.projection.duty.calls.calledOf(record.elector)
    const rank = rankOf(called, mobileOf(book, record, viewer).mobile !== '', now)
    if (show === 'waiting' && rank > 1) continue
    listed.push({ ...one, rank: rank * 3 + CONFIRMATION[record.confirmation], gap: gaps.get(place) ?? 0 })
  }
  return listed.sort((a, b) => a.rank - b.rank || b.gap - a.gap || (a.record.elector < b.record.elector ? -1 : 1))
}

/** 0: now; 1: nobody to ring, the number is missing; 2: rung lately; 3: settled. */
function rankOf(called: Called | null, hasNumber: boolean, now: number): 0 | 1 | 2 | 3 {
  const due = hasNumber ? 0 : 1
  switch (called?.outcome) {
    case undefined:
      return due
    case 'no-answer':
      return now - called.at >= AGAIN_AFTER ? due : 2
    case 'coming':
      return now - called.at >= REMIND_AFTER ? due : 2
    default:
      return 3
  }
}

/** One pass: who promised and was not seen where this viewer sees attendance, and each committee's open part. */
function openPromises(book: Shown, viewer: User | null) {
  const { figures } = book
  const scope = scopeOf(viewer)
  const byElector = new Map<ElectorNumber, ToCall>()
  const tallies = new Map<CommitteeCode, { pledged: number; open: number }>()
  for (const { record } of book.projection.of('guarantee').values()) {
    if (record.status !== 'GUARANTEED') continue
    const place = figures.placeOf(record)
    if (place === null || !figures.idOf.has(place) || !(scope?.has(place) ?? true)) continue
    const tally = tallies.get(place) ?? { pledged: 0, open: 0 }
    tallies.set(place, tally)
    tally.pledged += 1
    if (figures.attendance.seenAt(record.elector) !== null) continue
    tally.open += 1
    const known = byElector.get(record.elector)
    // Of several promises the viewer's own: that is the one they may change.
    if (!known || (isOwn(viewer, record) && !isOwn(viewer, known.record)))
      byElector.set(record.elector, { record, place })
  }
  const gaps = new Map([...tallies].map(([place, { pledged, open }]) => [place, open / pledged]))
  return { records: byElector.values(), gaps }
}

/** The elector's number as far as this viewer may see it: one's own collector's, else that of the register where assigned. */
export function mobileOf(
  book: Shown,
  record: Guarantee,
  viewer: User | null,
): Pick<CallRow, 'mobile' | 'mobileHidden'> {
  const sees = seesCommittee(viewer, book.figures.placeOf(record) ?? '')
  const own = sees || isOwn(viewer, record) ? record.mobile : ''
  const mobile = own || (sees ? record.electorMobile : '')
  return { mobile, mobileHidden: mobile === '' && (record.mobile !== '' || record.electorMobile !== '') }
}

/** A row as the viewer may see it. */
export function callRow(book: Shown, { record, place }: ToCall, viewer: User | null, now: number): CallRow {
  const { calls } = book.projection.duty
  const id = book.figures.idOf.get(place)
  const mine = isOwn(viewer, record)
  return {
    elector: record.elector,
    name: record.electorName,
    committeeCode: place,
    committeeName:
      (id === undefined ? null : book.projection.of('committee').get(id)?.record.name) ?? record.committeeName ?? '',
    ...mobileOf(book, record, viewer),
    guarantee: record.id,
    mine,
    collector: record.collectorName ?? null,
    confirmation: record.confirmation,
    note: mine ? record.note : '',
    claim: calls.claimOf(record.elector, now),
    called: calls.calledOf(record.elector),
    untold: calls.hasUntold(record.elector),
  }
}
