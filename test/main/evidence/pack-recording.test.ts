import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import type { JournalReader } from '../../../src/core/replay/recordings.ts'
import { Tape } from '../../../src/core/replay/tape.ts'
import { canonicalJson } from '../../../src/core/projection/state.ts'
import { toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import { bringTo } from '../../../src/main/node/brought.ts'
import { sha256 } from '../../../src/main/node/digest.ts'
import { makePack } from '../../../src/main/node/evidence/make-pack.ts'
import { openKept } from '../../../src/main/node/kept-journal.ts'
import { dayEvents, OPEN_CHOICE, rowsOf } from '../../core/evidence/a-day.ts'
import { KEPT_NAME, keptDesk } from './kept-desk.ts'
import { atOnce, filesIn, folder, inMemory, packOf, VERSION, zipOf } from './packs.ts'

/** Evidence packs looked at as recordings. Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})
const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('utf8')

/** Brings bytes as a window does, in parts. */
function brought(bytes: Uint8Array) {
  const dir = folder(ends)
  const place = bringTo(dir)
  if (!place.ok) throw new Error(place.error.detail)
  for (let at = 0; at < bytes.length; at += 30_000)
    place.value.add(Buffer.from(bytes.subarray(at, at + 30_000)).toString('base64'))
  const opened = place.value.open()
  const left = () => readdirSync(dir)
  return { opened, drop: () => place.value.drop(), left, dir }
}
/** Reads a recording as a replay does. */
function load(reader: JournalReader) {
  const tape = new Tape(reader)
  const work = tape.load(sha256, () => {})
  let step = work.next()
  while (!step.done) step = work.next()
  const folded = step.value.ok ? canonicalJson(toCheckpoint(step.value.value.folded)) : null
  tape.close()
  return { length: tape.length, fault: tape.fault, folded }
}
function shown(bytes: Uint8Array) {
  const { opened, drop, left } = brought(bytes)
  if (!opened.ok) throw new Error(opened.error.detail)
  const found = load(opened.value)
  drop()
  expect(left()).toEqual([])
  return found
}

test('[V437] a pack that holds its journal is shown as that journal, and nothing of it stays', async () => {
  const dir = folder(ends)
  const rows = rowsOf(dayEvents())
  const { file } = await packOf(join(dir, 'a.zip'), { withJournal: true })
  const direct = load({ ...inMemory(rows), length: () => rows.length, close() {} })
  expect(direct).toMatchObject({ length: rows.length, fault: null })
  expect(shown(readFileSync(file))).toEqual(direct)
  // Packed anew by another program, as it is and deflated.
  const files = filesIn(file)
  for (const level of [0, 9] as const) expect(shown(zipSync(files, { level }))).toEqual(direct)
})

test('[V437] its rows are there as often and wherever they are asked for', async () => {
  const dir = folder(ends)
  const rows = rowsOf([...dayEvents(), ...Array.from({ length: 4_000 }, () => dayEvents()[0]!)])
  const { file } = await packOf(join(dir, 'a.zip'), { rows: inMemory(rows), withJournal: true })
  const { opened } = brought(readFileSync(file))
  if (!opened.ok) throw new Error(opened.error.detail)
  const reader = opened.value
  expect(reader.last()).toMatchObject({ cursor: rows.length, hash: rows.at(-1)?.hash })
  expect(reader.length()).toBe(rows.length)
  expect(reader.read(0, 3).map((row) => ({ ...row }))).toEqual(rows.slice(0, 3))
  expect(reader.read(3_990, 5).map((row) => ({ ...row }))).toEqual(rows.slice(3_990, 3_995))
  expect(reader.read(0, 2).map((row) => ({ ...row }))).toEqual(rows.slice(0, 2))
  expect(reader.read(rows.length - 1, 10).map((row) => ({ ...row }))).toEqual(rows.slice(-1))
  reader.close()
})

test('[V437] a pack of a journal whose beginning was let go is shown from its first row on, with what the checkpoint holds', async () => {
  const { dir, first } = keptDesk(ends)
  const rows = openKept(dir, KEPT_NAME)
  if (!rows.ok) throw new Error(rows.error.detail)
  const file = join(dir, 'kept.zip')
  const choice = { ...OPEN_CHOICE, withJournal: true }
  const made = await makePack({
    rows: rows.value,
    name: KEPT_NAME,
    upTo: null,
    choice,
    version: VERSION,
    file,
    turn: atOnce,
  })
  expect(made.ok).toBe(true)
  const direct = load(rows.value)
  expect(direct.fault).toBeNull()
  expect(shown(readFileSync(file))).toEqual(direct)
  // Without the checkpoint, or with one that was changed, the rows alone make no figures.
  const files = filesIn(file)
  const forged = strToU8(text(files['checkpoint.ndjson']).replace('Elector', 'Erector'))
  const { 'checkpoint.ndjson': _, ...without } = files
  for (const changed of [without, { ...files, 'checkpoint.ndjson': forged }])
    expect(shown(zipOf(changed))).toMatchObject({ length: 0, fault: { cursor: 1 }, folded: null })
  expect(first).toBeGreaterThan(1)
})

test('[V437] rows that were changed, cut or put in are shown up to there, and the break is told', async () => {
  const dir = folder(ends)
  const { file } = await packOf(join(dir, 'a.zip'), { withJournal: true })
  const files = filesIn(file)
  const lines = text(files['journal.ndjson']).trimEnd().split('\n')
  const withLines = (changed: readonly string[], end = '\n') =>
    shown(zipOf({ ...files, 'journal.ndjson': strToU8(changed.join('\n') + end) }))
  const at = (cursor: number) => ({ length: cursor - 1, fault: { is: 'chain-broken', cursor } })
  expect(withLines(lines.slice(0, 20))).toMatchObject(at(21))
  expect(withLines(lines.toSpliced(9, 1))).toMatchObject(at(10))
  expect(withLines(lines.toSpliced(9, 0, 'no row at all'))).toMatchObject(at(10))
  expect(withLines(lines.toSpliced(9, 1, lines[9]!.replace('"at":', '"at":1')))).toMatchObject(at(10))
  expect(withLines(lines, '')).toMatchObject(at(lines.length))
  expect(withLines([])).toMatchObject({ length: 0, fault: { is: 'chain-broken', cursor: 1 } })
  // More rows than the pack says it holds are not shown.
  expect(withLines([...lines, lines.at(-1)!])).toMatchObject({ length: lines.length, fault: null })
})

test('[V433][V437] a pack without its journal is told as that; a ZIP that is no pack, cut or forged is not opened, and no name in it is a path', async () => {
  const dir = folder(ends)
  const refusedAs = (bytes: Uint8Array) => {
    const { opened, drop, left } = brought(bytes)
    drop()
    expect(left()).toEqual([])
    return opened.ok ? 'opened' : opened.error.is
  }
  for (const choice of [{}, { privacy: 'sealed' }] as const) {
    const { file } = await packOf(join(dir, 'without.zip'), choice)
    expect(refusedAs(readFileSync(file))).toBe('missing')
  }
  const { file } = await packOf(join(dir, 'a.zip'), { withJournal: true })
  const whole = readFileSync(file)
  const files = filesIn(file)
  expect(refusedAs(zipOf({ 'log.txt': strToU8('diagnostics') }))).toBe('corrupt')
  expect(refusedAs(zipOf({ ...files, 'manifest.json': strToU8('{}') }))).toBe('corrupt')
  expect(refusedAs(whole.subarray(0, whole.length - 100))).toBe('corrupt')
  expect(refusedAs(whole.subarray(0, 4))).toBe('corrupt')
  const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`${at}.csv`, new Uint8Array(0)]))
  expect(refusedAs(zipOf({ ...files, ...many }))).toBe('corrupt')
  // What it says of the size of a file is held against what may be, and against what comes.
  const listed = whole.lastIndexOf('journal.ndjson') - 46
  const saying = (bytes: number) => {
    const changed = Buffer.from(whole)
    changed.writeUInt32LE(bytes, listed + 24)
    return changed
  }
  expect(refusedAs(saying(2_100_000_000))).toBe('corrupt')
  expect(shown(saying(1_000))).toMatchObject({ length: 0, fault: { is: 'chain-broken', cursor: 1 } })
  const encrypted = Buffer.from(whole)
  encrypted.writeUInt16LE(1, listed + 8)
  expect(refusedAs(encrypted)).toBe('corrupt')
  const climbing = zipOf({ ...files, '../../climbed.txt': strToU8('x'), '/climbed.txt': strToU8('x') })
  const { opened, drop, dir: data } = brought(climbing)
  if (opened.ok) load(opened.value)
  drop()
  expect(readdirSync(data)).toEqual([])
  expect(readdirSync(join(data, '..')).filter((name) => name === 'climbed.txt')).toEqual([])
})

test('[V437] bytes changed anywhere in a pack never show another day, and never break the console', async () => {
  const dir = folder(ends)
  const { file } = await packOf(join(dir, 'a.zip'), { withJournal: true })
  const whole = readFileSync(file)
  const rows = rowsOf(dayEvents())
  const direct = load({ ...inMemory(rows), length: () => rows.length, close() {} })
  const seed = 20_261_121
  let random = seed
  const next = (most: number) => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) >>> 0
    return random % most
  }
  for (let turn = 0; turn < 80; turn++) {
    const changed = Buffer.from(whole)
    // Half of them in the lists at the end, where sizes, places and names are.
    const at = turn % 2 === 0 ? next(changed.length) : changed.length - 1 - next(2_000)
    changed[at] = next(256)
    const { opened, drop } = brought(changed)
    if (opened.ok) {
      const found = load(opened.value)
      if (found.length === direct.length && found.fault === null)
        expect(found.folded, `seed ${seed}, turn ${turn}, byte ${at}`).toBe(direct.folded)
      else expect(found.fault, `seed ${seed}, turn ${turn}, byte ${at}`).not.toBeNull()
    }
    drop()
  }
})
