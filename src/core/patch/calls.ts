import type { Unsubscribe } from '../../shared/port.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { CallQuery, CallSlice } from '../../shared/view/calls.ts'
import type { User } from '../../shared/view/session.ts'
import { callList, callRow, type ToCall } from '../phone/call-list.ts'
import type { Shown } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { every, PACE, paced } from './pace.ts'

/** The order is made by a pass over all guarantees: no more often than this, ms. */
const ORDER_PACE = 2_000
/** Time alone brings people back who did not answer: looked at this often, ms. */
const TIME_MOVES = 60_000

/**
 * The part of the call list a window looks at. Who is calling shows at once in its row; the order follows a little later, so
 * that rows do not run away under a quick hand.
 */
export const callsSource =
  (book: Shown, clock: Clock, viewer: () => User | null): Source<CallQuery, CallSlice, CallSlice> =>
  (query, changed) => {
    let order: readonly ToCall[] | null = null
    const rows = paced(clock, PACE.figures, changed)
    const anew = paced(clock, ORDER_PACE, () => {
      order = null
      rows.tell('slice')
    })
    const tellOrder = () => anew.tell('order')
    const ends = whenClaimsEnd(book, clock, () => rows.tell('slice'))
    const stops = [
      book.listen({
        shifted: ({ kind }) => {
          if (kind === 'guarantee' || kind === 'attendance' || kind === 'committee') tellOrder()
        },
        callsChanged: () => {
          rows.tell('slice')
          tellOrder()
          ends.look()
        },
        timeMoved: tellOrder,
      }),
      every(clock, TIME_MOVES, tellOrder),
    ]
    ends.look()
    const read = (): CallSlice => {
      const [now, user] = [clock.now(), viewer()]
      order ??= callList(book, query, user, now)
      const part = order.slice(query.offset, query.offset + query.limit)
      return { total: order.length, offset: query.offset, rows: part.map((one) => callRow(book, one, user, now)) }
    }
    return {
      snapshot: () => {
        order = null
        return read()
      },
      patch: read,
      stop: () => {
        for (const stop of stops) stop()
        ends.stop()
        rows.stop()
        anew.stop()
      },
    }
  }

/** Tells each time a claim ends by itself. `look`: the claims are not what they were. */
function whenClaimsEnd(book: Shown, clock: Clock, tell: () => void): { look(): void; stop: Unsubscribe } {
  let stop: Unsubscribe = () => {}
  const look = () => {
    stop()
    const now = clock.now()
    const next = book.projection.duty.calls.nextEnd(now)
    if (next === null) return
    stop = clock.after(next - now, () => {
      tell()
      look()
    })
  }
  return { look, stop: () => stop() }
}
