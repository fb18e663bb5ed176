import type { EvidenceView } from '../../../shared/view/evidence.ts'
import type { Scenario } from './scenario.ts'
import { seeded } from './seeded.ts'

const HEAD = '5f1d3c0e9a7b48263150f7e1c2d9ab840c6e5f3b2a1908d7c6b5a49382716054'
/** Squares of the made-up sign: as many as the real one has. */
const SIDE = 45

/** The pack of the made-up world. The squares are noise: no telephone reads them. */
/** A fortnight before the day, UTC ms. */
const KEPT_FROM = Date.UTC(2026, 10, 6, 5, 12)

export function fakeEvidence({ pack, mode }: Scenario): EvidenceView {
  if (pack === 'none') return { is: 'none' }
  if (pack === 'making') return { is: 'making', step: 'reading', done: 84_000, total: 214_136 }
  if (pack === 'failed') return { is: 'failed', why: 'not-written' }
  const random = seeded(7)
  const squares = Array.from({ length: SIDE }, () =>
    Array.from({ length: SIDE }, () => (random() < 0.5 ? '1' : '0')).join(''),
  )
  return {
    is: 'made',
    name: 'evidence-tally-example-1-official-214136.zip',
    file: '/home/desk/.local/share/tallydesk/evidence/evidence-tally-example-1-official-214136.zip',
    bytes: 20_761_198,
    sealed: false,
    cursor: 214_136,
    begins: pack === 'made-of-kept' ? { cursor: 98_304, at: KEPT_FROM } : null,
    head: HEAD,
    sign: `tallydesk 1 tally-example 1 ${mode} 214136 ${HEAD}`,
    squares,
  }
}
