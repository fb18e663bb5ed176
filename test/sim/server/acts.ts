import { camelized, snaked } from '../../../src/hub/http/keys.ts'
import { attendanceWish } from './act-attendance.ts'
import { guaranteeWish } from './act-guarantees.ts'
import { typingWish } from './act-typing.ts'
import { votingWish } from './act-voting.ts'
import { type Answer, answer, type Asked, failure } from './rest.ts'
import type { Account, Row } from './rows.ts'
import type { SimServer } from './server.ts'
import type { Write } from './writers.ts'

/** One call that changes something. */
export type Act = {
  readonly server: SimServer
  readonly asked: Asked
  readonly account: Account
  readonly body: Readonly<Record<string, unknown>>
}
/** What a call comes to once it is let: `on` the record, `also` what is no row. */
export type Wish = {
  readonly does: string
  readonly on: string
  readonly writes: readonly Write[]
  readonly locks?: readonly string[]
  readonly says?: Row
  readonly also?: () => void
  /** Two people are behind it: what stood there is not gone over by one alone. */
  readonly ofTwo?: true
}
type Reply = (answer: Answer) => void
/** A call while another writer's commit of the same record is awaited is looked at again this soon, ms. */
const ROW_LOCK = 30

/** Carries out what a desk asked for. A record another writer has not committed yet is waited for, as a database would. */
export function act(server: SimServer, asked: Asked, account: Account, reply: Reply): void {
  const snake = snaked(asked.body)
  const body = (snake?.value ?? {}) as Act['body'] // a JSON object, or the checks below turn it away
  const wish = wishOf({ server, asked, account, body })
  if ('status' in wish) return reply(wish)
  const { does, on, writes, locks = writes.map(({ name }) => name), says, also, ofTwo } = wish
  if (locks.some((name) => server.pending.has(name))) {
    server.world.after(ROW_LOCK, () => act(server, asked, account, reply))
    return
  }
  const over = (ofTwo ? [] : writes)
    .flatMap((write) => server.writers.overwritten(write, server.row(write.name), account.id))
    // As it is now: what is looked at afterwards excuses nothing.
    .map((one) => ({ ...one, lookedAt: server.readAt.get(`${account.id} ${one.name}`) ?? Number.NEGATIVE_INFINITY }))
  const done = () => {
    also?.()
    const { key, isPolling } = asked
    server.effects.push({ by: account.id, key, does, on, over, isPolling, at: server.world.now })
    server.world.say(() => `server has done ${does} on ${on}: ${asked.key}`)
    reply(answer(200, { status: 'success', data: camelized(says ?? writes[0]?.row ?? null), meta: {} }))
  }
  server.write(writes, done, 'commit', locks, account.id)
}

function wishOf(call: Act): Wish | Answer {
  const { path } = call.asked
  if (path.startsWith('/api/attendees/')) return attendanceWish(call)
  if (path.startsWith('/api/guarantees/')) return guaranteeWish(call)
  if (path.startsWith('/api/voting/sheets/')) return typingWish(call)
  if (path.startsWith('/api/voting/')) return votingWish(call)
  return failure(404, 'Not found.')
}

/** A hub refuses a change that rests on less than it has of these records; null: it does not. An election server keeps no versions. */
export function stale({ server, asked }: Act, names: readonly string[], isThere: boolean): Answer | null {
  if (!server.numbered) return null
  const seq = server.versionOf(names)
  const [, epoch, known] = /^"([^":]+):(\d+)"$/.exec(asked.ifMatch ?? '') ?? []
  const isKnown = asked.ifMatch === undefined || (epoch === server.epoch && Number(known) >= seq)
  if (isKnown && !(asked.ifNoneMatch === '*' && isThere)) return null
  const errors = { current: null, version: `"${server.epoch}:${seq}"` }
  return answer(412, { status: 'error', data: null, message: 'This record was changed since you read it.', errors })
}
