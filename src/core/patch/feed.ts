import type { Source } from '../../shared/rpc/define.ts'
import type { FeedItem } from '../../shared/view/board.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { PACE, paced } from './pace.ts'

/** The last hundred lines, then what is new since the last telling, newest first. */
export const feedSource =
  (book: Shown, clock: Clock): Source<null, FeedItem[], FeedItem[]> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.list, changed)
    const stop = book.listen({ feedGrew: () => pace.tell('feed') })
    let told = 0
    const since = (cursor: number) => {
      const items = [...book.feed.since(cursor)]
      told = items[0]?.cursor ?? told
      return items
    }
    return {
      snapshot: () => since(0),
      patch: () => since(told),
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }
