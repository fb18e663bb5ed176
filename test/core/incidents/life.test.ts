import { expect, test } from 'vitest'
import { Book } from '../../../src/core/book.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { incidentsSource } from '../../../src/core/patch/duty.ts'
import { fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { Folded } from '../../../src/core/projection/folded.ts'
import { IncidentsFold } from '../../../src/core/projection/incidents.ts'
import { EVERYTHING } from '../../../src/shared/rpc/define.ts'
import { isCalling } from '../../../src/shared/view/incident.ts'
import { sha256 } from '../journal/on-disk.ts'
import { MINUTE } from '../projection/records.ts'
import { person, watchedDesk } from './watched-desk.ts'

/** A desk whose clock is off, which is an incident one can turn on and off. */
async function off() {
  const desk = watchedDesk()
  desk.read()
  const skew = (clockSkew: number) => {
    desk.is.link = { ...desk.is.link, clockSkew }
  }
  skew(5_000)
  await desk.pass(1_000)
  return { ...desk, skew, id: desk.only().id }
}
const rows = (desk: { disk: { rows(name: string): readonly { text: string }[] } }) =>
  desk.disk.rows('a').map(({ text }) => JSON.parse(text) as JournalEvent)

test('[N18] what comes and goes is one incident; it is over when it was not seen for thirty seconds', async () => {
  const desk = await off()
  for (let times = 0; times < 5; times++) {
    desk.skew(0)
    await desk.pass(25_000)
    desk.skew(5_000)
    await desk.pass(5_000)
  }
  expect(desk.incidents.all().map(({ state }) => state)).toEqual(['triggered'])
  desk.skew(0)
  await desk.pass(32_000)
  expect(desk.incidents.all()).toMatchObject([
    { state: 'resolved', resolvedBy: null, turns: [{ does: 'ended', by: null }] },
  ])
  desk.skew(5_000)
  await desk.pass(1_000)
  expect(desk.incidents.all().map(({ state }) => state)).toEqual(['resolved', 'triggered'])
  expect(rows(desk).filter(({ is }) => is === 'incident')).toHaveLength(3)
})

test('[N19] it becomes an alarm with its condition and no warning again by itself', async () => {
  const desk = await off()
  expect(desk.only().severity).toBe('warning')
  desk.skew(40_000)
  await desk.pass(1_000)
  expect(desk.only()).toMatchObject({ severity: 'alarm', evidence: { skewMs: 40_000 }, turns: [{ does: 'changed' }] })
  desk.skew(5_000)
  await desk.pass(60_000)
  expect(desk.only().severity).toBe('alarm')
})

test('[N20] who acknowledges it owns it; another may take it over, and both are in its history', async () => {
  const desk = await off()
  expect(desk.acts.acknowledge(desk.id)).toEqual({ ok: true, value: null })
  expect(desk.only()).toMatchObject({ state: 'acknowledged', owner: 'dana@example.org' })
  desk.is.user = person('omar@example.org')
  desk.acts.acknowledge(desk.id)
  desk.acts.note(desk.id, 'Called the technician.')
  expect(desk.only()).toMatchObject({
    owner: 'omar@example.org',
    turns: [
      { does: 'acknowledged', by: 'dana@example.org' },
      { does: 'acknowledged', by: 'omar@example.org' },
      { does: 'noted', by: 'omar@example.org', note: 'Called the technician.' },
    ],
  })
})

test('[N21] resolved by hand while it holds, it is not found again before it was over once', async () => {
  const desk = await off()
  desk.acts.resolve(desk.id, 'Known; the technician comes at noon.')
  expect(desk.incidents.find(desk.id)).toMatchObject({
    state: 'resolved',
    resolvedBy: 'dana@example.org',
    stands: true,
  })
  await desk.pass(5 * MINUTE)
  expect(desk.said()).toEqual([])
  desk.skew(0)
  await desk.pass(32_000)
  expect(desk.incidents.find(desk.id)).toMatchObject({ resolvedBy: 'dana@example.org', stands: false })
  desk.skew(5_000)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['clock warning'])
})

test('[N22] put off, it does not call before its time; escalated, it is an alarm for a role and calls', async () => {
  const desk = await off()
  desk.acts.snooze(desk.id, 15 * MINUTE)
  const until = desk.clock.now() + 15 * MINUTE
  expect(desk.only().snoozedUntil).toBe(until)
  expect([isCalling(desk.only(), until - 1), isCalling(desk.only(), until)]).toEqual([false, true])
  desk.acts.escalate(desk.id, 'SUPERVISOR', 'Nobody here may set the clock.')
  expect(desk.only()).toMatchObject({ severity: 'alarm', escalatedTo: 'SUPERVISOR', snoozedUntil: null })
  expect(isCalling(desk.only(), desk.clock.now())).toBe(true)
})

test('[N23] every turn is on disk by name; rows and checkpoint give the same incidents back', async () => {
  const desk = await off()
  desk.acts.acknowledge(desk.id)
  desk.acts.snooze(desk.id, MINUTE)
  desk.acts.escalate(desk.id, 'ADMIN', 'why')
  desk.acts.note(desk.id, 'note')
  desk.acts.resolve(desk.id, 'done')
  desk.skew(0)
  await desk.pass(32_000)
  const turns = rows(desk).flatMap((event) => (event.is === 'incident' ? [event.turn] : []))
  expect(turns.map((turn) => `${turn.does} ${'by' in turn ? turn.by : ''}`)).toEqual([
    'triggered ',
    'acknowledged dana@example.org',
    'snoozed dana@example.org',
    'escalated dana@example.org',
    'noted dana@example.org',
    'resolved dana@example.org',
    'ended ',
  ])
  const whole = desk.incidents.all()
  const saved = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(desk.book.folded))))
  expect(saved.ok && saved.value.projection.duty.incidents.all()).toEqual(whole)
  desk.book.close()
  const opened = desk.disk.journal('a')
  if (!opened.ok) throw new Error(opened.error.detail)
  const again = new Book(opened.value, sha256, desk.clock, new Folded())
  expect(again.recover().ok).toBe(true)
  expect(again.projection.duty.incidents.all()).toEqual(whole)
})

test('[N24] nobody, nothing and what is over are refused by name', async () => {
  const desk = await off()
  expect(desk.acts.acknowledge('clock@1')).toEqual({ ok: false, error: 'unknown' })
  desk.is.user = null
  for (const done of [
    desk.acts.acknowledge(desk.id),
    desk.acts.snooze(desk.id, MINUTE),
    desk.acts.resolve(desk.id, 'x'),
    desk.acts.escalate(desk.id, 'ADMIN', 'x'),
    desk.acts.note(desk.id, 'x'),
  ])
    expect(done).toEqual({ ok: false, error: 'not-allowed' })
  expect(desk.only().turns).toEqual([])
  desk.is.user = person('dana@example.org')
  desk.acts.resolve(desk.id, 'x')
  expect(desk.acts.acknowledge(desk.id)).toEqual({ ok: false, error: 'resolved-already' })
  // What was found out afterwards still belongs to it.
  expect(desk.acts.note(desk.id, 'It was the battery.').ok).toBe(true)
  desk.disk.failWith('full')
  expect(desk.acts.note(desk.id, 'x')).toEqual({ ok: false, error: 'not-saved' })
})

test('[N25] a window is told all at first and then each that changed', async () => {
  const desk = await off()
  const heard: string[] = []
  const feed = incidentsSource(desk.book, desk.clock)(null, (key) => heard.push(key))
  expect(feed.snapshot().map(({ id }) => id)).toEqual([desk.id])
  desk.acts.acknowledge(desk.id)
  await desk.clock.advance(200)
  expect(heard).toEqual([desk.id])
  expect(feed.patch(desk.id)).toMatchObject({ state: 'acknowledged' })
  expect(heard).not.toContain(EVERYTHING)
  feed.stop()
})

test('[N26] while the disk refuses nothing is shown as found; it is found when there is room', async () => {
  const desk = watchedDesk()
  desk.read()
  desk.disk.failWith('full')
  desk.is.link = { ...desk.is.link, clockSkew: 5_000 }
  await desk.pass(5_000)
  expect(desk.said()).toEqual([])
  expect(desk.is.faults).toEqual(['full'])
  desk.disk.failWith(null)
  await desk.pass(1_000)
  expect(desk.said()).toEqual(['clock warning'])
})

test('[N27] 500 resolved ones stay, and always the latest about each thing', () => {
  const fold = new IncidentsFold()
  const add = (key: string, at: number) => {
    const id = `${key}@${at}`
    const evidence = { is: 'disk', freeBytes: 1 } as const
    const found = { key, severity: 'warning', topic: null, committee: null, evidence, since: at } as const
    fold.apply({ is: 'incident', id, turn: { does: 'triggered', ...found } }, { at })
    fold.apply({ is: 'incident', id, turn: { does: 'ended' } }, { at })
  }
  add('first', 0)
  for (let at = 1; at <= 700; at++) add('disk', at)
  expect(fold.all().length).toBeLessThanOrEqual(501)
  expect(fold.last('first')?.id).toBe('first@0')
  expect(fold.last('disk')?.id).toBe('disk@700')
  expect(fold.find('disk@1')).toBeNull()
})
