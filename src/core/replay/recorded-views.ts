import type { LinkView } from '../../shared/model/link.ts'
import type { CloseEntry, MetersView, Stretch } from '../../shared/view/meters.ts'
import { noMeters } from '../nothing.ts'
import type { LinkMark } from './marks.ts'
import type { Player, Showing } from './player.ts'

/** What the link page draws at most. */
const KEPT = { stretches: 500, closes: 100, quarantine: 50 }

/** The link as the journal has it at the moment shown. What was never written, such as round trips, is not known. */
export function recordedLink(player: Player, { stage, tape, place }: Showing): LinkView {
  const marks = upTo(tape.marks.links, place.cursor)
  const last = marks.at(-1)
  return {
    state: last?.state ?? 'offline',
    since: last?.at ?? player.at,
    by: 'socket',
    cause: last ? causeOf(last) : { code: 'starting', proof: 'nothing recorded yet', at: player.at },
    nextTryAt: null,
    attempt: 0,
    heardAt: heardAt(stage),
    roundTrip: null,
    clockSkew: null,
  }
}

/** The connection as the journal has it: its states, its closes and what was kept aside; no measurements. */
export function recordedMeters({ stage, tape, place }: Showing): MetersView {
  const { projection } = stage
  const marks = upTo(tape.marks.links, place.cursor)
  const isLive = marks.at(-1)?.state === 'live'
  const none = noMeters(tape.from)
  return {
    ...none,
    meters: {
      ...none.meters,
      quarantined: projection.quarantined,
      phantoms: projection.phantoms,
      reconnects: Math.max(0, marks.filter((mark) => mark.state === 'live').length - 1),
      errors: closesOf(marks).length,
      journalLength: place.cursor,
      journalHead: place.hash,
    },
    health: isLive ? { verdict: 'healthy', reasons: [] } : { verdict: 'unhealthy', reasons: ['not-live'] },
    ribbon: ribbonOf(marks),
    closes: closesOf(marks).slice(-KEPT.closes).reverse(),
    quarantine: upTo(tape.marks.quarantine, place.cursor)
      .slice(-KEPT.quarantine)
      .reverse()
      .map((entry) => ({ ...entry })),
  }
}

/** Marks come in the order of their cursors. */
function upTo<M extends { readonly cursor: number }>(marks: readonly M[], cursor: number): readonly M[] {
  let from = 0
  let to = marks.length
  while (from < to) {
    const middle = (from + to) >> 1
    if ((marks[middle]?.cursor ?? 0) <= cursor) from = middle + 1
    else to = middle
  }
  return marks.slice(0, from)
}

const causeOf = ({ cause, proof, at }: LinkMark): LinkView['cause'] =>
  cause === null ? null : { code: cause, proof: proof ?? '', at }

function heardAt({ projection }: Showing['stage']): number | null {
  const times = Object.values(projection.trust.view()).flatMap((trust) => {
    if (trust.state === 'confirmed') return [trust.at]
    if (trust.state === 'live') return [trust.at]
    return trust.confirmedAt === null ? [] : [trust.confirmedAt]
  })
  return times.length === 0 ? null : Math.max(...times)
}

function ribbonOf(marks: readonly LinkMark[]): Stretch[] {
  return marks.slice(-KEPT.stretches).map((mark, index, all) => ({
    state: mark.state,
    from: mark.at,
    to: all[index + 1]?.at ?? null,
    cause: causeOf(mark),
  }))
}

/** Each loss of a live link, with what is known of why. */
function closesOf(marks: readonly LinkMark[]): CloseEntry[] {
  return marks.flatMap((mark, index) => {
    const before = marks[index - 1]
    const cause = causeOf(mark)
    return before?.state === 'live' && cause ? [{ at: mark.at, cause, lastedMs: mark.at - before.at }] : []
  })
}
