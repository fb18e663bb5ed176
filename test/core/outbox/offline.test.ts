import { expect, onTestFinished, test, vi } from 'vitest'
import type { CommandKey } from '../../../src/shared/model/ids.ts'
import type { Action } from '../../../src/core/outbox/action.ts'
import { startElectionServer } from '../../doubles/election-server/start.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { directory, hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { type realDesk as RealDesk, realDesk, until } from '../real-desk.ts'
import { openDisk } from '../../../src/main/node/disk.ts'
import { systemClock } from '../../../src/main/node/clock.ts'

const MARKS = 500
const CONFLICTING = 20
/** At the pace of its proxy: 8 a second. `OFFLINE_MARKS=500` shows the whole half hour. */
const PLAIN_MARKS = Number(process.env['OFFLINE_MARKS'] ?? 40)
const HALF_AN_HOUR = 30 * 60_000

/** A real clock that can be put forward, wall and elapsed alike, as after a lunch. */
function lunchClock() {
  const clock = systemClock()
  let ahead = 0
  const now = () => clock.now() + ahead
  return {
    lunch: (ms: number) => void (ahead += ms),
    clock: { ...clock, now, elapsed: () => clock.elapsed() + ahead },
  }
}

const mark = (elector: string, committee: string) =>
  ({ does: 'attendance.mark', elector, committee, notes: '' }) as unknown as Action
type Desk = ReturnType<typeof RealDesk>

/** Types the marks while the link is down, and answers their keys. */
function type(desk: Desk, marks: readonly (readonly [elector: string, committee: string])[]): CommandKey[] {
  return marks.map(([elector, committee]) => {
    const saved = desk.core().act(mark(elector, committee))
    if (!saved.ok) throw new Error(saved.error)
    return saved.value
  })
}
const statesOf = (desk: Desk, keys: readonly CommandKey[]) => {
  const states: Record<string, number> = {}
  for (const key of keys) {
    const { state } = desk.book().projection.outbox.find(key)!
    states[state] = (states[state] ?? 0) + 1
  }
  return states
}

test(`[O30] ${MARKS} marks typed in half an hour without a line: all seen back once, in 10 s, ${CONFLICTING} of them cards`, async () => {
  const server = await hub({ dataDir: directory(), seed: smallSeed({}, 2 * MARKS) })
  const { clock, lunch } = lunchClock()
  const opened = openDisk(directory())
  if (!opened.ok) throw new Error(opened.error.detail)
  onTestFinished(() => opened.value.close())
  const desk = realDesk({ clock, disk: opened.value.disk as never })
  await desk.live('admin@example.com', 'password-1')(server.url)
  const other = await signIn(server.url)
  desk.core().link.stop()
  await until(() => desk.core().link.view().state !== 'live')

  // Electors with odd numbers belong to m1: the first twenty are typed at the wrong committee, and marked by another at the right one.
  const electors = Array.from({ length: MARKS }, (_, index) => String(70_001 + 2 * index))
  for (const elector of electors.slice(0, CONFLICTING)) await other.mark(elector)
  const keys = type(
    desk,
    electors.map((elector, index) => [elector, index < CONFLICTING ? 'FC#28' : 'm1'] as const),
  )
  lunch(HALF_AN_HOUR)
  expect(desk.book().projection.outbox.view(0, 'admin@example.com').leaving.unsent).toBe(MARKS)

  const began = performance.now()
  desk.core().link.start()
  await until(() => {
    const { waiting, unseen } = desk.book().projection.outbox
    return desk.core().link.view().state === 'live' && waiting.size + unseen.size === 0
  })
  const seconds = (performance.now() - began) / 1000
  console.info(`hub: ${MARKS} marks after half an hour offline, back to all settled in ${seconds.toFixed(2)} s`)
  expect(statesOf(desk, keys)).toEqual({ confirmed: MARKS - CONFLICTING, conflict: CONFLICTING })
  expect(desk.book().projection.conflicts.view()).toMatchObject({ open: CONFLICTING })
  const cards = desk.book().projection.conflicts.view().cards
  expect(new Set(cards.map(({ about }) => about)).size).toBe(CONFLICTING)
  expect(cards[0]).toMatchObject({ kind: 'double-mark', own: true, theirs: { by: 'Ada Test', committee: 'm1' } })
  // Once each, and nothing else.
  const attended = server.store.read((tables) => tables.attendance.ofCommittee(1)).value
  expect([attended.length, new Set(attended.map((row) => row.elector_koc_id)).size]).toEqual([MARKS, MARKS])
  expect(seconds).toBeLessThan(10)
}, 60_000)

test('[O31] the plain server, one at a time and no faster than its proxy allows: each once, conflicts as cards', async () => {
  const server = await startElectionServer({ commitDelay: 0, electorsEach: PLAIN_MARKS })
  onTestFinished(() => server.stop())
  const desk = realDesk()
  await desk.live(ACCOUNTS.admin, PASSWORD)(server.url)
  desk.core().link.stop()
  await until(() => desk.core().link.view().state !== 'live')
  const placeOf = (id: number) => server.db.get('committees', id)!.code
  const came = new Set(server.db.all('attendance').map(({ elector }) => elector))
  const electors = server.db
    .all('electors')
    .filter(({ id, active }) => active && !came.has(id))
    .slice(0, PLAIN_MARKS)
  const wrong = electors.slice(0, PLAIN_MARKS / 10)
  for (const { id, committee } of wrong) await server.others.mark(id, placeOf(committee))
  const codes = server.db.all('committees').map(({ code }) => code)
  const marks = electors.map(({ id, committee }, index) => {
    const own = placeOf(committee)
    return [id, index < wrong.length ? codes.find((code) => code !== own)! : own] as const
  })
  const keys = type(desk, marks)
  const began = performance.now()
  desk.core().link.start()
  const isDone = () => {
    const { waiting, unseen } = desk.book().projection.outbox
    return waiting.size + unseen.size === 0
  }
  await vi.waitFor(() => expect(isDone()).toBe(true), { timeout: 110_000, interval: 10 })
  const seconds = (performance.now() - began) / 1000
  console.info(`plain server: ${keys.length} marks, back to all settled in ${seconds.toFixed(2)} s`)
  expect(statesOf(desk, keys)).toEqual({ confirmed: keys.length - wrong.length, conflict: wrong.length })
  expect(desk.book().projection.conflicts.open).toBe(wrong.length)
  for (const { id } of electors)
    expect(server.db.all('attendance').filter((row) => row.elector === id && row.status === 'ATTENDED').length).toBe(1)
}, 120_000)
