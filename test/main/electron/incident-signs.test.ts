import { expect, test } from 'vitest'
import { incidentSigns, noteOf } from '../../../src/main/electron/incident-signs.ts'
import type { Book } from '../../../src/core/book.ts'
import { replaceable } from '../../../src/core/patch/relay.ts'
import { type AlertSettings, DEFAULT_ALERTS } from '../../../src/shared/view/incident.ts'
import { told } from '../../core/journal/on-disk.ts'
import { attendance, committee, election, MINUTE } from '../../core/projection/records.ts'
import { watchedDesk } from '../../core/incidents/watched-desk.ts'

/** A desk whose desktop is watched, with one committee over its electors. */
function signs(alerts: Partial<AlertSettings> = {}) {
  const desk = watchedDesk()
  const book = replaceable<Book | null>(desk.book)
  const core = replaceable<{ book: typeof book } | null>({ book })
  const shown: string[] = []
  const settings = { now: { alerts: { ...DEFAULT_ALERTS, ...alerts } } }
  const console = { core, settings, ports: { clock: desk.clock } }
  const stop = incidentSigns(console as never, {
    note: ({ title, body }) => shown.push(`${title} · ${body}`),
    flash: () => shown.push('flash'),
  })
  desk.write(...told(election(), committee(1, { electors: 0 }), attendance(1)))
  desk.read()
  return { ...desk, shown, stop, core }
}

test('[N29] a fault that comes up is told the desktop once, and the taskbar flashes', async () => {
  const desk = signs()
  await desk.pass(5_000)
  expect(desk.shown).toEqual(['Tallydesk: Alarm · C1 Committee 1: More came than are entitled', 'flash'])
  desk.acts.note(desk.only().id, 'x')
  await desk.pass(MINUTE)
  expect(desk.shown).toHaveLength(2)
  desk.stop()
})

test('[N29] by severity, not for a muted rule, in the desk’s language; a warning that becomes an alarm is told', async () => {
  const muted = signs({ mute: ['over'] })
  muted.is.link = { ...muted.is.link, clockSkew: 5_000 }
  await muted.pass(2_000)
  expect(muted.shown).toEqual([])
  muted.is.link = { ...muted.is.link, clockSkew: 50_000 }
  await muted.pass(2_000)
  expect(muted.shown).toEqual(['Tallydesk: Alarm · This desk’s clock is off', 'flash'])
  const silent = signs({ note: { alarm: false, warning: false } })
  await silent.pass(2_000)
  expect(silent.shown).toEqual([])
  const arabic = signs({ language: 'ar' })
  await arabic.pass(2_000)
  expect(arabic.shown[0]).toBe('Tallydesk: إنذار · C1 Committee 1: حضر أكثر ممن يحق لهم')
})

test('[N29] what was taken or put off before is not told, and nothing of a console that is gone', async () => {
  const desk = signs()
  await desk.pass(1_000)
  desk.acts.snooze(desk.only().id, MINUTE)
  expect(noteOf(desk.only(), DEFAULT_ALERTS, desk.clock.now())).toBeNull()
  expect(noteOf(desk.only(), DEFAULT_ALERTS, desk.clock.now() + MINUTE)).not.toBeNull()
  desk.shown.length = 0
  desk.core.replace(null)
  desk.is.link = { ...desk.is.link, clockSkew: 50_000 }
  await desk.pass(2_000)
  expect(desk.shown).toEqual([])
})
