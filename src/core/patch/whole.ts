import type { CommitteeCode, GuaranteeId } from '../../shared/model/ids.ts'
import type { Results } from '../../shared/model/records.ts'
import type { TrustView } from '../../shared/model/trust.ts'
import type { Source } from '../../shared/rpc/define.ts'
import type { Span, TurnoutPoint } from '../../shared/view/board.ts'
import type { ConflictsView } from '../../shared/view/conflict.ts'
import type { Pulse } from '../../shared/view/replay.ts'
import type { Target } from '../../shared/view/incident.ts'
import type { OutboxItem, OutboxView } from '../../shared/view/outbox.ts'
import type { User } from '../../shared/view/session.ts'
import type { Shown, ShownListener } from '../projection/shown.ts'
import type { Clock } from '../ports.ts'
import { turnoutOf } from '../projection/turnout.ts'
import { electorsOf, type Scope } from './headline.ts'
import { PACE, paced } from './pace.ts'

/** A stream small enough to be told whole each time it changed: `listen` says when, `read` says what. */
export const wholeSource =
  <State>(
    book: Shown,
    clock: Clock,
    every: number,
    listen: (tell: () => void) => ShownListener,
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

export const trustSource = (book: Shown, clock: Clock): Source<unknown, TrustView, TrustView> =>
  wholeSource(
    book,
    clock,
    PACE.rows,
    (trustChanged) => ({ trustChanged }),
    () => book.projection.trust.view(),
  )

/** As the signed-in user is shown it: what is theirs to take back, and what of theirs is still here. */
export const outboxSource = (
  book: Shown,
  clock: Clock,
  viewer: () => User | null,
): Source<unknown, OutboxView, OutboxView> =>
  wholeSource(
    book,
    clock,
    PACE.figures,
    (outboxChanged) => ({ outboxChanged, conflictsChanged: outboxChanged }),
    () => {
      const view = book.projection.outbox.view(book.projection.conflicts.open, viewer()?.email ?? null)
      return { ...view, recent: view.recent.map((item) => asDecided(book, withElector(book, item))) }
    },
  )

/** Once its card is decided there is nothing more to do about an action. */
function asDecided(book: Shown, item: OutboxItem): OutboxItem {
  const found = item.conflict === null ? null : book.projection.conflicts.find(item.conflict)
  return item.next === 'decide' && found && found.card.state !== 'open' ? { ...item, next: null } : item
}

/** People know a pledge by its elector; one that is gone goes by its number. */
function withElector(book: Shown, item: OutboxItem): OutboxItem {
  const number = item.does.startsWith('guarantee.') ? /^#(\d+)$/.exec(item.about)?.[1] : undefined
  if (number === undefined) return item
  const held = book.projection.of('guarantee').get(Number(number) as GuaranteeId) // only looked up, never stored
  return held ? { ...item, about: `${held.record.elector} ${held.record.electorName}`.trim() } : item
}

export const conflictsSource = (book: Shown, clock: Clock): Source<unknown, ConflictsView, ConflictsView> =>
  wholeSource(
    book,
    clock,
    PACE.figures,
    (conflictsChanged) => ({ conflictsChanged }),
    () => book.projection.conflicts.view(),
  )

export const resultsSource = (book: Shown, clock: Clock): Source<unknown, Results | null, Results | null> =>
  wholeSource(
    book,
    clock,
    PACE.list,
    (tell) => ({ shifted: (shift) => shift.kind === 'results' && tell() }),
    () => book.projection.of('results').get('results')?.record ?? null,
  )

/** Told with everything that is folded, whatever it changed. */
export const pulseSource = (book: Shown, clock: Clock): Source<unknown, Pulse, Pulse> =>
  wholeSource(
    book,
    clock,
    PACE.list,
    (tell) => ({ shifted: tell, trustChanged: tell, confirmed: tell, outboxChanged: tell, quarantined: tell }),
    () => ({ cursor: book.projection.cursor }),
  )

/** The curve of one committee, or of all; with the way to the target it is on. */
export const turnoutSource =
  (
    book: Shown,
    clock: Clock,
    scope: () => Scope,
    target: () => Target | null,
  ): Source<{ committee: CommitteeCode | null; span: Span | null }, TurnoutPoint[], TurnoutPoint[]> =>
  (input, changed) =>
    wholeSource(
      book,
      clock,
      PACE.chart,
      (tell) => ({
        shifted: ({ kind }) => (kind === 'attendance' || kind === 'guarantee' || kind === 'committee') && tell(),
      }),
      () => turnoutOf(book, { ...input, target: target(), electors: electorsOf(book, input.committee, scope()) }),
    )(input, changed)
