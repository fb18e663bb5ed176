import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8 } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import { makePack } from '../../../src/main/node/evidence/make-pack.ts'
import { Cancelled, type Turn } from '../../../src/main/node/evidence/rows.ts'
import { told } from '../../core/journal/on-disk.ts'
import { attendance } from '../../core/projection/records.ts'
import { dayEvents, OPEN_CHOICE, rowsOf, SECRETS } from '../../core/evidence/a-day.ts'
import { dayRows, filesIn, folder, inMemory, packOf } from './packs.ts'

/** Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

test('[X70] no file of a sealed pack, paper and manifest included, says who', async () => {
  const file = join(folder(ends), 'sealed.zip')
  await packOf(file, { privacy: 'sealed' })
  for (const [name, bytes] of Object.entries(filesIn(file))) {
    for (const secret of Object.values(SECRETS)) {
      expect(Buffer.from(bytes).includes(secret), `${secret} in ${name}`).toBe(false)
    }
  }
})

test('[X72] the journal goes into an open pack that asked for it, and into no other', async () => {
  const dir = folder(ends)
  await packOf(join(dir, 'a.zip'))
  expect(Object.keys(filesIn(join(dir, 'a.zip')))).not.toContain('journal.ndjson')
  await packOf(join(dir, 'b.zip'), { withJournal: true })
  const lines = strFromU8(filesIn(join(dir, 'b.zip'))['journal.ndjson']!)
    .trimEnd()
    .split('\n')
  expect(lines.map((line) => JSON.parse(line))).toEqual(rowsOf(dayEvents()))
  const choice = { ...OPEN_CHOICE, privacy: 'sealed', withJournal: true } as const
  const file = join(dir, 'c.zip')
  const refused = await makePack({
    rows: dayRows(),
    name: 'a',
    upTo: null,
    choice,
    version: '1',
    file,
    turn: async () => {},
  })
  expect(refused).toMatchObject({ ok: false, error: { is: 'sealed-with-journal' } })
  expect(readdirSync(dir).sort()).toEqual(['a.zip', 'b.zip'])
})

test('[X73] made twice, also elsewhere and later, every byte is the same', async () => {
  const dir = folder(ends)
  for (const choice of [{}, { privacy: 'sealed' }, { language: 'ar', withJournal: true }] as const) {
    await packOf(join(dir, 'a.zip'), choice)
    const zone = process.env['TZ']
    process.env['TZ'] = 'Asia/Kuwait'
    await packOf(join(dir, 'b.zip'), choice)
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
    expect(readFileSync(join(dir, 'a.zip')).equals(readFileSync(join(dir, 'b.zip')))).toBe(true)
  }
})

test('[X74] up to an earlier record it is the pack of that record', async () => {
  const dir = folder(ends)
  const rows = rowsOf([...dayEvents(), ...told(attendance(999, { electorName: 'Latecomer' }))])
  await packOf(join(dir, 'early.zip'), { rows: inMemory(rows), upTo: rows.length - 1, withJournal: true })
  await packOf(join(dir, 'then.zip'), { withJournal: true })
  expect(readFileSync(join(dir, 'early.zip')).equals(readFileSync(join(dir, 'then.zip')))).toBe(true)
})

test('[X75] a pack that is not made whole leaves nothing, and what stood there stays', async () => {
  const dir = folder(ends)
  const file = join(dir, 'a.zip')
  writeFileSync(file, 'what stood there')
  const request = { name: 'a', upTo: null, choice: OPEN_CHOICE, version: '1', file }
  const cancelAt =
    (turns: number, step: string): Turn =>
    async (progress) => {
      if (progress.step === step && --turns < 0) throw new Cancelled()
    }
  for (const step of ['reading', 'writing']) {
    for (const turns of step === 'reading' ? [0] : [0, 1, 4, 12]) {
      const made = await makePack({ ...request, rows: dayRows(), turn: cancelAt(turns, step) })
      expect(made).toMatchObject({ ok: false, error: { is: 'cancelled' } })
    }
  }
  const rows = [...rowsOf(dayEvents())]
  rows[7] = { ...rows[7]!, text: rows[7]!.text.replace('1', '2') }
  const turn = async () => {}
  expect(await makePack({ ...request, rows: inMemory(rows), turn })).toMatchObject({ error: { is: 'chain-broken' } })
  expect(await makePack({ ...request, rows: inMemory([]), turn })).toMatchObject({ error: { is: 'empty' } })
  const nowhere = join(dir, 'no', 'such', 'a.zip')
  expect(await makePack({ ...request, rows: dayRows(), file: nowhere, turn })).toMatchObject({
    error: { is: 'not-written' },
  })
  mkdirSync(join(dir, 'taken.zip'))
  const taken = await makePack({ ...request, rows: dayRows(), file: join(dir, 'taken.zip'), turn })
  expect(taken).toMatchObject({ error: { is: 'not-written' } })
  expect(readdirSync(dir).sort()).toEqual(['a.zip', 'taken.zip'])
  expect(readFileSync(file, 'utf8')).toBe('what stood there')
})
