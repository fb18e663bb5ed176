import type { AppContract } from '../shared/contract.ts'
import type { Source, Sources } from '../shared/rpc/define.ts'
import { attendanceSources } from './attendance-sources.ts'
import { scopeOf } from './authority.ts'
import type { Book } from './book.ts'
import type { Console } from './console.ts'
import { NO_COUNTING, NO_HEADLINE, NO_LEAD, NO_LIST, NO_NOTES, NO_SHIFT } from './nothing.ts'
import { notesDesk, notesSource } from './notes.ts'
import { candidatesSource } from './patch/candidates.ts'
import { committeesSource } from './patch/committees.ts'
import {
  alertsSource,
  keepingSource,
  doctorSource,
  evidenceSource,
  linkSource,
  meterSource,
  sessionSource,
  zoneSource,
} from './patch/console-views.ts'
import { incidentsSource, shiftSource } from './patch/duty.ts'
import { feedSource } from './patch/feed.ts'
import { headlineSource } from './patch/headline.ts'
import { COUNT_LIST, listSource } from './patch/lists.ts'
import { pledgeSources } from './pledge-sources.ts'
import { relay, still } from './patch/relay.ts'
import { countingSource, leadSource, sheetsSource } from './patch/sheets.ts'
import { conflictsSource, outboxSource, pulseSource, resultsSource, trustSource, turnoutSource } from './patch/whole.ts'
import type { Shown } from './projection/shown.ts'
import { OutboxFold } from './projection/outbox.ts'
import { Trust } from './projection/trust.ts'
import type { Clock } from './ports.ts'
import type { Stage } from './replay/stage.ts'
import { Viewing } from './replay/viewing.ts'
import { wallSources } from './wall/wall-sources.ts'

/** Between two moments of a recording there is nothing to say; at the end of the way everything is told anew. */
const hushed =
  <I, S, P>(stage: Stage, source: Source<I, S, P>): Source<I, S, P> =>
  (input, changed) => {
    const feed = source(input, changed)
    return { ...feed, patch: (key) => (stage.isQuiet ? null : feed.patch(key)) }
  }

/** Notes are read from the server as they are now; beside figures of another time they would be taken for those of then. */
const notesOf = (console: Console, viewing: Viewing): Sources<AppContract>['guarantee.notes'] =>
  relay(viewing.replaying, (replay) =>
    replay
      ? still({ is: 'refused', because: 'in-replay' })
      : relay(console.core, (core) =>
          core
            ? relay(core.book, (book) => (book ? notesSource(notesDesk(console, core, book)) : still(NO_NOTES)))
            : still(NO_NOTES),
        ),
  )

/** What windows may watch. Everything is of the book now open, of the core now running; when those are replaced, windows start anew. */
export function sourcesOf(console: Console, viewing: Viewing = new Viewing(console)): Sources<AppContract> {
  const viewer = () => console.core.now()?.session.user() ?? null
  const scope = () => scopeOf(viewer())
  const ofBook = <I, S, P>(pick: (book: Book, clock: Clock) => Source<I, S, P>, nothing: Source<I, S, P>) =>
    relay(console.core, (core) =>
      core ? relay(core.book, (book) => (book ? pick(book, console.ports.clock) : nothing)) : nothing,
    )
  // The views cannot tell a recording from the link: the same sources over another fold and another clock.
  const ofShown = <I, S, P>(pick: (shown: Shown, clock: Clock) => Source<I, S, P>, nothing: Source<I, S, P>) =>
    relay(viewing.replaying, (replay) =>
      replay ? hushed(replay.stage, pick(replay.stage, replay.clock)) : ofBook(pick, nothing),
    )
  const target = () => console.settings.now.alerts.target
  const headline = ofShown((shown, clock) => headlineSource(shown, clock, scope, target), still(NO_HEADLINE))
  const committees = ofShown((shown, clock) => committeesSource(shown, clock, scope), still([]))
  return {
    ...wallSources(console, headline, committees),
    host: still(console.options.host),
    safe: still(null),
    session: sessionSource(console),
    link: relay(viewing.replaying, (replay) => (replay ? viewing.readSource(replay.link) : linkSource(console))),
    meters: relay(viewing.replaying, (replay) => (replay ? viewing.readSource(replay.meters) : meterSource(console))),
    pulse: ofShown((shown, clock) => pulseSource(shown, clock), still({ cursor: 0 })),
    replay: viewing.source,
    marks: viewing.marksSource,
    doctor: doctorSource(console),
    evidence: evidenceSource(console),
    trust: ofShown((shown, clock) => trustSource(shown, clock), still(new Trust().view())),
    headline,
    committees,
    candidates: ofShown((shown, clock) => candidatesSource(shown, clock), still([])),
    turnout: ofShown((shown, clock) => turnoutSource(shown, clock, scope, target), still([])),
    feed: ofShown((shown, clock) => feedSource(shown, clock), still([])),
    ...attendanceSources(ofShown, { viewer, scope }),
    ...pledgeSources(console, ofShown),
    'guarantee.notes': notesOf(console, viewing),
    counts: ofShown((shown, clock) => listSource(shown, clock, viewer, COUNT_LIST), still(NO_LIST)),
    sheets: ofShown((shown, clock) => sheetsSource(shown, clock, scope), still([])),
    counting: ofShown((shown, clock) => countingSource(shown, clock), still(NO_COUNTING)),
    lead: ofShown((shown, clock) => leadSource(shown, clock), still(NO_LEAD)),
    results: ofShown((shown, clock) => resultsSource(shown, clock), still(null)),
    incidents: ofShown((shown, clock) => incidentsSource(shown, clock), still([])),
    shift: ofShown((shown, clock) => shiftSource(shown, clock), still(NO_SHIFT)),
    alerts: alertsSource(console),
    zone: zoneSource(console),
    keeping: keepingSource(console),
    // What is on its way and what is to be decided is of now, whatever is replayed.
    outbox: ofBook((book, clock) => outboxSource(book, clock, viewer), still(new OutboxFold().view(0, null))),
    conflicts: ofBook((book, clock) => conflictsSource(book, clock), still({ open: 0, cards: [] })),
  }
}
