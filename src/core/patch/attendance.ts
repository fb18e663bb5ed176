import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { HoursView, ReconcileView } from '../../shared/view/reconcile.ts'
import type { Clock } from '../ports.ts'
import { hoursOf } from '../projection/hours.ts'
import { reconcileOf } from '../projection/reconcile.ts'
import type { Shown } from '../projection/shown.ts'
import type { Scope } from './headline.ts'
import { PACE } from './pace.ts'
import { wholeSource } from './whole.ts'

type Of = { readonly committee: CommitteeCode | null }

/** Arrivals by the hour, of one committee or of all. */
export const hoursSource =
  (book: Shown, clock: Clock): Source<Of, HoursView, HoursView> =>
  ({ committee }, changed) =>
    wholeSource(
      book,
      clock,
      PACE.chart,
      (tell) => ({ shifted: ({ kind }) => kind === 'attendance' && tell(), outboxChanged: tell, timeMoved: tell }),
      () => hoursOf(book, committee),
    )(null, changed)

/** Marked here, said by the server, counted on paper. */
export const reconcileSource =
  (book: Shown, clock: Clock, scope: () => Scope): Source<Of, ReconcileView, ReconcileView> =>
  ({ committee }, changed) =>
    wholeSource(
      book,
      clock,
      PACE.chart,
      (tell) => ({
        shifted: ({ kind }) => (kind === 'attendance' || kind === 'committee') && tell(),
        outboxChanged: tell,
        paperChanged: tell,
        timeMoved: tell,
      }),
      () => reconcileOf(book, committee, ({ code }) => scope()?.has(code) ?? true),
    )(null, changed)
