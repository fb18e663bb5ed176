import type { CommitteeCode } from '../../shared/model/ids.ts'
import { HOUR_BARS, type HoursView } from '../../shared/view/reconcile.ts'
import { ownMarks } from './own-marks.ts'
import type { Shown } from './shown.ts'
import { usualShare } from './silence.ts'

const HOUR = 60 * 60_000

type Bar = { attended: number; own: number; waiting: number; all: number }

/** Arrivals by the hour, of one committee or of all, with this desk's own apart; beside them what the committee's pace would be. */
export function hoursOf({ figures, projection }: Shown, committee: CommitteeCode | null): HoursView {
  const { attendance } = figures
  const marks = committee === null ? attendance.perMinute : attendance.of(committee).rhythm
  const own = ownMarks(projection, committee).filter(({ fate }) => fate !== 'refused')
  const times = own.map(({ at }) => at)
  const span = marks.span()
  if (span) times.push(span.first * marks.width, span.last * marks.width)
  if (times.length === 0) return { width: HOUR, points: [] }
  const [first, last] = [lowest(times), -lowest(times.map((at) => -at))]
  const hours = Math.floor(last / HOUR) - Math.floor(first / HOUR) + 1
  const width = HOUR * Math.ceil(hours / (HOUR_BARS - 1))
  const from = Math.floor(first / width)
  const bars = Array.from({ length: Math.floor(last / width) - from + 1 }, (): Bar => ({ ...EMPTY }))
  const barOf = (at: number) => bars[Math.floor(at / width) - from]
  for (const [number, count] of marks.each()) add(barOf(number * marks.width), 'attended', count)
  for (const { at, fate } of own) add(barOf(at), fate === 'seen' ? 'own' : 'waiting', 1)
  const share = committee === null ? null : usualShare(attendance, committee)
  if (share !== null)
    for (const [number, count] of attendance.perMinute.each())
      add(barOf(number * attendance.perMinute.width), 'all', count)
  return {
    width,
    points: bars.map(({ all, ...bar }, index) => ({
      ...{ at: (from + index) * width, ...bar },
      usual: share === null ? null : Math.round(share * Math.max(0, all - bar.attended)),
    })),
  }
}

const EMPTY: Bar = { attended: 0, own: 0, waiting: 0, all: 0 }

function add(bar: Bar | undefined, what: keyof Bar, count: number): void {
  if (bar) bar[what] += count
}

function lowest(times: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY
  for (const at of times) low = Math.min(low, at)
  return low
}
