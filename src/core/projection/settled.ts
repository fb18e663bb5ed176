/**
 * Whether a frame that came at `at` is old enough for a read begun at `from` to speak against it. One of a time to come was
 * told before the desk's clock was set back: how long before is not known, and waiting for that time could take hours.
 */
export const isSettled = (at: number, settles: number, from: number): boolean => at < settles || at > from
