import { expect, test } from 'vitest'
import { connect } from '../../../src/shared/rpc/connect.ts'
import { serve } from '../../../src/shared/rpc/serve.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'
import { sumsCopy, toy, toyCore } from './toy.ts'

/** Histories tried; one of them again: TALLYDESK_SEED=n. */
const HISTORIES = 300

/** A small generator, so that a history is told by its number. */
function chance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return { below: (bound: number) => Math.floor(next() * bound) }
}

/** Deliveries, renders and deferred work, each run when chance says so; each direction stays in order. */
function runHistory(seed: number) {
  const { below } = chance(seed)
  const queues = { port: [] as (() => void)[], render: [] as (() => void)[], soon: [] as (() => void)[] }
  let inFlight = 0
  let most = 0
  const [coreEnd, windowEnd] = memoryPortPair({
    later: (deliver) => queues.port.push(deliver),
    onMessage: (from, message) => {
      const { t } = message as { t: string }
      if (from === 'first' && (t === 'snapshot' || t === 'patches')) most = Math.max(most, ++inFlight)
      if (from === 'second' && t === 'ack') inFlight -= 1
      // A watch given up takes its batch along.
      if (from === 'second' && t === 'unwatch') inFlight = 0
    },
  })
  const toyed = toyCore()
  const faults: unknown[] = []
  const maxPending = 1 + below(12)
  const stop = serve(toy, coreEnd, toyed, {
    report: (fault) => faults.push(fault),
    soon: (run) => queues.soon.push(run),
    maxPending,
    checkOutputs: true,
  })
  const client = connect(toy, windowEnd, { afterRender: (done) => queues.render.push(done) })
  const copy = sumsCopy()
  const unwatch = client.watch('sums', { prefix: 'k' }, copy)
  const runOne = (queue: (() => void)[]) => queue.shift()?.()
  const names = Object.keys(queues) as (keyof typeof queues)[]

  for (let step = 0; step < 200; step++) {
    const what = below(10)
    if (what < 4) toyed.core.set(`${below(8) ? 'k' : 'other'}${below(20)}`, below(4) ? below(1000) : null)
    else if (what === 4 && below(20) === 0) for (const changed of toyed.core.feeds) changed('*')
    else runOne(queues[names[below(3)] ?? 'port'])
  }
  while (names.some((name) => queues[name].length > 0)) for (const name of names) runOne(queues[name])
  const truth = Object.fromEntries([...toyed.core.sums].filter(([key]) => key.startsWith('k')))
  unwatch()
  while (queues.port.length > 0) runOne(queues.port)
  stop()
  return { copy, truth, faults, most, open: toyed.core.feeds.size }
}

test('[V80] [V81] whatever comes in between, the window ends equal to the core, with one batch in flight', () => {
  const only = process.env['TALLYDESK_SEED']
  const base = only === undefined ? Math.floor(Math.random() * 1_000_000) : Number(only)
  const count = only === undefined ? HISTORIES : 1
  for (let seed = base; seed < base + count; seed++) {
    const { copy, truth, faults, most, open } = runHistory(seed)
    const label = `history TALLYDESK_SEED=${seed}`
    expect(copy.state, label).toEqual(truth)
    expect(most, label).toBeLessThanOrEqual(1)
    expect(faults, label).toEqual([])
    expect(open, label).toBe(0)
  }
})
