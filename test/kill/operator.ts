/** What is typed, by its index. */
export type Script = {
  commandAt(index: number): { readonly does: string; readonly input: unknown }
  /** Typed again by a person it would be done twice. */
  isTypedOnce(index: number): boolean
  /** Whether a person who was told that these are saved would type it. */
  isTyped(index: number, saved: ReadonlySet<number>): boolean
}

/** Marks typed ahead of their answers: as fast as a scanner beside a person. */
const AHEAD = 4
/** So many in one life: typed faster than a server allows calls, they would only wait for one another. */
const MARKS_A_LIFE = 8
/** A desk that is still opening says so; the operator types the same again after this, ms. */
const TYPE_AGAIN = 10

/** What a desk answers that has not opened its journal, taken up its session or read the record yet. */
const NOT_YET: ReadonlySet<string> = new Set(['not-open', 'not-allowed', 'not-known'])

export type Told = { readonly t?: string; readonly [field: string]: unknown }

/** What the operator was told, over all lives of the desk. */
export class Ledger {
  #next = 0
  readonly script: Script
  /** What the operator was told is saved, by the index it was typed under. */
  readonly saved = new Set<number>()
  /** The keys under which the desk said so. */
  readonly keys = new Set<string>()
  /** Typed when the process ended, without an answer: typed again in the next life. */
  readonly unanswered: number[] = []
  /** Answers that were neither "saved" nor "not open yet". */
  readonly refused: string[] = []

  constructor(script: Script) {
    this.script = script
  }

  get typed(): number {
    return this.#next
  }
  take(): number {
    const again = this.unanswered.pop()
    if (again !== undefined) return again
    for (;;) {
      const index = this.#next++
      if (this.script.isTyped(index, this.saved)) return index
    }
  }
}

/** Somebody who types without a pause and believes what the desk answers. */
export class Operator {
  readonly #ledger: Ledger
  readonly #write: (line: string) => void
  readonly #waiting = new Map<number, number>()
  readonly #timers = new Set<NodeJS.Timeout>()
  #id = 0
  saved = 0

  constructor(ledger: Ledger, write: (line: string) => void) {
    this.#ledger = ledger
    this.#write = write
  }

  begin(): void {
    for (let one = 0; one < AHEAD; one++) this.#type(this.#ledger.take())
  }

  /** True when a mark was saved. */
  heard(line: Told): boolean {
    const elector = line.t === 'reply' ? this.#waiting.get(Number(line['id'])) : undefined
    if (elector === undefined) return false
    this.#waiting.delete(Number(line['id']))
    if (line['ok'] === true) {
      this.#ledger.saved.add(elector)
      const key = (line['value'] as { readonly key?: unknown } | null)?.key // a command's own answer
      if (typeof key === 'string') this.#ledger.keys.add(key)
      this.saved += 1
      if (this.saved + this.#waiting.size < MARKS_A_LIFE) this.#type(this.#ledger.take())
      return true
    }
    if (!NOT_YET.has(String(line['error']))) this.#ledger.refused.push(JSON.stringify(line))
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#type(elector)
    }, TYPE_AGAIN)
    this.#timers.add(timer)
    // Held as unanswered meanwhile, so that an end between the two loses no number.
    this.#waiting.set(-(this.#id += 1), elector)
    return false
  }

  /** The desk is gone: what it did not answer is typed again another time, unless it may be saved and would then be there twice. */
  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    const left = [...new Set(this.#waiting.values())]
    this.#ledger.unanswered.push(...left.filter((index) => !this.#ledger.script.isTypedOnce(index)))
  }

  #type(elector: number): void {
    for (const [id, held] of this.#waiting) if (id < 0 && held === elector) this.#waiting.delete(id)
    const id = (this.#id += 1)
    this.#waiting.set(id, elector)
    const { does, input } = this.#ledger.script.commandAt(elector)
    this.#write(`${JSON.stringify({ id, do: does, input })}\n`)
  }
}

export function parsed(text: string): Told | null {
  try {
    return JSON.parse(text) as Told // lines of our own program; the fields are looked at one by one
  } catch {
    // The last line of a killed process breaks off.
    return null
  }
}
