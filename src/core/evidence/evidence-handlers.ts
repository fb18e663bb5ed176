import type { AppContract } from '../../shared/contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import { mayOf } from '../authority.ts'
import type { Console } from '../console.ts'

/** What windows may ask of the evidence pack. */
export function evidenceHandlers(console: Console) {
  return {
    'evidence.make': async (wishes) => {
      const core = console.core.now()
      const book = core?.book.now()
      if (!console.evidence) return err('not-here')
      if (!mayOf(core?.session.user() ?? null).makeEvidence) return err('not-allowed')
      const journal = core?.journal() ?? null
      if (!book || journal === null) return err('not-open')
      if (book.missingSince !== null) return err('disk-refuses')
      return console.evidence.make(journal, book.journal.cursor, wishes, console.settings.now.zone)
    },
    'evidence.cancel': async () => {
      console.evidence?.cancel()
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}
