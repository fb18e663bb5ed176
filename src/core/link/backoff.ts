/** Backoff of the link. ms, and the growth of one window to the next. */
export const BACKOFF = { base: 500, longest: 30_000, growth: 1.5 } as const

/**
 * The wait before the next try after `failures` failures in a row, ms. Time since the loss is cut into windows of 0.5 s,
 * each half as long again as the one before, up to 30 s; try `n` falls into window `n`, at the place (0 to 1) that the
 * desk drew when the first try failed. `place` is the full jitter: anywhere from 0.
 *
 * Drawing anew for each try, as full jitter is mostly done, sends a fleet back with more than twice the mean load in the
 * first second (1/mean wait = 2/longest), and several times the mean after short cuts. Desks that keep their places arrive
 * evenly, whenever the server is back; and a window that grows by half, not by double, keeps the seam between two even.
 */
export function backoff(failures: number, place: number): number {
  if (failures <= 0) return 0
  const lead = failures === 1 ? 0 : (1 - place) * windowOf(failures - 1)
  return Math.floor(lead + place * windowOf(failures))
}

const windowOf = (n: number): number => Math.min(BACKOFF.longest, BACKOFF.base * BACKOFF.growth ** Math.min(n - 1, 40))

/** A pause of one desk among few: anywhere from 0 to a ceiling that doubles from `first` to `longest`, ms. */
export const jittered = (failures: number, chance: number, first: number, longest: number): number =>
  failures <= 0 ? 0 : Math.floor(chance * Math.min(longest, first * 2 ** Math.min(failures - 1, 30)))
