import type { OfShown } from './pledge-sources.ts'
import { NO_HOURS, NO_LIST, NO_RECONCILE } from './nothing.ts'
import { committeeSource, hoursSource, reconcileSource } from './patch/attendance.ts'
import type { Scope } from './patch/headline.ts'
import { ATTENDANCE_LIST, listSource } from './patch/lists.ts'
import { still } from './patch/relay.ts'
import type { User } from '../shared/view/session.ts'

type Viewing = { readonly viewer: () => User | null; readonly scope: () => Scope }

/** What windows may watch of who came: the list, arrivals by the hour, the paper, and one committee. */
export const attendanceSources = (ofShown: OfShown, { viewer, scope }: Viewing) => ({
  attendance: ofShown((shown, clock) => listSource(shown, clock, viewer, ATTENDANCE_LIST), still(NO_LIST)),
  committee: ofShown((shown, clock) => committeeSource(shown, clock, scope), still(null)),
  hours: ofShown((shown, clock) => hoursSource(shown, clock), still(NO_HOURS)),
  reconcile: ofShown((shown, clock) => reconcileSource(shown, clock, scope), still(NO_RECONCILE)),
})
