/** How an axis of every chart looks. */
export const AXIS = {
  tick: { fill: 'var(--n7)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--n4)' },
} as const

/** What is around a plot, px. */
export const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 } as const

/** What is kept for the hours beneath a plot, px: as the library has it. */
export const AXIS_HEIGHT = 30

/** Hours beneath a chart that an eye takes in. */
const MOST_TICKS = 9
const MINUTE_MS = 60_000
/** Distances people count by, minutes. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720]

/** Where hours are written beneath a chart: at whole steps of the clock, as many as are read easily. Times in ms. */
export function timeTicks(from: number, to: number): number[] {
  const minutes = STEPS.find((step) => (to - from) / (step * MINUTE_MS) <= MOST_TICKS) ?? 1_440
  const step = minutes * MINUTE_MS
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, index) => first + index * step)
}
