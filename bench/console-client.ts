import { canonicalJson } from '../src/core/projection/state.ts'
import { startDesk } from '../test/faults/desk.ts'
import type { Contestant, Topics } from './contestant.ts'

const KINDS = { guarantees: 'guarantee', attendance: 'attendance', counts: 'count' } as const

/** The console's own core, behind the same eyes as the other. */
export async function consoleClient(url: string, email: string): Promise<Contestant> {
  const desk = await startDesk(url, email)
  const texts = new WeakMap<object, string>()
  const textOf = (record: object): string => {
    const text = texts.get(record) ?? canonicalJson(record)
    texts.set(record, text)
    return text
  }
  return {
    name: 'Tallydesk',
    get requests() {
      return desk.meters.data.length + desk.meters.auth.length + desk.meters.dials.length
    },
    holds(topic: Topics) {
      const found = new Map<string, string>()
      const table = desk.book()?.projection.of(KINDS[topic]) ?? new Map<never, { record: object }>()
      for (const [key, { record }] of table) found.set(`${topic}/${key}`, textOf(record))
      return found
    },
    says(topic: Topics) {
      const state = desk.book()?.projection.trust.of(topic).state
      return state !== 'confirmed' && state !== 'live'
    },
    stop: desk.stop,
  }
}
