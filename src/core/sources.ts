import type { AppContract } from '../shared/contract.ts'
import type { Source, Sources } from '../shared/rpc/define.ts'
import { scopeOf } from './authority.ts'
import type { Book } from './book.ts'
import type { Console } from './console.ts'
import { NO_CHOICES, NO_HEADLINE, NO_LIST } from './nothing.ts'
import { candidatesSource } from './patch/candidates.ts'
import { committeesSource } from './patch/committees.ts'
import { doctorSource, linkSource, meterSource, sessionSource } from './patch/console-views.ts'
import { feedSource } from './patch/feed.ts'
import { guaranteeChoicesSource, GUARANTEE_LIST } from './patch/guarantees.ts'
import { headlineSource } from './patch/headline.ts'
import { ATTENDANCE_LIST, COUNT_LIST, listSource } from './patch/lists.ts'
import { relay, still } from './patch/relay.ts'
import { outboxSource, resultsSource, trustSource, turnoutSource } from './patch/whole.ts'
import { OutboxFold } from './projection/outbox.ts'
import { Trust } from './projection/trust.ts'

/** What windows may watch. Everything is of the book now open, of the core now running; when those are replaced, windows start anew. */
export function sourcesOf(console: Console): Sources<AppContract> {
  const { clock } = console.ports
  const viewer = () => console.core.now()?.session.user() ?? null
  const scope = () => scopeOf(viewer())
  const ofBook = <I, S, P>(pick: (book: Book) => Source<I, S, P>, nothing: Source<I, S, P>) =>
    relay(console.core, (core) => (core ? relay(core.book, (book) => (book ? pick(book) : nothing)) : nothing))
  return {
    host: still(console.options.host),
    session: sessionSource(console),
    link: linkSource(console),
    meters: meterSource(console),
    doctor: doctorSource(console),
    trust: ofBook((book) => trustSource(book, clock), still(new Trust().view())),
    headline: ofBook((book) => headlineSource(book, clock, scope), still(NO_HEADLINE)),
    committees: ofBook((book) => committeesSource(book, clock, scope), still([])),
    candidates: ofBook((book) => candidatesSource(book, clock), still([])),
    turnout: ofBook((book) => turnoutSource(book, clock), still([])),
    feed: ofBook((book) => feedSource(book, clock), still([])),
    attendance: ofBook((book) => listSource(book, clock, viewer, ATTENDANCE_LIST), still(NO_LIST)),
    guarantees: ofBook((book) => listSource(book, clock, viewer, GUARANTEE_LIST), still(NO_LIST)),
    'guarantee-choices': ofBook((book) => guaranteeChoicesSource(book, clock, viewer), still(NO_CHOICES)),
    counts: ofBook((book) => listSource(book, clock, viewer, COUNT_LIST), still(NO_LIST)),
    results: ofBook((book) => resultsSource(book, clock), still(null)),
    outbox: ofBook((book) => outboxSource(book, clock), still(new OutboxFold().view())),
  }
}
