import { expect, test } from 'vitest'
import { offLink, type Link, type LinkEvent } from '../../src/core/link/link-model.ts'
import { step } from '../../src/core/link/link-state.ts'
import { planOf } from '../../src/core/link/handshake.ts'
import { type Chance, chanceOf } from './chance.ts'
import { World } from './world.ts'

const DESKS = 1_000
const SERVER = { url: 'https://tally.example', authority: null, origin: null }
/** One way between a desk and the server, ms. */
const WAY = 20

type Fleet = { readonly world: World; readonly chance: Chance; readonly awayUntil: number; readonly tries: number[] }

/** One desk of the fleet: the whole behaviour of the link, with a token always at hand and a server that is there or not. */
function desk({ world, chance, awayUntil, tries }: Fleet, cutAt: number): () => string {
  let link: Link = offLink(planOf('auto', SERVER))
  const later = (ms: number, event: LinkEvent) => void world.after(ms, () => take(event))
  function take(event: LinkEvent): void {
    const now = { wall: world.now, elapsed: world.now, chance: chance.next() }
    const [next, ...effects] = step(link, event, now)
    link = next
    for (const effect of effects) {
      if (effect.do === 'get-token') later(0, { is: 'token', call: effect.call })
      if (effect.do === 'set-timer') later(effect.ms, { is: 'timer', call: effect.call })
      if (effect.do === 'dial') dialled(effect.call)
    }
  }
  function dialled(call: number): void {
    const isThere = world.now < cutAt || world.now >= awayUntil
    if (world.now >= awayUntil) tries.push(world.now - awayUntil)
    if (!isThere) return later(WAY, { is: 'fault', call, fault: { is: 'refused', detail: '' } })
    later(WAY, { is: 'opened', call })
    world.after(2 * WAY, () => {
      take({ is: 'hello', ticket: false, serverTime: null })
      take({ is: 'caught-up' })
    })
  }
  take({ is: 'start' })
  world.at(cutAt, () => take({ is: 'closed', call: link.call, code: 1012, reason: '' }))
  return () => link.at
}

test('[I6] 1 000 desks whose server went for up to ten minutes come back without a second in which they crowd', () => {
  const peaks = [15, 45, 120, 600].map((seconds, run) => {
    const world = new World(false)
    const [cutAt, tries] = [60_000, [] as number[]]
    const awayUntil = cutAt + seconds * 1_000
    const fleet = { world, chance: chanceOf(run, 'fleet'), awayUntil, tries }
    const desks = Array.from({ length: DESKS }, () => desk(fleet, cutAt))
    world.run(awayUntil + 60_000, () => false)
    expect(desks.filter((at) => at() !== 'live').length).toBe(0)
    const buckets = new Map<number, number>()
    for (const at of tries) buckets.set(Math.floor(at / 1_000), (buckets.get(Math.floor(at / 1_000)) ?? 0) + 1)
    const span = Math.max(...buckets.keys()) + 1
    return { seconds, span, ratio: Math.max(...buckets.values()) / (tries.length / span) }
  })
  console.info(
    peaks.map(({ seconds, span, ratio }) => `${seconds} s: ${span} s, ${ratio.toFixed(2)}× the mean`).join('; '),
  )
  for (const { ratio } of peaks) expect(ratio).toBeLessThan(2)
})
