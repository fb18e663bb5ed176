import type { Kind } from '../../shared/model/change.ts'
import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { CommitteeDetail } from '../../shared/view/committee.ts'
import type { HoursView, ReconcileView } from '../../shared/view/reconcile.ts'
import type { Clock } from '../ports.ts'
import { committeeDetail } from '../projection/committee-detail.ts'
import { hoursOf } from '../projection/hours.ts'
import { reconcileOf } from '../projection/reconcile.ts'
import type { Shown } from '../projection/shown.ts'
import type { Scope } from './headline.ts'
import { PACE } from './pace.ts'
import { wholeSource } from './whole.ts'

/** What is known of one committee beside its figures; null where it is not the viewer's to see. */
export const committeeSource =
  (
    book: Shown,
    clock: Clock,
    scope: () => Scope,
  ): Source<{ readonly committee: CommitteeCode }, CommitteeDetail | null, CommitteeDetail | null> =>
  ({ committee: code }, changed) =>
    wholeSource(
      book,
      clock,
      PACE.chart,
      (tell) => ({
        shifted: ({ kind }) => KINDS.has(kind) && tell(),
        confirmed: tell,
        paperChanged: tell,
        timeMoved: tell,
      }),
      () => {
        const id = book.figures.idOf.get(code)
        const held = id === undefined ? undefined : book.projection.of('committee').get(id)
        return held && (scope()?.has(code) ?? true) ? committeeDetail(book, held.record) : null
      },
    )(null, changed)

/** Of which a committee's page tells. */
const KINDS: ReadonlySet<Kind> = new Set<Kind>(['attendance', 'committee', 'entry', 'count', 'candidate'])

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
      () => ({ at: clock.now(), ...reconcileOf(book, committee, ({ code }) => scope()?.has(code) ?? true) }),
    )(null, changed)
