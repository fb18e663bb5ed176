import { err, ok, type Result } from '../../../shared/result.ts'
import type { AppContract } from '../../../shared/contract.ts'
import type { Handlers, Sources } from '../../../shared/rpc/define.ts'
import {
  RECORDED_CAN,
  type RecordedDay,
  type Recording,
  type ReplayMarks,
  type ReplayView,
} from '../../../shared/view/replay.ts'
import type { Whole } from './fake-sources.ts'

const HOUR = 3_600_000
const DAY_LONG = 10 * HOUR
const PARTS = 200

type View = Extract<ReplayView, { is: 'replay' }>
type Become = (next: ReplayView) => Result<null, never>

/** A recorded day with everything that leaves a mark; seeks arrive at once. */
export function fakeReplay(
  startedAt: number,
  tell: (stream: string) => void,
  note: (name: string, input: unknown) => void,
) {
  const day = { from: startedAt - DAY_LONG, to: startedAt, rows: 41_276 }
  let view: ReplayView = { is: 'live', fault: null }
  let cursor = day.rows
  const become: Become = (next) => {
    view = next
    for (const stream of ['replay', 'marks', 'headline', 'link']) tell(stream)
    return ok(null)
  }
  const sources = (whole: Whole) =>
    ({
      replay: whole('replay', () => view),
      marks: whole('marks', () => (view.is === 'replay' ? marksOf(day) : null)),
      pulse: whole('pulse', () => ({ cursor })),
    }) satisfies Partial<Sources<AppContract>>
  return {
    handlers: handlersFor(day, () => view, become, note),
    sources,
    become,
    /** The window looks at an hour before the day's end. */
    lookBack: () => become(replayOf(recordingOf(day), day, day.to - HOUR)),
    /** One more event was written. */
    beat() {
      cursor += 1
      tell('pulse')
    },
  }
}

/** A file of this name is a pack without its journal. */
const BARE_PACK = 'pack-without-journal.zip'

/** A file of another desk, taken whatever is in it. */
function bringHandlers(note: (name: string, input: unknown) => void, show: () => ReturnType<Become>) {
  let brought = ''
  return {
    'replay.bring': async (input) => {
      note('replay.bring', input)
      brought = input.name
      return ok(null)
    },
    'replay.bring-part': async (input) => {
      note('replay.bring-part', input)
      return ok(null)
    },
    'replay.bring-end': async (input) => {
      note('replay.bring-end', input)
      return brought === BARE_PACK ? err('pack-without-journal') : show()
    },
    'replay.bring-stop': async (input) => {
      note('replay.bring-stop', input)
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

function handlersFor(
  day: RecordedDay,
  view: () => ReplayView,
  become: Become,
  note: (name: string, input: unknown) => void,
) {
  const recording = recordingOf(day)
  const change = (more: Partial<View>) => {
    const now = view()
    return now.is === 'replay' ? become({ ...now, ...more }) : ok(null)
  }
  return {
    'replay.list': async (input) => {
      note('replay.list', input)
      return ok([recording, EMPTY])
    },
    'replay.open': async (input) => {
      note('replay.open', input)
      return become(replayOf(recording, day, input.at ?? day.to))
    },
    ...bringHandlers(note, () => become(replayOf({ ...recording, is: 'file' }, day, day.to))),
    'replay.seek': async (input) => {
      note('replay.seek', input)
      return change({ at: input.at })
    },
    'replay.play': async (input) => {
      note('replay.play', input)
      return change({ playing: true, speed: input.speed })
    },
    'replay.pause': async (input) => {
      note('replay.pause', input)
      return change({ playing: false })
    },
    'replay.close': async (input) => {
      note('replay.close', input)
      return become({ is: 'live', fault: null })
    },
  } satisfies Partial<Handlers<AppContract>>
}

const recordingOf = ({ from, to, rows }: RecordedDay): Recording => ({
  name: 'hall-1-official',
  is: 'now',
  server: 'Main hall',
  election: 1,
  mode: 'official',
  from,
  to,
  rows,
})

const EMPTY: Recording = {
  ...recordingOf({ from: 0, to: 0, rows: 0 }),
  ...{ name: 'hall-2-official', is: 'kept', from: null, to: null },
}

const replayOf = (of: Recording, day: RecordedDay, at: number): View => ({
  is: 'replay',
  of,
  can: RECORDED_CAN,
  at,
  wanted: null,
  speed: 60,
  playing: false,
  cursor: day.rows,
  day,
  days: [day],
  fault: null,
})

function marksOf({ from, to }: { readonly from: number; readonly to: number }): ReplayMarks {
  const at = (hours: number) => from + hours * HOUR
  return {
    from,
    to,
    link: [
      { from, to: at(3), state: 'live' },
      { from: at(3), to: at(3.3), state: 'offline' },
      { from: at(3.3), to: at(3.4), state: 'catching-up' },
      { from: at(3.4), to: at(7), state: 'live' },
      { from: at(7), to: at(7.1), state: 'refused' },
      { from: at(7.1), to, state: 'live' },
    ],
    doubts: [
      { at: at(3), count: 3, because: 'link-down' },
      { at: at(5.5), count: 1, because: 'gap' },
    ],
    commands: Array.from({ length: 40 }, (_, index) => ({
      at: at(1 + index * 0.2),
      count: 1 + (index % 3),
      does: 'attendance.mark',
      outcome: index % 17 === 3 ? ('rejected' as const) : ('confirmed' as const), // the literals of the schema
    })),
    election: [
      { at: at(0.1), count: 1, what: 'phase', says: 'VOTING_DAY' },
      { at: at(8), count: 1, what: 'phase', says: 'COUNTING' },
      { at: at(8.6), count: 4, what: 'counted', says: 'COMPLETED' },
      { at: at(9.7), count: 1, what: 'results', says: 'PUBLISHED' },
    ],
    quarantine: [{ at: at(6), count: 1, reason: 'not-json' }],
    activity: Array.from({ length: PARTS }, (_, index) =>
      Math.round(40 + 30 * Math.sin(index / 9) + 20 * Math.sin(index / 3)),
    ),
  }
}
