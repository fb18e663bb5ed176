import type { AppContract } from '../../shared/contract.ts'
import { err, ok } from '../../shared/result.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import type { Console } from '../console.ts'
import type { Viewing } from '../replay/viewing.ts'
import { trailOf } from './trail.ts'

/** How a record came to be: of the journal that is open, or of the recording the window looks at. */
export function trailHandlers(console: Console, viewing: Viewing) {
  return {
    'trail.read': async ({ of, after }) => {
      const viewer = console.core.now()?.session.user() ?? null
      const replayed = viewing.player?.showing ?? null
      if (replayed) {
        const found = trailOf(replayed.stage, (cursor) => replayed.tape.row(cursor), viewer, of, after)
        return found.ok ? ok({ ...found.value, replayed: true }) : found
      }
      const book = console.core.now()?.book.now()
      if (!book) return err('not-open')
      const found = trailOf(book, (cursor) => book.journal.row(cursor), viewer, of, after)
      return found.ok ? ok({ ...found.value, replayed: false }) : found
    },
  } satisfies Partial<Handlers<AppContract>>
}
