import { expect, test } from 'vitest'
import type { Heard } from '../../../src/core/backend/backend.ts'
import { type Change, topicOf } from '../../../src/shared/model/change.ts'
import type { AttendanceId, GuaranteeId } from '../../../src/shared/model/ids.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { freshSeed, seededRandom } from '../../doubles/seeded-random.ts'
import { anyChange, dice } from '../journal/random-history.ts'
import { code, election } from '../projection/records.ts'
import { arrivingDesk } from './arriving-desk.ts'
import { kindOf, ModelServer } from './model-server.ts'

const HISTORIES = 2_000
const STEPS = 60

/** One desk, one server and a wire that loses, doubles, swaps and breaks. */
async function history(seed: number, numbered: boolean) {
  const random = seededRandom(seed)
  const d = dice(random)
  const server = new ModelServer(numbered, d.oneOf([0, 5, 30, 1_000]))
  server.write(election())
  /** On their way to the desk; null: the socket is gone. */
  let wire: Heard[] | null = null
  const desk = arrivingDesk({
    server,
    random,
    digest: () => '',
    onSend: (since) => wire?.push(...server.resume(since)),
    readDelay: () => new Promise((resolve) => void desk.clock.after(d.upTo(400), resolve)),
    readFails: () => !state.calm && d.chance(0.05),
  })
  const trouble = d.oneOf([0, 0.03, 0.15])
  const state = { calm: false }
  const post = (frame: Heard) => {
    if (!wire || d.chance(trouble)) return
    wire.push(frame)
    if (d.chance(trouble)) wire.push(frame)
    const [last, other] = [wire.length - 1, d.upTo(wire.length)]
    if (d.chance(trouble)) [wire[last], wire[other]] = [wire[other]!, wire[last]!]
  }
  const deliver = (most: number) => {
    if (wire) desk.hear(...wire.splice(0, most))
  }
  const connect = () => {
    wire = []
    desk.hear(server.hello())
  }
  const disconnect = () => {
    if (!wire) return
    wire = null
    desk.cut()
  }
  const act = () => {
    switch (d.upTo(10)) {
      case 0:
        return wire ? disconnect() : connect()
      case 1:
        if (!d.chance(0.2)) return
        disconnect()
        return server.restart()
      case 2:
        return post(server.writeHidden())
      case 3:
      case 4:
        return deliver(d.upTo(6))
      case 5:
        return wire ? undefined : connect()
      default:
        return post(server.write(whole(anyChange(d))))
    }
  }
  return { d, desk, server, act, connect, disconnect, deliver, state, isUp: () => wire !== null }
}
/** As a server tells it: of few records, so that each is often told of, with every field, and never without an election. */
function whole(change: Change): Change {
  if (change.kind === 'election' && change.op === 'remove') return election()
  if (change.kind === 'attendance') {
    const id = (change.key % 6) as AttendanceId
    return change.op === 'remove' ? { ...change, key: id } : { ...change, key: id, record: { ...change.record, id } }
  }
  if (change.kind !== 'guarantee') return change
  const id = (change.key % 6) as GuaranteeId
  if (change.op === 'remove') return { ...change, key: id }
  return { ...change, key: id, record: { collector: 3 as never, committeeCode: code('C1'), ...change.record, id } }
}

type History = Awaited<ReturnType<typeof history>>

/** Every record of a topic that is in no doubt is as the server had it at the number shown, or later; never older. */
function wrongRecords({ desk, server }: History): string[] {
  const held = desk.held()
  const { projection } = desk.book
  const shown = projection.position
  const wrong: string[] = []
  for (const name of new Set([...server.names(), ...held.keys()])) {
    const trust = projection.trust.of(topicOf(kindOf(name)))
    if (trust.state === 'doubtful') continue
    if (!shown || shown.epoch !== server.epoch) wrong.push(`${name}: not in doubt in another epoch`)
    else if (!server.couldBe(name, held.get(name) ?? null, shown.seq)) wrong.push(`${name} at ${shown.seq}`)
  }
  return wrong
}

async function run(seed: number, numbered: boolean, check: (history: History, step: number) => void): Promise<void> {
  const told = await history(seed, numbered)
  for (let step = 0; step < STEPS; step++) {
    told.act()
    if (told.d.chance(0.4)) await told.desk.clock.advance(told.d.upTo(900))
    else await told.desk.clock.settle()
    check(told, step)
  }
  told.state.calm = true
  // Trouble is over: the wire holds, and everything still to be read is read.
  if (!told.isUp()) told.connect()
  for (let turn = 0; turn < 12; turn++) {
    told.deliver(Number.POSITIVE_INFINITY)
    await told.desk.clock.advance(5_000)
  }
  if (!numbered) await told.desk.clock.advance(180_000)
  const { desk, server } = told
  // The last frames of a numbered stream may have been lost with nothing after them: one more shows it.
  if (numbered) desk.hear(server.writeHidden())
  for (let turn = 0; turn < 6; turn++) {
    told.deliver(Number.POSITIVE_INFINITY)
    await desk.clock.advance(10_000)
  }
  const seen = `seed ${seed}`
  expect(canonicalJson(Object.fromEntries(desk.held())), seen).toBe(canonicalJson(Object.fromEntries(server.now())))
  for (const [topic, trust] of Object.entries(desk.book.projection.trust.view()))
    expect(trust.state, `${seen} ${topic}`).not.toBe('doubtful')
  expect(desk.arrival.stage, seen).toBe('here')
  desk.arrival.leave()
  await desk.clock.advance(1_000)
  expect(desk.clock.pending, seen).toBe(0)
}

test(`[Q40] ${HISTORIES} numbered streams with loss, repeats, swaps, cuts and restarts: no figure without doubt is older than its number`, async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + HISTORIES; seed++)
    await run(seed, true, (told, step) => expect(wrongRecords(told), `seed ${seed}, step ${step}`).toEqual([]))
}, 60_000)

test('[Q41] 300 streams without numbers end equal to the server once they are quiet', async () => {
  const first = freshSeed()
  console.info(`TEST_SEED=${first}`)
  for (let seed = first; seed < first + 300; seed++) await run(seed, false, () => {})
}, 60_000)
