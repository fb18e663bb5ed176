import { z } from 'zod'
import type { Digest, JournalRow, JournalStore } from '../ports.ts'
import { type ChainCheck, type ChainFault, checkChain, linkHash, UNCHECKED } from './chain.ts'
import type { Through } from './checkpoint-text.ts'

type Rows = Pick<JournalStore, 'read'>
const Begun = z.object({ is: z.literal('part'), does: z.literal('begun'), after: z.number(), head: z.string() })
const LetGo = z.object({ is: z.literal('part'), does: z.literal('let-go'), through: z.number(), head: z.string() })
/** How a row begins that tells of rows which were let go. */
const LETS_GO = '{"is":"part","does":"let-go"'

/** What a row that begins a part names as the one before it; null: it is another row, or not as it was written. */
export function namedBefore(digest: Digest, row: JournalRow): Through | null {
  const found = Begun.safeParse(jsonOf(row.text))
  if (!found.success) return null
  const { after, head } = found.data
  return after === row.cursor - 1 && row.hash === linkHash(digest, head, row) ? { cursor: after, head } : null
}

/** The last row that was let go as this one tells; null: it tells nothing of the kind. */
export function letGoBy({ text }: JournalRow): Through | null {
  if (!text.startsWith(LETS_GO)) return null
  const found = LetGo.safeParse(jsonOf(text))
  return found.success ? { cursor: found.data.through, head: found.data.head } : null
}

/**
 * Where the check of a journal begins: before its first row, or, where the first there is begins a later part, at the row that
 * it names. Whether what is before that was let go or is missing, a later row of the chain has to tell.
 */
export function beginningOf(digest: Digest, rows: Rows): ChainCheck {
  const [first] = rows.read(0, 1)
  const named = first && first.cursor > 1 ? namedBefore(digest, first) : null
  return named ? { ...named, fault: null } : UNCHECKED
}

/** The check of a whole journal, row by row, from its beginning. It owns where it stands and what was told of its beginning. */
export class WholeCheck {
  readonly #digest: Digest
  readonly #from: ChainCheck
  #isTold: boolean
  so: ChainCheck

  constructor(digest: Digest, rows: Rows) {
    this.#digest = digest
    this.#from = beginningOf(digest, rows)
    this.#isTold = this.#from.cursor === 0
    this.so = this.#from
  }

  /** Rows before this one and with it are not there. */
  get before(): number {
    return this.#from.cursor
  }

  /** Checks the next rows; gives those that are as they were written. */
  take(rows: readonly JournalRow[]): readonly JournalRow[] {
    const { cursor } = this.so
    this.so = checkChain(this.#digest, this.so, rows)
    const good = rows.slice(0, this.so.cursor - cursor)
    if (!this.#isTold) this.#isTold = good.some((row) => this.#tells(row))
    return good
  }

  #tells(row: JournalRow): boolean {
    const gone = letGoBy(row)
    return gone?.cursor === this.#from.cursor && gone.head === this.#from.head
  }

  /** After the last row: the first fault, which is a beginning that is gone where no row tells that it was let go. */
  end(): ChainFault | null {
    return this.so.fault ?? (this.#isTold ? null : { cursor: 1, is: 'missing-row' })
  }
}

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return null // of a damaged file a row may hold anything
  }
}
