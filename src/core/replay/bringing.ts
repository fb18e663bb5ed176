import { err, ok, type Result } from '../../shared/result.ts'
import { isAdmin } from '../authority.ts'
import type { Console } from '../console.ts'
import type { Brought, JournalReader } from './recordings.ts'

export type BringFault = 'not-here' | 'not-allowed' | 'not-saved' | 'too-big' | 'not-brought'
/** A whole file: its name, its reader, and what takes it off the disk again. */
export type Whole = { readonly name: string; readonly reader: JournalReader; readonly drop: () => void }

/** A day of a million events is a tenth of this, bytes. */
const MOST_BYTES = 4_000_000_000

/**
 * The file of another desk that one window is bringing. It owns the parts until they are whole and handed on, or until
 * another is begun or the window goes: then they are taken off the disk. It never touches this desk's own journals.
 */
export class Bringing {
  readonly #console: Console
  #under: { readonly name: string; readonly brought: Brought } | null = null

  constructor(console: Console) {
    this.#console = console
  }

  begin(name: string, bytes: number): Result<null, BringFault> {
    this.stop()
    const { recordings } = this.#console.options
    if (!recordings) return err('not-here')
    const { state, user } = this.#console.view()
    if (state !== 'signed-in' || user === null || !isAdmin(user)) return err('not-allowed')
    if (bytes > MOST_BYTES) return err('too-big')
    const brought = recordings.bring()
    if (!brought.ok) return err('not-saved')
    this.#under = { name, brought: brought.value }
    return ok(null)
  }

  /** The next part, base64. One the disk refuses ends it. */
  add(text: string): Result<null, BringFault> {
    if (!this.#under) return err('not-brought')
    if (this.#under.brought.add(text).ok) return ok(null)
    this.stop()
    return err('not-saved')
  }

  /** Nothing more comes: hands the file on to whoever opened it. */
  end(): Result<Whole, 'not-brought' | 'not-readable' | 'not-saved' | 'pack-without-journal'> {
    if (!this.#under) return err('not-brought')
    const { name, brought } = this.#under
    this.#under = null
    const opened = brought.open()
    if (opened.ok) return ok({ name, reader: opened.value, drop: () => brought.drop() })
    brought.drop()
    const { is } = opened.error
    return err(is === 'missing' ? 'pack-without-journal' : is === 'full' ? 'not-saved' : 'not-readable')
  }

  stop(): void {
    this.#under?.brought.drop()
    this.#under = null
  }
}
