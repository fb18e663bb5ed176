import { Arrival } from '../../../src/core/arrival.ts'
import type { Codec, Heard, Reader } from '../../../src/core/backend/backend.ts'
import { Book } from '../../../src/core/book.ts'
import { Ingest } from '../../../src/core/ingest/ingest.ts'
import { Reconcile } from '../../../src/core/ingest/reconcile.ts'
import type { Random } from '../../../src/core/ports.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { refName } from '../../../src/core/projection/table.ts'
import type { Kind, Position, Topic } from '../../../src/shared/model/change.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { OPENED, sha256 } from '../journal/on-disk.ts'
import type { ModelServer } from './model-server.ts'

export const ADMIN: User = { id: 1 as never, email: 'ada@ems.example', name: 'Ada', role: 'ADMIN', committees: [] }

/** Frames travel as numbers of a list: what is tried here is not the codec. */
export function looseCodec() {
  const frames: Heard[] = []
  const sent: string[] = []
  const codec: Codec = {
    decode: (text) => {
      const heard = frames[Number(text)]
      return heard ? ok(heard) : err({ reason: 'not-json', detail: 'frame: not JSON' })
    },
    ping: () => 'ping',
    resume: (since) => JSON.stringify(since),
    authenticate: () => 'authenticate',
  }
  const encode = (frame: Heard): string => String(frames.push(frame) - 1)
  return { codec, encode, sent }
}

type Parts = {
  readonly server: ModelServer
  readonly random?: Random
  /** Says what a desk sends reached the server's end of the socket. */
  readonly onSend?: (since: Position) => void
  /** Before an answer is made, and between that and its arrival. */
  readonly readDelay?: () => Promise<void>
  readonly readFails?: () => boolean
  /** Cheap, where a million rows are hashed for nothing. */
  readonly digest?: (text: string) => string
}

/** Ingest, arrival and reconcile wired as in the core, over a model server; the link's part is the test's. */
export function arrivingDesk({ server, random = fixedRandom(0.5), onSend, readDelay, readFails, digest }: Parts) {
  const clock = new ManualClock()
  const disk = memoryDisk()
  const store = disk.journal('a')
  if (!store.ok) throw new Error(store.error.detail)
  const book = new Book(store.value, digest ?? sha256, clock)
  book.commit([OPENED])
  const { codec, encode } = looseCodec()
  const told = {
    caughtUp: 0,
    fellBehind: 0,
    sent: [] as Position[],
    reads: [] as Topic[],
    stuck: 0,
    failed: 0,
    bookless: false,
    onBookOf: () => {},
  }
  let calls = 0
  const reader: Reader = {
    me: async () => ok(ADMIN),
    calls: () => calls,
    read: async (topic, onPart, stopped) => {
      calls += 1
      told.reads.push(topic)
      await readDelay?.()
      if (readFails?.()) return err({ topic, fault: { is: 'network', fault: { is: 'reset', detail: '' } } })
      if (topic === 'phase') {
        onPart({
          topic,
          scope: { is: 'kind', kind: 'election' },
          changes: electionOf(server),
          position: server.hello().position,
        })
        return ok(undefined)
      }
      const parts = server.read(topic)
      await readDelay?.()
      for (const part of parts) if (!stopped()) onPart(part)
      return ok(undefined)
    },
    totals: async () => ok(totalsOf(server)),
  }
  const log = new LogLines()
  const ingest: Ingest = new Ingest(
    clock,
    codec,
    () => book,
    () => ADMIN,
    {
      hello: (heard) => void arrival.arrive(heard),
      pong: () => {},
      resumed: () => arrival.resumed(),
      resync: (position) => arrival.resync(position),
      lost: (because, at) => arrival.lost(because, at),
      reached: (position) => arrival.reached(position),
      unclear: () => reconcile.confirm(['phase', 'committees', 'attendance', 'counts', 'guarantees', 'results']),
      told: (topic) => reconcile.confirm([topic]),
      failed: () => {
        told.failed += 1
        arrival.refused()
      },
    },
  )
  const reconcile: Reconcile = new Reconcile(clock, random, reader, log, {
    settled: () => arrival.settled(),
    answered: () => {},
    untold: () => {},
    stuck: () => void (told.stuck += 1),
    refused: () => arrival.refused(),
  })
  const arrival: Arrival = new Arrival({
    clock,
    log,
    codec,
    reader,
    ingest,
    reconcile,
    send: (text) => {
      const since = JSON.parse(text) as Position
      told.sent.push(since)
      onSend?.(since)
    },
    bookOf: () => {
      told.onBookOf()
      return told.bookless ? null : book
    },
    caughtUp: () => void (told.caughtUp += 1),
    fellBehind: () => void (told.fellBehind += 1),
  })
  const hear = (...frames: readonly Heard[]) => {
    for (const frame of frames) ingest.receive(encode(frame))
  }
  /** As the core when the socket is gone. */
  const cut = () => {
    arrival.leave()
    book.doubt('link-down', clock.now())
  }
  const held = () => {
    const all = new Map<string, string>()
    for (const [kind, table] of Object.entries(book.projection.tables) as [Kind, Map<unknown, { record: unknown }>][])
      for (const [key, { record }] of table) all.set(refName({ kind, key } as never), canonicalJson(record))
    return all
  }
  return { clock, disk, book, ingest, reconcile, arrival, told, log, hear, cut, held, server }
}

const electionOf = (server: ModelServer) => {
  const found = server.read('phase')[0]?.changes ?? []
  return found
}
/** A server that counts: each topic's total is all it has there. */
const totalsOf = (server: ModelServer) => {
  const totals: Partial<Record<Topic, string>> = {}
  for (const topic of ['guarantees', 'attendance', 'counts', 'results', 'committees', 'phase'] as const)
    totals[topic] = JSON.stringify(server.read(topic).map(({ changes }) => changes))
  return totals
}
