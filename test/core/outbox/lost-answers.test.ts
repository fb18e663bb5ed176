import { expect, test } from 'vitest'
import { electionDelivery } from '../../../src/core/backend/election/delivery.ts'
import type { RestCall } from '../../../src/core/backend/backend.ts'
import { DeskFold } from '../../../src/core/projection/desk.ts'
import { FRESH, type OutboxEntry } from '../../../src/core/projection/outbox-entry.ts'
import { emptyTables } from '../../../src/core/projection/table.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'

/** A plain server that answers every read with this, and what it was asked after an answer was lost. */
async function afterLoss(action: object, data: unknown, more: Partial<OutboxEntry> = {}) {
  const clock = new ManualClock()
  const asked: string[] = []
  const rest = async ({ method, path }: RestCall) => {
    asked.push(`${method} ${path.split('?')[0]}`)
    return ok({ data, meta: { pagination: { count: 1, next: null } }, position: null })
  }
  const user = () => ({ id: 1, email: 'a@b', name: 'Ada', role: 'ADMIN', committees: [] }) as never
  const delivery = electionDelivery({ rest, clock, user, isSafe: () => false })
  const typed = { key: 'key-00000001', action, by: 'a@b', queuedAt: clock.now(), seen: null, why: null }
  const sent = { deadline: null, undoes: null, state: 'sent', unsure: 1, ...more }
  const entry = { ...FRESH, ...typed, ...sent } as unknown as OutboxEntry
  return { verdict: await delivery.deliver(entry, new DeskFold(emptyTables())), asked }
}

test('[O57] after a lost answer a note is looked for before it would be added twice', async () => {
  const at = new Date(new ManualClock().now() + 1_000).toISOString()
  const notes = [{ content: 'called', created_at: at, createdAt: at, userName: 'Ada' }]
  const found = await afterLoss({ does: 'guarantee.note', id: 7, text: 'called', important: false }, notes)
  expect(found.verdict).toEqual({ is: 'accepted', seen: true })
  expect(found.asked).toEqual(['GET /api/guarantees/7/notes/'])
})

const resultsMade = (at: number) => ({
  ...{ status: 'PRELIMINARY', totalRegisteredElectors: 9, totalAttendance: 5, totalBallotsCast: 5 },
  ...{ totalValidBallots: 5, totalInvalidBallots: 0, publishedAt: null, resultsData: {} },
  generatedAt: new Date(at).toISOString(),
})

test('[O92] what a lost answer left undecided is judged by the server’s clock, however wrong this desk’s is', async () => {
  const now = new ManualClock().now()
  const HOUR = 3_600_000
  const notes = (at: number) => [{ content: 'called', createdAt: new Date(at).toISOString(), userName: 'Ada' }]
  const note = { does: 'guarantee.note', id: 7, text: 'called', important: false }
  const ahead = { queuedAt: now + 12 * HOUR, serverAt: now }
  const done = await afterLoss(note, notes(now + 1_000), ahead)
  expect(done.asked).toEqual(['GET /api/guarantees/7/notes/'])
  expect(done.verdict).toEqual({ is: 'accepted', seen: true })
  const behind = { queuedAt: now - 12 * HOUR, serverAt: now }
  const older = await afterLoss(note, notes(now - HOUR), behind)
  expect(older.asked).toContain('POST /api/guarantees/7/add-note/')
  const results = await afterLoss({ does: 'results.generate' }, resultsMade(now + 1_000), ahead)
  expect(results.verdict).toMatchObject({ is: 'accepted', already: { by: null, at: now + 1_000 } })
  const untold = await afterLoss(note, notes(now - HOUR), { queuedAt: now })
  expect(untold.asked).toContain('POST /api/guarantees/7/add-note/')
})

test('[O57] an elector who has come by then is marked already, not by us', async () => {
  const data = { hasAttended: true, attendedAt: '2030-01-15T09:00:00+03:00', committeeCode: 'm1' }
  const mark = { does: 'attendance.mark', elector: '70001', committee: 'm1', notes: '' }
  const { verdict, asked } = await afterLoss(mark, data)
  const already = { by: null, at: Date.parse(data.attendedAt) }
  expect(verdict).toEqual({ is: 'accepted', seen: true, already })
  expect(asked.some((call) => call.startsWith('POST'))).toBe(false)
})

test('[O58] what the server failed over is looked for before it is called refused, where an answer was lost before', async () => {
  const clock = new ManualClock()
  const attendedAt = new Date(clock.now()).toISOString()
  const rest = async ({ method }: RestCall) =>
    method === 'POST'
      ? err({ is: 'answer', status: 500, message: 'Error', errors: null, retryAfterMs: null } as const)
      : ok({ data: { hasAttended: true, attendedAt, committeeCode: 'm1' }, meta: {}, position: null })
  const user = () => ({ id: 1, email: 'a@b', name: 'Ada', role: 'ADMIN', committees: [] }) as never
  const delivery = electionDelivery({ rest, clock, user, isSafe: () => true })
  const action = { does: 'attendance.mark', elector: '70001', committee: 'm1', notes: '' }
  const typed = { key: 'key-00000001', action, by: 'a@b', queuedAt: clock.now(), seen: null, why: null }
  const tried = { deadline: null, undoes: null, state: 'sent', attempts: 5, unsure: 5 }
  const entry = { ...FRESH, ...typed, ...tried } as unknown as OutboxEntry
  expect(await delivery.deliver(entry, new DeskFold(emptyTables()))).toMatchObject({ is: 'accepted', seen: true })
})
