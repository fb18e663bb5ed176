import type { ElectorNumber } from '../../shared/model/ids.ts'

/** Which records each elector has, of one kind. */
export class ByElector<Id extends number> {
  readonly #ids = new Map<ElectorNumber, Id | readonly Id[]>()

  add(elector: ElectorNumber, id: Id): void {
    const before = this.of(elector)
    if (before.includes(id)) return
    this.#ids.set(elector, before.length === 0 ? id : [...before, id])
  }
  take(elector: ElectorNumber, id: Id): void {
    const left = this.of(elector).filter((one) => one !== id)
    const [only] = left
    if (only === undefined) this.#ids.delete(elector)
    else this.#ids.set(elector, left.length === 1 ? only : left)
  }
  of(elector: ElectorNumber): readonly Id[] {
    const found = this.#ids.get(elector)
    return found === undefined ? [] : typeof found === 'number' ? [found] : found
  }
}
