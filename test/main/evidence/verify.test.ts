import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, strToU8 } from 'fflate'
import { afterEach, expect, test, vi } from 'vitest'
import { openPack, wholeness } from '../../../src/main/node/evidence/open-pack.ts'
import { isClean } from '../../../src/main/node/evidence/verify-pack.ts'
import { OPENED, told } from '../../core/journal/on-disk.ts'
import { attendance } from '../../core/projection/records.ts'
import { dayEvents, rowsOf, SECRETS } from '../../core/evidence/a-day.ts'
import { dayRows, filesIn, folder, inMemory, packOf, verdictOf, zipOf } from './packs.ts'

/** Each pack has its paper set anew; on a busy machine that takes its time, ms. */
vi.setConfig({ testTimeout: 60_000 })

const ends: (() => unknown)[] = []
afterEach(() => {
  for (const end of ends.splice(0).reverse()) end()
})

/** A pack, and a way to write it changed. */
async function aPack(choice: Parameters<typeof packOf>[1] = {}) {
  const dir = folder(ends)
  const file = join(dir, 'a.zip')
  await packOf(file, choice)
  const changed = (change: (files: Record<string, Uint8Array>) => void): string => {
    const files = filesIn(file)
    change(files)
    writeFileSync(join(dir, 'changed.zip'), zipOf(files))
    return join(dir, 'changed.zip')
  }
  return { file, changed, files: filesIn(file) }
}
/** Writes the manifest anew so that it vouches for what is there. */
function fitManifest(files: Record<string, Uint8Array>) {
  const manifest = JSON.parse(strFromU8(files['manifest.json']!))
  for (const entry of manifest.files) {
    const bytes = files[entry.name]!
    Object.assign(entry, { bytes: bytes.byteLength, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  files['manifest.json'] = strToU8(`${JSON.stringify(manifest, null, 2)}\n`)
}
/** A file's text with its byte order mark, which the ZIP library's decoder takes away. */
const withMark = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

test('[X76][X77] an untouched pack is proved, sealed or open', async () => {
  for (const choice of [{ withJournal: true }, { privacy: 'sealed', language: 'ar' }] as const) {
    const { file } = await aPack(choice)
    const verdict = await verdictOf(file, dayRows())
    expect(verdict).toMatchObject({
      problems: [],
      against: 'given',
      journalFault: null,
      difference: null,
      notProved: [],
    })
    expect(verdict.proved).toHaveLength(3)
  }
})

test('[X76] a changed byte in any file is found, and the file is named', async () => {
  const { files, changed } = await aPack({ withJournal: true })
  for (const name of Object.keys(files).filter((each) => each !== 'manifest.json')) {
    const at = Math.floor(files[name]!.byteLength / 2)
    const file = changed((its) => void (its[name] = flipped(its[name]!, at)))
    const pack = openPack(file)
    expect(pack.ok && wholeness(pack.value)).toMatchObject([{ file: name, is: 'changed' }])
  }
})

test('[X76] a file missing, added or swapped is named', async () => {
  const { changed } = await aPack()
  const missing = await verdictOf(
    changed((files) => void delete files['counts.csv']),
    null,
  )
  expect(missing.problems).toMatchObject([{ file: 'counts.csv', is: 'missing' }])
  const added = await verdictOf(
    changed((files) => void (files['more.csv'] = strToU8('1'))),
    null,
  )
  expect(added.problems).toMatchObject([{ file: 'more.csv', is: 'not-listed' }])
  const swapped = await verdictOf(
    changed((files) => {
      const { 'counts.csv': counts, 'results.csv': results } = files
      files['counts.csv'] = results!
      files['results.csv'] = counts!
    }),
    null,
  )
  expect(swapped.problems.map(({ file }) => file)).toEqual(['counts.csv', 'results.csv'])
})

test('[X77] a change the manifest was made to fit is found at its byte and line', async () => {
  const { files, changed } = await aPack()
  for (const name of ['READ-ME.txt', 'report.pdf', 'counts.csv', 'nist-sp-1500-100-v2.json']) {
    const at = Math.floor(files[name]!.byteLength / 2)
    const file = changed((its) => {
      its[name] = flipped(its[name]!, at)
      fitManifest(its)
    })
    const { problems, difference } = await verdictOf(file, dayRows())
    expect(problems).toEqual([])
    const line = strFromU8(files[name]!.slice(0, at), true).split('\n').length
    expect(difference).toMatchObject({ file: name, byte: at, line })
  }
  const shorter = changed((its) => {
    its['counts.csv'] = its['counts.csv']!.slice(0, -5)
    fitManifest(its)
  })
  expect((await verdictOf(shorter, dayRows())).difference).toMatchObject({ file: 'counts.csv' })
  const longer = changed((its) => {
    its['counts.csv'] = strToU8(`${withMark(its['counts.csv']!)}9,9\r\n`)
    fitManifest(its)
  })
  expect((await verdictOf(longer, dayRows())).difference).toMatchObject({ file: 'counts.csv', journal: '' })
})

test('[J174] a paper count changed, dropped or given another name is found, though the manifest was made to fit', async () => {
  const { files, changed } = await aPack()
  const text = withMark(files['paper-counts.csv']!)
  for (const [line, from, to] of [
    [4, ',19,yes,', ',18,yes,'],
    [4, SECRETS.counter, 'somebody@sealed.example'],
    [3, ',20,no,', ',20,yes,'],
    [2, ',C3,', ',C2,'],
  ] as const) {
    const forged = text.split('\r\n').map((each, index) => (index === line - 1 ? each.replace(from, to) : each))
    const file = changed((its) => {
      its['paper-counts.csv'] = strToU8(forged.join('\r\n'))
      fitManifest(its)
    })
    const { problems, difference } = await verdictOf(file, dayRows())
    expect(problems).toEqual([])
    expect(difference).toMatchObject({ file: 'paper-counts.csv', line })
  }
  const dropped = changed((its) => {
    delete its['paper-counts.csv']
    const manifest = JSON.parse(strFromU8(its['manifest.json']!))
    manifest.files = manifest.files.filter(({ name }: { name: string }) => name !== 'paper-counts.csv')
    its['manifest.json'] = strToU8(`${JSON.stringify(manifest, null, 2)}\n`)
  })
  const missing = (await verdictOf(dropped, dayRows())).difference
  expect(missing).toMatchObject({ file: 'paper-counts.csv', byte: 0, line: 1, pack: '' })
  expect(missing?.journal).toContain('journal_cursor,committee_code')
  const without = inMemory(rowsOf(dayEvents().filter(({ is }) => is !== 'paper')))
  expect(
    isClean(
      await verdictOf(
        changed(() => {}),
        without,
      ),
    ),
  ).toBe(false)
})

test('[X77] a manifest that says other things of the same files is found', async () => {
  const { changed } = await aPack()
  const trusting = changed((files) => {
    const text = strFromU8(files['manifest.json']!)
    files['manifest.json'] = strToU8(text.replace('"state": "doubtful"', '"state": "doubtful" '))
  })
  expect((await verdictOf(trusting, dayRows())).difference).toMatchObject({ file: 'manifest.json' })
})

test('[X78] another election’s journal, another record and a broken chain are not taken for this one', async () => {
  const { file } = await aPack()
  const other = await verdictOf(file, dayRows({ ...OPENED, election: 2 } as typeof OPENED))
  expect(other.journalFault).toContain('the pack says')
  expect(other.proved).toHaveLength(1)
  const rows = rowsOf(dayEvents())
  expect((await verdictOf(file, inMemory(rows.slice(0, -1)))).journalFault).toContain('records')
  const broken = rows.with(4, { ...rows[4]!, at: rows[4]!.at + 1 })
  expect((await verdictOf(file, inMemory(broken))).journalFault).toContain('wrong-hash')
  const later = rowsOf([...dayEvents(), ...told(attendance(77))])
  expect(isClean(await verdictOf(file, inMemory(later)))).toBe(true)
})

test('[X79] with the rows in it a pack verifies by itself; without, it says what was not compared', async () => {
  const alone = await aPack({ withJournal: true })
  const verdict = await verdictOf(alone.file, null)
  expect(isClean(verdict)).toBe(true)
  expect(verdict).toMatchObject({ against: 'in-pack' })
  expect(verdict.notProved.join()).toContain('desk’s own')
  const cut = alone.changed((files) => {
    const lines = strFromU8(files['journal.ndjson']!).split('\n')
    files['journal.ndjson'] = strToU8(lines.toSpliced(9, 1).join('\n'))
    fitManifest(files)
  })
  expect((await verdictOf(cut, null)).journalFault).not.toBeNull()
  const bare = await verdictOf((await aPack()).file, null)
  expect(bare).toMatchObject({ against: 'none' })
  expect(bare.notProved).toEqual(['that the files equal a journal: none was given, and none is in the pack'])
})

test('[X80] what is no pack is said to be none', async () => {
  const dir = folder(ends)
  const file = join(dir, 'x.zip')
  for (const bytes of [strToU8('hello'), zipOf({ 'a.txt': strToU8('1') }), zipOf({ 'manifest.json': strToU8('{}') })]) {
    writeFileSync(file, bytes)
    expect(openPack(file).ok).toBe(false)
  }
  expect(openPack(join(dir, 'none.zip')).ok).toBe(false)
})
