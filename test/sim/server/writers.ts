import type { Row } from './rows.ts'

/** What another wrote into a field since `since`, ms, and a call put something else in its place. */
export type Over = {
  readonly name: string
  readonly field: string
  readonly value: unknown
  readonly since: number
}
/** A record nobody saw yet is told of by its own epoch only. */
export type Write = { readonly name: string; readonly row: Row | null }

const STATES = ['guarantee_status', 'confirmation_status'] as const
/** The fields that people type. */
const FIELDS = [
  ...['guarantee_status', 'confirmation_status', 'quick_note', 'mobile'],
  ...['vote_count', 'total_ballots_cast', 'invalid_ballots'],
] as const

/** Who last wrote each field, and whose each guarantee is: what nobody may be made to lose unasked. It holds no rows. */
export class Writers {
  readonly #writers = new Map<string, { readonly by: number; readonly at: number }>()
  readonly #owners = new Map<string, unknown>()

  /** Whose this guarantee is, or was while it was there. */
  ownerOf(name: string): unknown {
    return this.#owners.get(name)
  }
  wrote({ name, row }: Write, before: Row | undefined, by: number, at: number): void {
    if (!row) return
    for (const field of FIELDS) if (row[field] !== before?.[field]) this.#writers.set(`${name} ${field}`, { by, at })
    if ('user' in row) this.#owners.set(name, row.user)
  }
  /** What of `before` another wrote, and this puts something else in the place of. */
  overwritten({ name, row }: Write, before: Row | undefined, by: number): readonly Over[] {
    // Who takes a guarantee away has seen how it stood, not each word on it.
    return (row ? FIELDS : STATES).flatMap((field) => {
      const [value, writer] = [before?.[field], this.#writers.get(`${name} ${field}`)]
      if (value === undefined || writer === undefined || writer.by === by || row?.[field] === value) return []
      return [{ name, field, value, since: writer.at }]
    })
  }
}
