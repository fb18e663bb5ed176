import { z } from 'zod'

type Stretch = { count: number; latest: number }
/** `stretches`: number, count, latest, number, count, latest, … */
export const SavedMarks = z.object({ latest: z.number().nullable(), stretches: z.array(z.number()) })
type SavedMarks = z.infer<typeof SavedMarks>

/** Marks by the stretch of time they fell in, and the latest of all. Stretches are numbered since 1970. */
export class Marks {
  /** Length of a stretch, ms. */
  readonly width: number
  /** ms; after a mark was taken away, true to one stretch. Null: none is left. */
  latest: number | null = null
  readonly #stretches = new Map<number, Stretch>()

  constructor(width: number) {
    this.width = width
  }

  add(at: number): void {
    const number = this.numberOf(at)
    const stretch = this.#stretches.get(number)
    if (stretch) {
      stretch.count += 1
      stretch.latest = Math.max(stretch.latest, at)
    } else this.#stretches.set(number, { count: 1, latest: at })
    this.latest = Math.max(this.latest ?? at, at)
  }

  take(at: number): void {
    const number = this.numberOf(at)
    const stretch = this.#stretches.get(number)
    if (!stretch) return
    stretch.count -= 1
    if (stretch.count === 0) this.#stretches.delete(number)
    if (at === this.latest) this.latest = this.#stretches.get(this.span()?.last ?? Number.NaN)?.latest ?? null
  }

  save(): SavedMarks {
    const stretches: number[] = []
    for (const [number, { count, latest }] of this.#stretches) stretches.push(number, count, latest)
    return { latest: this.latest, stretches }
  }
  load({ latest, stretches }: SavedMarks): void {
    this.latest = latest
    this.#stretches.clear()
    for (const [number = 0, count = 0, at = 0] of inThrees(stretches)) {
      this.#stretches.set(number, { count, latest: at })
    }
  }

  numberOf(at: number): number {
    return Math.floor(at / this.width)
  }
  /** Marks in the stretch of this number. */
  in(number: number): number {
    return this.#stretches.get(number)?.count ?? 0
  }
  /** Each stretch with marks: its number and how many. */
  *each(): Generator<readonly [number: number, count: number]> {
    for (const [number, { count }] of this.#stretches) yield [number, count]
  }
  /** Numbers of the first and the last stretch with marks; null without any. */
  span(): { readonly first: number; readonly last: number } | null {
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const number of this.#stretches.keys()) {
      first = Math.min(first, number)
      last = Math.max(last, number)
    }
    return last < first ? null : { first, last }
  }
}

function* inThrees(numbers: readonly number[]): Generator<readonly number[]> {
  for (let index = 0; index < numbers.length; index += 3) yield numbers.slice(index, index + 3)
}
