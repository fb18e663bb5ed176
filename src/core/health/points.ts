import type { MeterPoint } from '../../shared/view/meters.ts'

/** A chart never gets more. */
const MOST = 240
/** Width of a bucket at the start, ms; it doubles each time the row is full, so the whole run is always on the chart. */
const FIRST_WIDTH = 5_000
const SECOND = 1_000

type Bucket = {
  at: number
  roundTrip: number | null
  frames: number
  bytes: number
  dataAge: number | null
  reconnects: number
  errors: number
}
export type Sample = {
  readonly roundTrip: number | null
  readonly frames: number
  readonly bytes: number
  readonly dataAge: number | null
}

/** The connection's history in at most 240 buckets, however long the console has run. */
export class Points {
  #width = FIRST_WIDTH
  #buckets: Bucket[] = []

  sample(now: number, sample: Sample): void {
    const bucket = this.#bucket(now)
    bucket.frames += sample.frames
    bucket.bytes += sample.bytes
    bucket.roundTrip = worst(bucket.roundTrip, sample.roundTrip)
    bucket.dataAge = worst(bucket.dataAge, sample.dataAge)
  }
  reconnected(now: number): void {
    this.#bucket(now).reconnects += 1
  }
  failed(now: number): void {
    this.#bucket(now).errors += 1
  }

  /** Rates are over the whole bucket; of the last one, over as much as has passed. */
  view(now: number): MeterPoint[] {
    return this.#buckets.map((bucket) => {
      const seconds = Math.min(this.#width, Math.max(SECOND, now - bucket.at)) / SECOND
      return {
        ...bucket,
        at: bucket.at + this.#width / 2,
        frames: bucket.frames / seconds,
        bytes: bucket.bytes / seconds,
      }
    })
  }

  #bucket(now: number): Bucket {
    const at = Math.floor(now / this.#width) * this.#width
    const last = this.#buckets.at(-1)
    // A clock set back must not tear the row: what comes then belongs to the last bucket.
    if (last && at <= last.at) return last
    const bucket = { at, roundTrip: null, frames: 0, bytes: 0, dataAge: null, reconnects: 0, errors: 0 }
    this.#buckets.push(bucket)
    // After hours asleep the buckets lie far apart: one doubling may merge none.
    while (this.#buckets.length > MOST) this.#widen()
    return this.#buckets.at(-1) ?? bucket
  }

  #widen(): void {
    this.#width *= 2
    const merged: Bucket[] = []
    for (const bucket of this.#buckets) {
      const at = Math.floor(bucket.at / this.#width) * this.#width
      const last = merged.at(-1)
      if (last?.at !== at) merged.push({ ...bucket, at })
      else {
        last.frames += bucket.frames
        last.bytes += bucket.bytes
        last.reconnects += bucket.reconnects
        last.errors += bucket.errors
        last.roundTrip = worst(last.roundTrip, bucket.roundTrip)
        last.dataAge = worst(last.dataAge, bucket.dataAge)
      }
    }
    this.#buckets = merged
  }
}

const worst = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))
