const MINUTE = 60_000

/** How far a key steps, ms. With Shift an arrow goes ten minutes. */
const STEP: Readonly<Record<string, number>> = {
  ArrowLeft: -MINUTE,
  ArrowRight: MINUTE,
  ArrowDown: -MINUTE,
  ArrowUp: MINUTE,
  PageDown: -60 * MINUTE,
  PageUp: 60 * MINUTE,
}
const SHIFTED = 10

/** Where this key leads from `at`, ms; null: nowhere. Later is to the right in every language. */
export function steppedTo(
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  at: number,
  day: { readonly from: number; readonly to: number },
): number | null {
  if (key === 'Home') return day.from
  if (key === 'End') return day.to
  const step = STEP[key]
  if (step === undefined) return null
  const far = shiftKey && key.startsWith('Arrow') ? SHIFTED : 1
  return Math.min(day.to, Math.max(day.from, at + step * far))
}
