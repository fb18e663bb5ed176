import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import type { AddressInfo } from 'node:net'
import { socketPort } from '../../../src/main/kiosk/socket-port.ts'
import { contract } from '../../../src/shared/contract.ts'
import { err, ok } from '../../../src/shared/result.ts'
import type { Port } from '../../../src/shared/port.ts'
import { connect, type ConnectOptions } from '../../../src/shared/rpc/connect.ts'
import { type Fault, serve, type ServeOptions } from '../../../src/shared/rpc/serve.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'
import { sumsCopy, toy, toyCore } from './toy.ts'

const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})

async function socketPair(): Promise<[Port, Port]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  cleanup.push(() => new Promise((resolve) => server.close(resolve)))
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  await new Promise((resolve) => server.once('listening', resolve))
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  cleanup.push(() => socket.terminate())
  const windowEnd = new Promise<Port>((resolve) => socket.once('open', () => resolve(socketPort(socket))))
  return [socketPort(await accepted), await windowEnd]
}

const ways: readonly (readonly [string, () => Promise<[Port, Port]>])[] = [
  ['in memory', async () => memoryPortPair()],
  ['over a loopback socket', socketPair],
]

describe.each(ways)('core and window %s', (_name, makePair) => {
  type SetUp = Partial<ServeOptions> & { connect?: ConnectOptions }
  async function setUp({ connect: connectOptions, ...options }: SetUp = {}) {
    const [coreEnd, windowEnd] = await makePair()
    const toyed = toyCore()
    const faults: Fault[] = []
    const stop = serve(toy, coreEnd, toyed, {
      report: (fault) => faults.push(fault),
      soon: setImmediate,
      checkOutputs: true,
      ...options,
    })
    const client = connect(toy, windowEnd, connectOptions)
    return { core: toyed.core, client, faults, coreEnd, windowEnd, stop }
  }
  const words = (faults: Fault[]) => faults.map((fault) => fault.where)

  test('[V84] a call returns its value, or the code of a failure it lists', async () => {
    const { core, client } = await setUp()
    expect(await client.call('add', { key: 'a', by: 2 })).toEqual(ok({ total: 2 }))
    core.addAnswer = err('too-much')
    expect(await client.call('add', { key: 'a', by: 2 })).toEqual(err('too-much'))
  })

  test('[V84] input that breaks the schema and names outside the contract never reach the core', async () => {
    const { core, client, faults } = await setUp()
    expect(await client.call('add', { key: '', by: 1 })).toEqual(err('rejected-input'))
    expect(await client.call('add', { key: 'a', by: 1.5 })).toEqual(err('rejected-input'))
    for (const name of ['toString', '__proto__', 'constructor', 'x'.repeat(64)]) {
      expect(await client.call(name as never, null as never)).toEqual(err('rejected-input'))
    }
    expect(core.sums.size).toBe(0)
    const copy = sumsCopy()
    client.watch('__proto__' as never, null as never, copy)
    await vi.waitFor(() => expect(copy.refused).toBe('rejected-input'))
    const other = sumsCopy()
    client.watch('sums', { prefix: 5 as never }, other)
    await vi.waitFor(() => expect(other.refused).toBe('rejected-input'))
    expect(core.feeds.size).toBe(0)
    expect(words(faults)).toHaveLength(8)
  })

  test('[V85] a throw is reported in full to us and without a word to the window', async () => {
    const { client, faults } = await setUp()
    const answer = await client.call('fail', null)
    expect(answer).toEqual(err('internal'))
    expect(String(faults[0]?.cause)).toContain('secret path')
  })

  test('[V90] a field or an error the contract does not name stays with the core', async () => {
    const { core, client, faults } = await setUp({ checkOutputs: false })
    core.addAnswer = ok({ total: 1, token: 'eyJ' } as { total: number })
    expect(await client.call('add', { key: 'a', by: 1 })).toEqual(ok({ total: 1 }))
    core.addAnswer = ok({ total: 'much' as never })
    expect(await client.call('add', { key: 'a', by: 1 })).toEqual(err('internal'))
    core.addAnswer = err('token expired: eyJ')
    expect(await client.call('add', { key: 'a', by: 1 })).toEqual(err('internal'))
    expect(words(faults)).toEqual(['call add', 'call add'])
  })

  test('[V80] a watch gets a snapshot, then what changed, in order', async () => {
    const { core, client } = await setUp()
    core.set('a1', 1)
    core.set('b1', 9)
    const copy = sumsCopy()
    client.watch('sums', { prefix: 'a' }, copy)
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 1']))
    core.set('a2', 2)
    core.set('b2', 8)
    core.set('a3', 3)
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 1', 'patches a2=2 a3=3']))
    core.set('a1', null)
    await vi.waitFor(() => expect(copy.state).toEqual({ a2: 2, a3: 3 }))
  })

  test('[V82] a slow window gets the latest value of each changed key, once', async () => {
    const renders: (() => void)[] = []
    const { core, client } = await setUp({ connect: { afterRender: (done) => renders.push(done) } })
    const copy = sumsCopy()
    client.watch('sums', { prefix: '' }, copy)
    await vi.waitFor(() => expect(renders).toHaveLength(1))
    for (let n = 1; n <= 1000; n++) core.set(n % 2 ? 'odd' : 'even', n)
    renders.shift()?.()
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 0', 'patches odd=999 even=1000']))
  })

  test('[V83] past the bound, and when everything changed, a slow window gets a fresh snapshot instead', async () => {
    const renders: (() => void)[] = []
    const { core, client } = await setUp({ maxPending: 10, connect: { afterRender: (done) => renders.push(done) } })
    const copy = sumsCopy()
    client.watch('sums', { prefix: '' }, copy)
    await vi.waitFor(() => expect(renders).toHaveLength(1))
    for (let n = 0; n < 5000; n++) core.set(`k${n}`, n)
    renders.shift()?.()
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 0', 'snapshot 5000']))
    renders.shift()?.()
    for (const changed of core.feeds) changed('*')
    await vi.waitFor(() => expect(copy.seen.slice(2)).toEqual(['snapshot 5000']))
  })

  test('[V81] one batch is in flight, and only its own acknowledgement frees the next', async () => {
    const [coreEnd, windowEnd] = await makePair()
    const toyed = toyCore()
    const frames: { t: string; seq?: number }[] = []
    windowEnd.onMessage((message) => frames.push(message as never))
    serve(toy, coreEnd, toyed, { report() {}, soon: setImmediate })
    const kinds = () => frames.filter((frame) => frame.t !== 'reply').map((frame) => `${frame.t} ${frame.seq ?? ''}`)
    let asked = 0
    /** Everything sent before has been dealt with once a question asked after it is answered. */
    const settled = async () => {
      windowEnd.send({ t: 'call', id: 1000 + ++asked, name: 'fail', input: null })
      await vi.waitFor(() => expect(frames.filter((frame) => frame.t === 'reply')).toHaveLength(asked))
    }
    windowEnd.send({ t: 'watch', id: 7, name: 'sums', input: { prefix: '' } })
    await settled()
    toyed.core.set('a', 1)
    await settled()
    toyed.core.set('b', 2)
    await settled()
    expect(kinds()).toEqual(['hello ', 'snapshot 1'])
    windowEnd.send({ t: 'ack', id: 7, seq: 99 })
    windowEnd.send({ t: 'ack', id: 8, seq: 1 })
    await settled()
    expect(kinds()).toEqual(['hello ', 'snapshot 1'])
    windowEnd.send({ t: 'ack', id: 7, seq: 1 })
    await vi.waitFor(() => expect(kinds()).toEqual(['hello ', 'snapshot 1', 'patches 2']))
    expect(frames.at(-1)).toMatchObject({ patches: [{ key: 'a' }, { key: 'b' }] })
  })

  test.each(['on-open', 'on-snapshot', 'on-patch', 'wrong-shape'] as const)(
    '[V86] a stream that breaks %s is refused without a word, and the others go on',
    async (breaks) => {
      const { core, client, faults } = await setUp()
      core.breaks = breaks
      const good = sumsCopy()
      client.watch('sums', { prefix: '' }, good)
      let refused = ''
      client.watch('broken', null, { onSnapshot() {}, onPatches() {}, onRefused: (error) => void (refused = error) })
      await vi.waitFor(() => expect(good.seen).toEqual(['snapshot 0']))
      await vi.waitFor(() => expect(core.feeds.size === 1 || breaks === 'on-patch').toBe(true))
      if (breaks === 'on-patch') core.set('x', 1)
      await vi.waitFor(() => expect(refused).toBe('internal'))
      expect(words(faults)).toEqual(['watch broken'])
      core.set('a', 5)
      await vi.waitFor(() => expect(good.state).toMatchObject({ a: 5 }))
      expect(core.feeds.size).toBe(1)
    },
  )

  test.each(['window', 'core'] as const)(
    '[V87] when the %s closes the port, waiting calls settle and every feed is stopped',
    async (who) => {
      const closed = vi.fn()
      const { core, client, windowEnd, coreEnd } = await setUp({ connect: { onClose: closed } })
      client.watch('sums', { prefix: '' }, sumsCopy())
      client.watch('sums', { prefix: 'a' }, sumsCopy())
      await vi.waitFor(() => expect(core.feeds.size).toBe(2))
      const hanging = client.call('wait', null)
      await vi.waitFor(() => expect(core.calls).toBe(1))
      if (who === 'window') windowEnd.close()
      else coreEnd.close()
      expect(await hanging).toEqual(err('disconnected'))
      await vi.waitFor(() => expect(core.feeds.size).toBe(0))
      expect(await client.call('add', { key: 'a', by: 1 })).toEqual(err('disconnected'))
      expect(core.sums.size).toBe(0)
      core.finishWaiting()
      expect(closed).toHaveBeenCalledTimes(1)
    },
  )

  test('[V87] stopping the serving side stops every feed and answers nothing more', async () => {
    const { core, client, stop, coreEnd } = await setUp()
    client.watch('sums', { prefix: '' }, sumsCopy())
    await vi.waitFor(() => expect(core.feeds.size).toBe(1))
    stop()
    stop()
    expect(core.feeds.size).toBe(0)
    const unanswered = client.call('add', { key: 'a', by: 1 })
    coreEnd.close()
    expect(await unanswered).toEqual(err('disconnected'))
    expect(core.sums.size).toBe(0)
  })

  test('[V88] another contract version is told once, closes the port and settles what waits', async () => {
    const [coreEnd, windowEnd] = await makePair()
    const toyed = toyCore()
    serve({ ...toy, version: 8 }, coreEnd, toyed, { report() {}, soon: setImmediate })
    const theirs: number[] = []
    const client = connect(toy, windowEnd, { onVersionMismatch: (version) => theirs.push(version) })
    const copy = sumsCopy()
    client.watch('sums', { prefix: '' }, copy)
    expect(await client.call('wait', null)).toEqual(err('disconnected'))
    await vi.waitFor(() => expect(toyed.core.feeds.size).toBe(0))
    expect(theirs).toEqual([8])
    expect(copy.seen).toEqual([])
  })

  test('[V89] junk on the port is reported and ignored, on both sides', async () => {
    const odd: unknown[] = []
    const { client, faults, windowEnd, coreEnd } = await setUp({ connect: { onFault: (cause) => odd.push(cause) } })
    const junk = [
      { t: 'call' },
      'hello?',
      null,
      5,
      [],
      { t: 'watch', id: -1, name: 'sums' },
      { t: 'call', id: 1, name: 'x'.repeat(65) },
    ]
    for (const message of junk) windowEnd.send(message)
    for (const message of [null, { t: 'patches', id: 0 }, { t: 'reply', id: 0, result: { ok: 'yes' } }])
      coreEnd.send(message)
    expect(await client.call('add', { key: 'a', by: 1 })).toEqual(ok({ total: 1 }))
    expect(words(faults)).toEqual(junk.map(() => 'envelope'))
    await vi.waitFor(() => expect(odd).toHaveLength(3))
  })

  test('[V91] a window that asks without end is refused past the bound, and served again below it', async () => {
    const { core, client, faults } = await setUp()
    const copies = Array.from({ length: 129 }, () => sumsCopy())
    const stops = copies.map((copy) => client.watch('sums', { prefix: '' }, copy))
    await vi.waitFor(() => expect(copies.at(-1)?.refused).toBe('too-many'))
    expect(core.feeds.size).toBe(128)
    stops[0]?.()
    const after = sumsCopy()
    client.watch('sums', { prefix: '' }, after)
    await vi.waitFor(() => expect(after.seen).toEqual(['snapshot 0']))
    const calls = Array.from({ length: 129 }, () => client.call('wait', null))
    expect(await calls.at(-1)).toEqual(err('rejected-input'))
    core.finishWaiting()
    expect(await calls[0]).toEqual(ok(null))
    expect(words(faults)).toEqual(['watch sums', 'call wait'])
  })

  test('[V92] a view that throws on patches is given a fresh snapshot, and the stream goes on', async () => {
    const odd: unknown[] = []
    const { core, client } = await setUp({ connect: { onFault: (cause) => odd.push(cause) } })
    const copy = sumsCopy()
    let throwing = true
    const sink = {
      ...copy,
      onPatches(patches: Parameters<typeof copy.onPatches>[0]) {
        if (throwing) throw new Error('half applied')
        copy.onPatches(patches)
      },
    }
    client.watch('sums', { prefix: '' }, sink)
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 0']))
    core.set('a', 1)
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 0', 'snapshot 1']))
    throwing = false
    core.set('b', 2)
    await vi.waitFor(() => expect(copy.state).toEqual({ a: 1, b: 2 }))
    expect(odd).toHaveLength(1)
    expect(core.feeds.size).toBe(1)
  })

  test('[V93] after unwatching nothing more is heard and the feed is stopped', async () => {
    const { core, client } = await setUp()
    const copy = sumsCopy()
    const unwatch = client.watch('sums', { prefix: '' }, copy)
    await vi.waitFor(() => expect(copy.seen).toEqual(['snapshot 0']))
    core.set('a', 1)
    unwatch()
    unwatch()
    await vi.waitFor(() => expect(core.feeds.size).toBe(0))
    core.set('b', 1)
    await client.call('add', { key: 'c', by: 1 })
    expect(copy.seen).toEqual(['snapshot 0'])
  })
})

test('[V84] every command and stream of the real contract refuses what is not its input', async () => {
  const [coreEnd, windowEnd] = memoryPortPair()
  const reached: string[] = []
  const trap = (kind: string) =>
    new Proxy(
      {},
      { get: (_target, name) => (reached.push(`${kind} ${String(name)}`), () => Promise.reject(new Error('reached'))) },
    )
  serve(
    contract,
    coreEnd,
    { handlers: trap('command') as never, sources: trap('stream') as never },
    { report() {}, soon: setImmediate },
  )
  const client = connect(contract, windowEnd)
  const bad = 5
  for (const name of Object.keys(contract.commands)) {
    expect(await client.call(name as never, bad as never), name).toEqual(err('rejected-input'))
  }
  for (const name of Object.keys(contract.streams)) {
    const refused = await new Promise((resolve) =>
      client.watch(name as never, bad as never, { onSnapshot() {}, onPatches() {}, onRefused: resolve }),
    )
    expect(refused, name).toBe('rejected-input')
  }
  expect(reached).toEqual([])
})
