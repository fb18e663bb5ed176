import type { Source } from '../../shared/rpc/define.ts'
import type { Book, BookListener } from '../book.ts'
import type { Clock } from '../ports.ts'
import { paced } from './pace.ts'

/** A stream small enough to be told whole each time it changed: `listen` says when, `read` says what. */
export const wholeSource =
  <State>(
    book: Book,
    clock: Clock,
    every: number,
    listen: (tell: () => void) => BookListener,
    read: () => State,
  ): Source<unknown, State, State> =>
  (_input, changed) => {
    const pace = paced(clock, every, changed)
    const stop = book.listen(listen(() => pace.tell('whole')))
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }
