/** How many calls a console may make: the sample proxy of the server allows 10 a second and 5 a minute on sign-in paths. */
export type Rate = { readonly perSecond: number; readonly burst: number }
export const DATA_RATE: Rate = { perSecond: 8, burst: 15 }
export const AUTH_RATE: Rate = { perSecond: 4 / 60, burst: 3 }
/** Calls under way at once. */
export const MOST_IN_FLIGHT = 4

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
