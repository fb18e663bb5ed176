import type { Source } from '../shared/rpc/define.ts'
import { pollsOf } from '../shared/view/incident.ts'
import type { Console } from './console.ts'
import { NO_CHOICES, NO_LIST, NO_PLEDGES, NO_RADAR } from './nothing.ts'
import { bulkSource, viewsSource } from './patch/console-views.ts'
import { callsSource } from './patch/calls.ts'
import { guaranteeChoicesSource, GUARANTEE_LIST } from './patch/guarantees.ts'
import { listSource } from './patch/lists.ts'
import { pledgesSource, radarSource } from './patch/pledges.ts'
import { still } from './patch/relay.ts'
import type { Clock } from './ports.ts'
import type { Shown } from './projection/shown.ts'

/** Makes a source of what is shown: the open book, or a recording; `nothing` while neither is there. */
export type OfShown = <I, S, P>(
  pick: (shown: Shown, clock: Clock) => Source<I, S, P>,
  nothing: Source<I, S, P>,
) => Source<I, S, P>

/** What windows may watch of guarantees: the list, its sums, the gap and whom to call. */
export function pledgeSources(console: Console, ofShown: OfShown) {
  const viewer = () => console.core.now()?.session.user() ?? null
  const polls = () => pollsOf(console.settings.now.alerts)
  return {
    guarantees: ofShown((shown, clock) => listSource(shown, clock, viewer, GUARANTEE_LIST), still(NO_LIST)),
    'guarantee-choices': ofShown((shown, clock) => guaranteeChoicesSource(shown, clock, viewer), still(NO_CHOICES)),
    pledges: ofShown((shown, clock) => pledgesSource(shown, clock, viewer), still(NO_PLEDGES)),
    radar: ofShown((shown, clock) => radarSource(shown, clock, viewer, polls), still(NO_RADAR)),
    views: viewsSource(console),
    bulk: bulkSource(console),
    calls: ofShown((shown, clock) => callsSource(shown, clock, viewer), still(NO_LIST)),
  }
}
