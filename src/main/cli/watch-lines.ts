import { TOPICS, type Topic, topicOf } from '../../shared/model/change.ts'
import { isRead, readAtOf } from '../../shared/model/trust.ts'
import type { Book } from '../../core/book.ts'
import type { Console } from '../../core/console.ts'

type Emit = (line: unknown) => void

/** Writes what the console sees as lines: link, change, doubt, outbox. Follows the book that is open. */
export function writeLines(console: Console, emit: Emit): () => void {
  const now = () => console.ports.clock.now()
  let told = ''
  const link = () => {
    const view = console.core.now()?.link.view()
    if (!view) return
    const line = `${view.state}/${view.cause?.code ?? ''}/${view.by}`
    if (line === told) return
    told = line
    emit({ t: 'link', at: now(), state: view.state, cause: view.cause, by: view.by })
  }
  const stopLink = console.onChange(link)
  let stopBook = () => {}
  let stopCore = () => {}
  const follow = () => {
    stopBook()
    const book = console.core.now()?.book.now()
    stopBook = book ? writeBook(book, now, emit) : () => {}
  }
  const attach = () => {
    stopCore()
    stopCore = console.core.now()?.book.onReplaced(follow) ?? (() => {})
    follow()
  }
  const stopReplaced = console.core.onReplaced(attach)
  attach()
  return () => {
    for (const stop of [stopLink, stopBook, stopCore, stopReplaced]) stop()
  }
}

function writeBook(book: Book, now: () => number, emit: Emit): () => void {
  const told = new Map<Topic, string>()
  const doubts = () => {
    for (const topic of TOPICS) {
      const trust = book.projection.trust.of(topic)
      const because = trust.state === 'doubtful' ? trust.because : null
      const [isWhole, readAt] = [isRead(trust), readAtOf(trust)]
      const line = `${trust.state}/${because}/${isWhole}/${readAt}`
      if (told.get(topic) === line) continue
      told.set(topic, line)
      const since = trust.state === 'doubtful' || trust.state === 'provisional' ? trust.since : null
      const waiting = trust.state === 'provisional' ? trust.frames : null
      emit({ t: 'doubt', at: now(), topic, state: trust.state, because, since, readAt, waiting })
    }
  }
  doubts()
  return book.listen({
    shifted: (shift, _moved, record) => {
      const op = shift.after ? 'upsert' : 'remove'
      emit({
        t: 'change',
        at: record.at,
        topic: topicOf(shift.kind),
        kind: shift.kind,
        id: String(shift.key),
        op,
        cursor: record.cursor,
      })
    },
    trustChanged: doubts,
    outboxChanged: (key) => {
      const entry = book.projection.outbox.find(key)
      if (!entry) return
      const { action, state, attempts, reason } = entry
      emit({ t: 'outbox', at: now(), key, does: action.does, state, attempts, reason })
    },
    quarantined: ({ cursor, at, event }) => {
      if (event.is === 'quarantined') emit({ t: 'quarantine', at, cursor, reason: event.reason, bytes: event.bytes })
    },
  })
}
