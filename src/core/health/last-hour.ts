const HOUR = 3_600_000
/** Width of a slot, ms: the hour is counted to the minute. */
const SLOT = 60_000

/** How often something happened in the last hour, by elapsed time: setting the desk's clock changes nothing. */
export class LastHour {
  readonly #slots: { readonly slot: number; count: number }[] = []

  note(elapsed: number, count = 1): void {
    if (count <= 0) return
    const slot = Math.floor(elapsed / SLOT)
    const last = this.#slots.at(-1)
    if (last?.slot === slot) last.count += count
    else this.#slots.push({ slot, count })
    this.#forget(elapsed)
  }

  count(elapsed: number): number {
    this.#forget(elapsed)
    return this.#slots.reduce((sum, { count }) => sum + count, 0)
  }

  #forget(elapsed: number): void {
    const oldest = Math.floor((elapsed - HOUR) / SLOT)
    while (this.#slots[0] && this.#slots[0].slot <= oldest) this.#slots.shift()
  }
}
