/** How many calls a console may make: the sample proxy of the server allows 10 a second and 5 a minute on sign-in paths. */
export type Rate = { readonly perSecond: number; readonly burst: number }
export const DATA_RATE: Rate = { perSecond: 8, burst: 15 }
export const AUTH_RATE: Rate = { perSecond: 4 / 60, burst: 3 }
/** A hub has no limit of its own: what half an hour without a line has gathered is to be there within seconds. */
export const HUB_RATE: Rate = { perSecond: 200, burst: 50 }
/** Calls under way at once. */
export const MOST_IN_FLIGHT = 4
export const MOST_IN_FLIGHT_AT_HUB = 8

/** A token bucket. Pure: `at` is ms of a clock that never goes back. */
export type Bucket = { readonly level: number; readonly at: number }
export const fullBucket = (rate: Rate, at: number): Bucket => ({ level: rate.burst, at })

const filled = (bucket: Bucket, rate: Rate, at: number): number =>
  Math.min(rate.burst, bucket.level + (Math.max(0, at - bucket.at) * rate.perSecond) / 1000)

/** Ms until one call may go; 0: now. */
export function waitFor(bucket: Bucket, rate: Rate, at: number): number {
  const missing = 1 - filled(bucket, rate, at)
  // A hair of rounding must not make a timer that fires just too early spin.
  return missing <= 1e-9 ? 0 : Math.ceil((missing * 1000) / rate.perSecond)
}
/** The bucket after one call went. */
export const spend = (bucket: Bucket, rate: Rate, at: number): Bucket => ({
  level: Math.max(0, filled(bucket, rate, at) - 1),
  at,
})

/** The pace after a server said "too many", calls a second, and when it said so. */
export type Slowed = { readonly at: number; readonly perSecond: number }
/** The slowest pace, calls a second: a desk that must share a limit of ten with nine others. */
const SLOWEST = 1
/** "Too many" said again within this, ms, speaks of the same calls. */
const SAME_WORD = 2_000
/** Ms in which the pace grows by one call a second. */
const RECOVERY = 10_000
/** Calls at once while slowed. */
const SLOWED_BURST = 2

/** Half the pace of the moment: those who share a limit find their shares by it. */
export function slowed(before: Slowed | null, at: number): Slowed {
  if (before !== null && at - before.at < SAME_WORD) return before
  return { at, perSecond: Math.max(SLOWEST, slowedRate(before, at).perSecond / 2) }
}
/** The pace now. */
export function slowedRate(since: Slowed | null, at: number): Rate {
  if (since === null) return DATA_RATE
  const perSecond = since.perSecond + (at - since.at) / RECOVERY
  return perSecond >= DATA_RATE.perSecond ? DATA_RATE : { perSecond, burst: SLOWED_BURST }
}
