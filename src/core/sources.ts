import type { AppContract } from '../shared/contract.ts'
import type { LinkView } from '../shared/model/link.ts'
import type { Source, Sources } from '../shared/rpc/define.ts'
import type { Headline } from '../shared/view/board.ts'
import type { MetersView } from '../shared/view/meters.ts'
import { scopeOf } from './authority.ts'
import type { Book } from './book.ts'
import type { Console } from './console.ts'
import type { Core } from './core.ts'
import { candidatesSource } from './patch/candidates.ts'
import { committeesSource } from './patch/committees.ts'
import { feedSource } from './patch/feed.ts'
import { headlineSource } from './patch/headline.ts'
import { ATTENDANCE_LIST, COUNT_LIST, GUARANTEE_LIST, listSource } from './patch/lists.ts'
import { PACE, paced } from './patch/pace.ts'
import { relay, still } from './patch/relay.ts'
import { wholeSource } from './patch/whole.ts'
import { OutboxFold } from './projection/outbox.ts'
import { Trust } from './projection/trust.ts'
import { turnoutOf } from './projection/turnout.ts'

const NO_HEADLINE: Headline = {
  election: null,
  electors: 0,
  attended: 0,
  pendingAttendance: 0,
  attendedLast: { m15: 0, m30: 0, m60: 0 },
  guarantees: 0,
  pledged: 0,
  confirmed: 0,
  notAvailable: 0,
  pledgedAttended: 0,
  committees: 0,
  entries: { started: 0, completed: 0, verified: 0 },
  ballotsCast: 0,
  ballotsInvalid: 0,
  votes: 0,
  votesVerified: 0,
  latestAttendanceAt: null,
}

/** What windows may watch. Everything is of the book now open, of the core now running; when those are replaced, windows start anew. */
export function sourcesOf(console: Console): Sources<AppContract> {
  const { clock } = console.ports
  const ofCore = <I, S, P>(pick: (core: Core) => Source<I, S, P>, nothing: Source<I, S, P>) =>
    relay(console.core, (core) => (core ? pick(core) : nothing))
  const ofBook = <I, S, P>(pick: (book: Book) => Source<I, S, P>, nothing: Source<I, S, P>) =>
    ofCore((core) => relay(core.book, (book) => (book ? pick(book) : nothing)), nothing)
  const viewer = () => console.core.now()?.session.user() ?? null
  const scope = () => scopeOf(viewer())
  const empty = { total: 0, offset: 0, rows: [] }
  return {
    host: still(console.options.host),
    session: viewSource(console, PACE.figures, () => console.view()),
    link: viewSource(console, PACE.list, () => console.core.now()?.link.view() ?? noLink(clock.now())),
    meters: meterSource(console),
    trust: ofBook(
      (book) =>
        wholeSource(
          book,
          clock,
          PACE.rows,
          (trustChanged) => ({ trustChanged }),
          () => book.projection.trust.view(),
        ),
      still(new Trust().view()),
    ),
    outbox: ofBook(
      (book) =>
        wholeSource(
          book,
          clock,
          PACE.figures,
          (outboxChanged) => ({ outboxChanged }),
          () => book.projection.outbox.view(),
        ),
      still(new OutboxFold().view()),
    ),
    results: ofBook(
      (book) =>
        wholeSource(
          book,
          clock,
          PACE.list,
          (tell) => ({ shifted: (shift) => shift.kind === 'results' && tell() }),
          () => book.projection.of('results').get('results')?.record ?? null,
        ),
      still(null),
    ),
    headline: ofBook((book) => headlineSource(book, clock, scope), still(NO_HEADLINE)),
    committees: ofBook((book) => committeesSource(book, clock, scope), still([])),
    candidates: ofBook((book) => candidatesSource(book, clock), still([])),
    feed: ofBook((book) => feedSource(book, clock), still([])),
    turnout: ofBook(
      (book) => (input, changed) =>
        wholeSource(
          book,
          clock,
          PACE.chart,
          (tell) => ({ shifted: (shift) => (shift.kind === 'attendance' || shift.kind === 'guarantee') && tell() }),
          () => turnoutOf(book, input.committee),
        )(input, changed),
      still([]),
    ),
    attendance: ofBook((book) => listSource(book, clock, viewer, ATTENDANCE_LIST), still(empty)),
    guarantees: ofBook((book) => listSource(book, clock, viewer, GUARANTEE_LIST), still(empty)),
    counts: ofBook((book) => listSource(book, clock, viewer, COUNT_LIST), still(empty)),
  }
}

/** A view of the console itself, told again whenever the console says that something changed. */
const viewSource =
  <View>(console: Console, every: number, read: () => View): Source<unknown, View, View> =>
  (_input, changed) => {
    const pace = paced(console.ports.clock, every, changed)
    const stops = [console.onChange(() => pace.tell('view')), console.core.onReplaced(() => pace.tell('view'))]
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        for (const stop of stops) stop()
        pace.stop()
      },
    }
  }

/** The connection's figures, once a second while someone looks. */
const meterSource =
  (console: Console): Source<unknown, MetersView, MetersView> =>
  (_input, changed) => {
    const { clock } = console.ports
    let cancel = () => {}
    const tick = () => {
      changed('meters')
      cancel = clock.after(PACE.chart, tick)
    }
    cancel = clock.after(PACE.chart, tick)
    const read = () => console.core.now()?.meters.view() ?? noMeters(clock.now())
    return { snapshot: read, patch: read, stop: () => cancel() }
  }

const noLink = (now: number): LinkView => ({
  state: 'signed-out',
  since: now,
  by: 'socket',
  cause: { code: 'starting', proof: 'no server chosen', at: now },
  nextTryAt: null,
  attempt: 0,
  heardAt: null,
  roundTrip: null,
  clockSkew: null,
})

const noMeters = (now: number): MetersView => ({
  meters: {
    startedAt: now,
    framesReceived: 0,
    framesSent: 0,
    bytesReceived: 0,
    reconnects: 0,
    errors: 0,
    quarantined: 0,
    duplicates: 0,
    gaps: 0,
    phantoms: 0,
    reads: 0,
    readFailures: 0,
    journalLength: 0,
    journalHead: '',
    ingestMs: 0,
  },
  health: { verdict: 'unhealthy', reasons: ['not-live'] },
  points: [],
  ribbon: [],
  closes: [],
  quarantine: [],
})
