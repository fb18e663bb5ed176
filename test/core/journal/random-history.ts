import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { Random } from '../../../src/core/ports.ts'
import { type Change, TOPICS } from '../../../src/shared/model/change.ts'
import type { CommandKey } from '../../../src/shared/model/ids.ts'
import { refOf } from '../../../src/core/projection/table.ts'
import {
  attendance,
  candidate,
  code,
  committee,
  count,
  election,
  entry,
  guarantee,
  MINUTE,
  NINE,
  number,
  party,
  removal,
  results,
} from '../projection/records.ts'

/** Chance in the words of these tests. */
export function dice(random: Random) {
  const upTo = (most: number) => Math.floor(random.next() * most)
  const oneOf = <T>(values: readonly T[]): T => values[upTo(values.length)]!
  return { upTo, oneOf, chance: (share: number) => random.next() < share }
}
export type Dice = ReturnType<typeof dice>

/** One change of any kind, from a small election, so that records are told again, moved and taken away. */
export function anyChange(d: Dice): Change {
  const change = oneRecord(d)
  return d.chance(0.2) ? removal(change) : change
}

function oneRecord(d: Dice): Change {
  const place = 1 + d.upTo(4)
  switch (d.upTo(9)) {
    case 0:
      return election({ phase: d.oneOf(['GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING']) })
    case 1:
      return committee(place, { electors: d.upTo(300), name: `Committee ${1 + d.upTo(4)}` })
    case 2:
      return party(1 + d.upTo(2))
    case 3:
      return candidate(1 + d.upTo(4), { party: null, active: d.chance(0.9) })
    case 4:
      return guarantee(d.upTo(40), {
        elector: number(70_000 + d.upTo(40)),
        status: d.oneOf(['PENDING', 'GUARANTEED']),
        confirmation: d.oneOf(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']),
        committeeName: `Committee ${place}`,
        ...(d.chance(0.5) && { committeeCode: code(`C${place}`) }),
        ...(d.chance(0.3) && { collector: 3 as never }),
      })
    case 5:
      return entry(place, {
        status: d.oneOf(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'VERIFIED']),
        cast: d.upTo(200),
        invalid: d.upTo(9),
      })
    case 6:
      return count(place, 1 + d.upTo(4), d.upTo(500), { verified: d.chance(0.4) })
    case 7:
      return d.chance(0.8) ? attend(d, place) : results({ status: d.oneOf(['DRAFT', 'PUBLISHED']) })
    default:
      return attend(d, place)
  }
}
const attend = (d: Dice, place: number): Change =>
  attendance(d.upTo(60), {
    elector: number(70_000 + d.upTo(40)),
    committeeCode: code(`C${place}`),
    attendedAt: NINE + d.upTo(600) * MINUTE + d.upTo(MINUTE),
    status: d.chance(0.85) ? 'ATTENDED' : 'PENDING',
    markedBy: d.chance(0.5) ? null : 'Dana Test',
  })

/** Any event a journal may hold, as the rooms write them: sequences go up, keys were queued before. */
export function historian(d: Dice, at: () => number) {
  const keys: CommandKey[] = []
  let seq = 0
  const position = () => ({ epoch: 'e', seq: ++seq })
  const topic = () => d.oneOf(TOPICS)
  return function next(cursor: number): JournalEvent {
    switch (d.upTo(15)) {
      case 0:
        return { is: 'covered', topic: topic(), from: at(), after: d.upTo(cursor + 1), settles: at() - d.upTo(3_000) }
      case 1:
        return {
          is: 'covered',
          topic: topic(),
          from: at(),
          after: cursor,
          settles: at(),
          position: { epoch: 'e', seq },
        }
      case 2:
        return {
          is: 'doubted',
          topics: d.chance(0.5) ? TOPICS : [topic()],
          since: at() - d.upTo(9_000),
          because: d.oneOf(['link-down', 'silent', 'gap', 'read-failed', 'frame-not-understood', 'journal-failed']),
        }
      case 3:
        return d.chance(0.7)
          ? { is: 'caught-up', position: position() }
          : { is: 'joined', position: d.chance(0.5) ? position() : null }
      case 4: {
        const key = `key-${keys.length}-00000000` as CommandKey
        keys.push(key)
        return { is: 'queued', key, action: { does: 'guarantee.edit', id: 1 as never, note: 'س' }, by: 'dana' }
      }
      case 5:
        return keys.length === 0
          ? { is: 'link', state: 'live', cause: null, proof: null }
          : { is: 'sent', key: d.oneOf(keys) }
      case 6:
        return keys.length === 0
          ? { is: 'quarantined', reason: 'not-json', excerpt: '{\u0000', bytes: 2 }
          : { is: 'settled', key: d.oneOf(keys), outcome: d.oneOf(['confirmed', 'rejected']), reason: null }
      case 7:
        return { is: 'phantom', change: removal(anyChange(d)) }
      case 8:
        return { is: 'hinted', ref: refOf(guarantee(d.upTo(40))) }
      case 9:
        return { is: 'change', change: anyChange(d), from: 'snapshot', ...(d.chance(0.5) && { position: position() }) }
      case 14: {
        const elector = number(70_000 + d.upTo(40))
        const who = { elector, by: 'dana', window: `window-${d.upTo(3)}` }
        return {
          is: 'call',
          turn: d.oneOf([
            { ...who, does: 'claimed', caller: 'Dana', until: at() + d.upTo(600_000) },
            { ...who, does: 'released' },
            { ...who, does: 'called', caller: 'Dana', outcome: d.oneOf(['coming', 'no-answer']), note: '' },
          ]),
        }
      }
      case 10:
      case 11:
        return { is: 'change', change: anyChange(d), from: 'live', provisional: true }
      default:
        return { is: 'change', change: anyChange(d), from: 'live', position: position() }
    }
  }
}
