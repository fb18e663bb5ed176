import { expect, test } from 'vitest'
import { live, told } from '../journal/on-disk.ts'
import { attendance, committee, election } from '../projection/records.ts'
import { CLERK, deskWith, NOBODY, recordedDay } from './recorded-day.ts'

/** A day another desk wrote: one mark. */
function elsewhere() {
  const day = recordedDay()
  day.write(...told(election(), committee(1)))
  day.write(live(attendance(1), 1))
  return day.rows()
}
const FILE = { name: 'hall-2.sqlite', bytes: 8 }

test('[T39] a file that was brought is checked and shown to an administrator; signing out ends it', async () => {
  const desk = deskWith({}, { brought: elsewhere() })
  expect(desk.viewing.bringing.begin(FILE.name, FILE.bytes)).toMatchObject({ ok: true })
  expect(desk.viewing.bringing.add('cGFydA==')).toMatchObject({ ok: true })
  expect(desk.viewing.openBrought()).toMatchObject({ ok: true })
  await desk.settle()
  expect(desk.viewing.view()).toMatchObject({ is: 'replay', of: { name: 'hall-2.sqlite', is: 'file' } })
  expect(desk.sources.headline(null, () => {}).snapshot()).toMatchObject({ attended: 1 })
  desk.become(NOBODY)
  expect(desk.viewing.isLive).toBe(true)
  desk.become(CLERK)
  expect(desk.viewing.bringing.begin(FILE.name, FILE.bytes)).toEqual({ ok: false, error: 'not-allowed' })
})

test('[T40] it is taken off the disk when its replay ends, when another is begun and when the window goes', async () => {
  const desk = deskWith({}, { brought: elsewhere() })
  const bring = () => {
    desk.viewing.bringing.begin(FILE.name, FILE.bytes)
    desk.viewing.bringing.add('cGFydA==')
  }
  bring()
  desk.viewing.openBrought()
  await desk.settle()
  expect(desk.kept).toHaveLength(1)
  desk.viewing.close()
  expect(desk.kept).toEqual([])
  bring()
  desk.viewing.bringing.begin('another.sqlite', 1)
  expect(desk.kept).toEqual([])
  bring()
  desk.viewing.stop()
  expect(desk.kept).toEqual([])
})

test('[T41] what is no journal, not whole or too large is told, and nothing of it stays', () => {
  const desk = deskWith({})
  expect(desk.viewing.openBrought()).toEqual({ ok: false, error: 'not-brought' })
  expect(desk.viewing.bringing.add('cGFydA==')).toEqual({ ok: false, error: 'not-brought' })
  expect(desk.viewing.bringing.begin(FILE.name, 5_000_000_000)).toEqual({ ok: false, error: 'too-big' })
  desk.viewing.bringing.begin(FILE.name, FILE.bytes)
  desk.viewing.bringing.add('cGFydA==')
  expect(desk.viewing.openBrought()).toEqual({ ok: false, error: 'not-readable' })
  expect(desk.kept).toEqual([])
  expect(desk.viewing.isLive).toBe(true)
})

test('[V433] a pack that does not hold its journal is told from a file that does not read, and nothing of it stays', () => {
  const desk = deskWith({}, { brought: 'missing' })
  desk.viewing.bringing.begin('pack.zip', FILE.bytes)
  desk.viewing.bringing.add('cGFydA==')
  expect(desk.viewing.openBrought()).toEqual({ ok: false, error: 'pack-without-journal' })
  expect(desk.kept).toEqual([])
  expect(desk.viewing.isLive).toBe(true)
})
