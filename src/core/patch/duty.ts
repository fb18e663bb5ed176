import type { Source } from '../../shared/rpc/define.ts'
import { EVERYTHING } from '../../shared/rpc/define.ts'
import type { Incident } from '../../shared/view/incident.ts'
import type { ShiftView } from '../../shared/view/shift.ts'
import { shiftReport } from '../incidents/shift-report.ts'
import type { Clock } from '../ports.ts'
import type { Shown } from '../projection/shown.ts'
import { every, PACE, paced } from './pace.ts'

/** What a hand-over would say moves with every figure: told this often while it is looked at, ms. */
const REPORT_EVERY = 5_000

/** Every incident kept in sight, oldest first; then each as it changes. */
export const incidentsSource =
  (book: Shown, clock: Clock): Source<unknown, Incident[], Incident> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.rows, changed)
    const stand = () => ({ of: book.projection.duty.incidents, at: book.projection.duty.incidents.revision })
    let told = stand()
    const stop = book.listen({
      incidentChanged: (id) => {
        told = stand()
        pace.tell(id)
      },
      // A replay that seeks tells nobody of what lay between, and back there it has not happened yet.
      timeMoved: () => {
        const is = stand()
        if (is.of !== told.of || is.at !== told.at) pace.tell(EVERYTHING)
        told = is
      },
    })
    return {
      snapshot: () => [...book.projection.duty.incidents.all()],
      patch: (id) => book.projection.duty.incidents.find(id),
      stop: () => {
        stop()
        pace.stop()
      },
    }
  }

export const shiftSource =
  (book: Shown, clock: Clock): Source<unknown, ShiftView, ShiftView> =>
  (_input, changed) => {
    const pace = paced(clock, PACE.list, changed)
    const tell = () => pace.tell('shift')
    const stop = book.listen({ shiftChanged: tell, incidentChanged: tell, timeMoved: tell })
    const stopClock = every(clock, REPORT_EVERY, tell)
    const read = () => ({ last: book.projection.duty.handOver, now: shiftReport(book, clock.now()) })
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        stopClock()
        stop()
        pace.stop()
      },
    }
  }
