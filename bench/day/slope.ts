export type Point = { readonly x: number; readonly y: number }

/** How much y rises for each x, by least squares; 0 where there are not two different x. */
export function slopeOf(points: readonly Point[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [atX, atY] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))]
  const across = points.reduce((sum, { x }) => sum + (x - atX) ** 2, 0)
  return across > 0 ? points.reduce((sum, { x, y }) => sum + (x - atX) * (y - atY), 0) / across : 0
}
