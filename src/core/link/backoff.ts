/** Backoff of the link, ms. */
export const BACKOFF = { base: 500, longest: 30_000 } as const

/**
 * The wait before the next try after `failures` failures in a row, ms. Full jitter: anywhere from 0 to a ceiling that
 * doubles up to `longest`. `chance` is uniform in [0, 1).
 *
 * At the last ceiling the draw leans towards it (cube root). Plain uniform waits would send a fleet that waited out a
 * long cut back with twice the mean load in the first second (1/mean wait = 2/longest); leaning keeps it at 4/3.
 */
export function backoff(
  failures: number,
  chance: number,
  base: number = BACKOFF.base,
  longest: number = BACKOFF.longest,
): number {
  if (failures <= 0) return 0
  const ceiling = Math.min(longest, base * 2 ** Math.min(failures - 1, 30))
  return Math.floor(ceiling * (ceiling === longest ? Math.cbrt(chance) : chance))
}
