import type { Port } from '../../../shared/port.ts'
import { createFakeCore } from './fake-core.ts'
import { parseScenario } from './scenario.ts'

/** For design work: the page's port leads to a made-up core. */
export function fakeOpen(text: string): () => Promise<Port> {
  return createFakeCore(parseScenario(text)).open
}
