import { expect, test } from 'vitest'
import { fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { shiftReport } from '../../../src/core/incidents/shift-report.ts'
import { ShiftReport } from '../../../src/shared/view/shift.ts'
import { told } from '../journal/on-disk.ts'
import { attendance, committee, election, entry, guarantee, MINUTE } from '../projection/records.ts'
import { person, watchedDesk } from './watched-desk.ts'

/** A morning with an open fault, a resolved one, a lost link and figures. */
async function morning() {
  const desk = watchedDesk()
  desk.write(...told(election(), committee(1, { electors: 2 }), guarantee(1), guarantee(2)))
  desk.write(...told(attendance(1), attendance(2), attendance(3), attendance(4, { status: 'PENDING' })))
  desk.read()
  for (const state of ['live', 'offline', 'live', 'stale', 'live'] as const)
    desk.write({ is: 'link', state, cause: null, proof: null })
  desk.is.link = { ...desk.is.link, clockSkew: 4_000 }
  await desk.pass(1_000)
  const [, clock] = desk.open()
  if (!clock) throw new Error('two faults were to be open')
  desk.acts.resolve(clock.id, 'set')
  return desk
}

test('[N31] a hand-over says what is open, what changed since the last one and what to watch', async () => {
  const desk = await morning()
  const first = shiftReport(desk.book, desk.clock.now())
  expect(ShiftReport.parse(first)).toEqual(first)
  expect(first).toMatchObject({
    since: null,
    open: [{ key: 'over:C1', severity: 'alarm' }],
    openInAll: 1,
    figures: { phase: 'VOTING_DAY', attended: 3, pledged: 2, pledgedAttended: 2 },
    before: null,
    triggered: 2,
    resolved: 1,
    linkLosses: 2,
    watch: [
      { is: 'unowned', count: 1 },
      { is: 'wrong-committee', count: 1 },
    ],
  })
  expect(desk.acts.handOver('All quiet but C1.')).toEqual({ ok: true, value: null })
  await desk.pass(MINUTE)
  desk.acts.snooze(desk.only().id, 30 * MINUTE)
  desk.write(...told(attendance(5)), { is: 'doubted', topics: ['counts'], since: desk.clock.now(), because: 'gap' })
  desk.write(...told(entry(1, { status: 'COMPLETED' })))
  const second = shiftReport(desk.book, desk.clock.now())
  expect(second).toMatchObject({
    since: first.at,
    figures: { attended: 4, entriesCompleted: 1 },
    before: { attended: 3, entriesCompleted: 0 },
    triggered: 0,
    resolved: 0,
    linkLosses: 0,
  })
  expect(second.watch.map(({ is }) => is)).toEqual(['unowned', 'snoozed', 'doubt', 'wrong-committee'])
})

test('[N31] fifty faults are listed, worst first, and the rest counted', async () => {
  const desk = watchedDesk()
  desk.write(...told(election(), ...Array.from({ length: 60 }, (_, id) => committee(id + 1, { electors: 0 }))))
  desk.write(
    ...told(...Array.from({ length: 60 }, (_, id) => attendance(id + 1, { committeeCode: `C${id + 1}` as never }))),
  )
  desk.read()
  desk.is.link = { ...desk.is.link, clockSkew: 4_000 }
  await desk.pass(1_000)
  const report = shiftReport(desk.book, desk.clock.now())
  expect([report.open.length, report.openInAll]).toEqual([50, 61])
  expect(report.open.every(({ severity }) => severity === 'alarm')).toBe(true)
})

test('[N32] it is confirmed once, by another person; a later one takes its place', async () => {
  const desk = await morning()
  const { duty } = desk.book.projection
  desk.acts.handOver('first')
  const id = duty.handOver?.id ?? ''
  expect(desk.acts.accept(id)).toEqual({ ok: false, error: 'own-hand-over' })
  expect(desk.acts.accept('shift@1')).toEqual({ ok: false, error: 'unknown' })
  desk.is.user = null
  expect(desk.acts.accept(id)).toEqual({ ok: false, error: 'not-allowed' })
  expect(desk.acts.handOver('')).toEqual({ ok: false, error: 'not-allowed' })
  desk.is.user = person('omar@example.org')
  expect(desk.acts.accept(id)).toEqual({ ok: true, value: null })
  expect(desk.acts.accept(id)).toEqual({ ok: false, error: 'accepted-already' })
  await desk.pass(1_000)
  desk.acts.handOver('second')
  expect(duty.handOver).toMatchObject({ by: 'omar@example.org', note: 'second', acceptedBy: null })
})

test('[N33] a hand-over and its confirmation are in the journal by name and come back', async () => {
  const desk = await morning()
  desk.acts.handOver('first')
  desk.is.user = person('omar@example.org')
  desk.acts.accept(desk.book.projection.duty.handOver?.id ?? '')
  const written = desk.disk.rows('a').map(({ text }) => JSON.parse(text))
  expect(written.filter(({ is }) => is === 'shift').map(({ turn }) => `${turn.does} ${turn.by}`)).toEqual([
    'handed-over dana@example.org',
    'accepted omar@example.org',
  ])
  const saved = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(desk.book.folded))))
  expect(saved.ok && saved.value.projection.duty.handOver).toEqual(desk.book.projection.duty.handOver)
  expect(desk.book.projection.duty.handOver).toMatchObject({ acceptedBy: 'omar@example.org', note: 'first' })
})
