/**
 * Where rows are drawn. A row keeps its place while it is drawn; one that comes takes the place of one that went, so that a list
 * whose every row is new each moment is written anew, not built anew.
 */
export class RowPlaces {
  #places: ReadonlyMap<string, number> = new Map()
  #made = 0

  /** The place of each of these rows, in their order. Asked twice for the same rows it gives the same places. */
  of(keys: readonly string[]): readonly number[] {
    const drawn = new Set(keys)
    const free = [...this.#places].flatMap(([key, place]) => (drawn.has(key) ? [] : [place]))
    let taken = 0
    const places = new Map<string, number>()
    for (const key of keys) places.set(key, this.#places.get(key) ?? free[taken++] ?? this.#made++)
    this.#places = places
    return [...places.values()]
  }
}
