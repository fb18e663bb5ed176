import type { Port } from '../../../shared/port.ts'
import { createFakeCore } from './fake-core.ts'
import { parseScenario } from './scenario.ts'
import { offerSteering } from './steer.ts'

/** For design work and pictures: the page's port leads to a made-up core, and the page can be steered. */
export function fakeOpen(text: string): () => Promise<Port> {
  const core = createFakeCore(parseScenario(text))
  offerSteering(core)
  return core.open
}
