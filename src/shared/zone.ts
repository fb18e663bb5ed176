import { z } from 'zod'

/** Where the source systems' elections are held. */
export const DEFAULT_ZONE = 'Asia/Kuwait'

const HOUR = 3_600_000
const MINUTE = 60_000
const DAY = 24 * HOUR

/** Whether this machine's tables know the zone. */
export function knowsZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A place of the zone tables whose time an election is told in, such as `Asia/Kuwait`. */
export const Zone = z.string().min(1).max(60).refine(knowsZone, 'a time zone such as Asia/Kuwait')

/** How far that place's clocks are ahead of UTC at a moment, ms; behind it is negative. */
export function zoneOffset(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-u-nu-latn', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value ?? 0)
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return there - Math.floor(at / 1_000) * 1_000
}

/** What that place's clocks say, as `08:05`, in ASCII. */
export function clockIn(zone: string, at: number): string {
  const there = new Date(at + zoneOffset(zone, at)).toISOString()
  return there.slice(11, 16)
}

/** The moment at which that place's clocks say so, on the day they show at `day`; both ms. */
export function momentIn(zone: string, day: number, hours: number, minutes: number): number {
  const there = day + zoneOffset(zone, day)
  const wanted = there - (((there % DAY) + DAY) % DAY) + hours * HOUR + minutes * MINUTE
  // The clocks may be put forward or back between now and then.
  return wanted - zoneOffset(zone, wanted - zoneOffset(zone, day))
}
