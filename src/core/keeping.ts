import type { AppContract } from '../shared/contract.ts'
import { isKeepTooLittle, type KeepingView } from '../shared/keeping-contract.ts'
import { err, ok } from '../shared/result.ts'
import type { Handlers } from '../shared/rpc/define.ts'
import { isAdmin } from './authority.ts'
import type { Book } from './book.ts'
import type { Console } from './console.ts'

/** What windows may ask of how much is kept. */
export function keepingHandlers(console: Console) {
  return {
    'keeping.set': async (keeping) => {
      if (!mayKeep(console)) return err('not-allowed')
      if (isKeepTooLittle(keeping)) return err('keep-below-part')
      const { partMb, keepMb } = keeping
      if (!console.settings.set({ journalPartMb: partMb, journalKeepMb: keepMb })) return err('not-saved')
      console.core.now()?.keepingChanged()
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

/** Letting go is for good: for who answers for the desk. */
function mayKeep(console: Console): boolean {
  const user = console.core.now()?.session.user() ?? null
  return user !== null && isAdmin(user)
}

/** What is set, and how much there is of the open journal. */
export function keepingView(console: Console): KeepingView {
  const book = console.core.now()?.book.now() ?? null
  const { journalPartMb: partMb, journalKeepMb: keepMb } = console.settings.now
  return { partMb, keepMb, may: mayKeep(console), journal: book && journalOf(book) }
}

function journalOf({ journal }: Book): KeepingView['journal'] {
  const parts = journal.parting?.parts() ?? []
  const first = journal.row(journal.begins)
  return {
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
    files: parts.length,
    from: first ? { cursor: first.cursor, at: first.at } : null,
  }
}
