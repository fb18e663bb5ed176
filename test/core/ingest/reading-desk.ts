import type { ReadFault, ReadPart, Reader, Totals } from '../../../src/core/backend/backend.ts'
import { NUMBERED, type ReadPolicy, UNNUMBERED } from '../../../src/core/ingest/reading-plan.ts'
import { Reconcile } from '../../../src/core/ingest/reconcile.ts'
import type { Topic } from '../../../src/shared/model/change.ts'
import { err, ok, type Result } from '../../../src/shared/result.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { bookOnDisk } from '../journal/on-disk.ts'

type Answer = Result<readonly ReadPart[], ReadFault>
/** One read as it was asked for, answered when the test says so. */
export type Asked = {
  readonly topic: Topic | 'totals'
  readonly at: number
  answer(parts?: readonly ReadPart[]): void
  refuse(fault: ReadFault['fault']): void
  readonly stopped: () => boolean
}

type Options = { policy?: ReadPolicy; chance?: number; auto?: boolean }
/** A reader whose answers the test gives; `auto` gives them at once. */
export function readingDesk({ policy = UNNUMBERED, chance = 0.5, auto = false }: Options = {}) {
  const desk = bookOnDisk()
  const { clock, book } = desk
  const asked: Asked[] = []
  const state = {
    auto,
    totals: {} as Totals,
    inFlight: 0,
    mostInFlight: 0,
    calls: 0,
    callsEach: 1,
    hangs: null as Topic | null,
    settled: 0,
    stuck: 0,
    refused: [] as string[],
    answered: 0,
    untold: 0,
  }
  const parts = new Map<Topic, readonly ReadPart[]>()
  const ask = (topic: Topic | 'totals', stopped: () => boolean): Promise<Answer> => {
    state.inFlight += 1
    state.mostInFlight = Math.max(state.mostInFlight, state.inFlight)
    return new Promise<Answer>((resolve) => {
      const give = (answer: Answer) => {
        state.inFlight -= 1
        resolve(answer)
      }
      asked.push({
        topic,
        at: clock.elapsed(),
        stopped,
        answer: (fresh = []) => give(ok(fresh)),
        refuse: (fault) => give(err({ topic: topic === 'totals' ? 'phase' : topic, fault })),
      })
      if (topic === 'totals') state.calls += 1
      else state.calls += state.callsEach
      if (state.auto && topic !== state.hangs) give(ok(topic === 'totals' ? [] : (parts.get(topic) ?? [])))
    })
  }
  const reader: Reader = {
    me: () => Promise.reject(new Error('not asked for here')),
    read: async (topic, onPart, stopped) => {
      const answer = await ask(topic, stopped)
      if (!answer.ok) return answer
      for (const part of answer.value) onPart(part)
      return ok(undefined)
    },
    totals: async () => {
      const answer = await ask('totals', () => false)
      return answer.ok ? ok(state.totals) : answer
    },
    calls: () => state.calls,
  }
  const log = new LogLines()
  const reconcile = new Reconcile(clock, fixedRandom(chance), reader, log, {
    settled: () => void (state.settled += 1),
    answered: () => void (state.answered += 1),
    untold: () => void (state.untold += 1),
    stuck: () => void (state.stuck += 1),
    refused: ({ is }) => void state.refused.push(is),
  })
  if (policy !== NUMBERED) book.commit([{ is: 'joined', position: null }])
  reconcile.start(book, policy)
  const topics = () => asked.map(({ topic }) => topic)
  const last = () => asked.at(-1)!
  return { ...desk, asked, state, parts, reconcile, log, topics, last }
}
