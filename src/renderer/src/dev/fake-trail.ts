import type { AppContract } from '../../../shared/contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import type { TrailEntry } from '../../../shared/view/trail.ts'
import type { World } from './world.ts'

/** The rows a made-up journal holds about an attendance: read first, then pushed with another status. */
export function fakeTrail(world: World, calls: { readonly name: string; readonly input: unknown }[]) {
  return {
    'trail.read': async (input) => {
      calls.push({ name: 'trail.read', input })
      const row = world.attendance.find(({ id }) => String(id) === input.of.key)
      if (input.of.kind !== 'attendance' || !row) return err('unknown')
      const { provenance, ...record } = row
      const told = (cursor: number, status: string, source: TrailEntry['source']): TrailEntry => ({
        ...{ cursor, at: provenance.at - (700 - cursor) * 1_000, source, what: 'told', provisional: false },
        ...{ does: null, by: null, reason: null, cut: false },
        position: source === 'live' ? { epoch: 'e1', seq: cursor * 3 } : null,
        fields: [
          { name: 'status', was: source === 'live' ? 'PENDING' : null, is: status, hidden: false },
          { name: 'attendedAt', was: null, is: String(record.attendedAt), hidden: false },
        ],
        raw: JSON.stringify({ is: 'change', change: { kind: 'attendance', op: 'upsert', record } }, null, 2),
      })
      return ok({
        ...{ name: row.electorName, gone: false, replayed: false, leftOut: 0, next: null },
        entries: [told(612, 'ATTENDED', 'live'), told(208, 'PENDING', 'snapshot')],
      })
    },
  } satisfies Partial<Handlers<AppContract>>
}
