import { execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { folder, isBuilt, type Line, NOT_BUILT, Program, ROOT, run, runForJson } from './program.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** The console without a window, against a hub that is a process of its own. */

if (!isBuilt) console.info(`skipped: the commands, because ${NOT_BUILT}`)
const cleanup: (() => unknown)[] = []
afterEach(async () => {
  for (const undo of cleanup.splice(0).reverse()) await undo()
})
async function place(): Promise<string> {
  const { path, remove } = await folder()
  cleanup.push(remove)
  return path
}
const env = { TALLYDESK_PASSWORD: PASSWORD }

type Attendance = { readonly id: number; readonly elector: string; readonly status: string }
type State = {
  readonly attendance: Readonly<Record<string, Attendance>>
  readonly outbox: object
  readonly head: string
}

describe.skipIf(!isBuilt)('commands', () => {
  let hub: HubServer
  beforeAll(async () => {
    hub = await HubServer.start()
  })
  afterAll(async () => {
    await hub?.stop()
  })
  function watch(data: string, words: readonly string[] = [], more: NodeJS.ProcessEnv = {}): Program {
    const program = new Program(['watch', '--server', hub.url, '--email', ADMIN, '--data', data, ...words], {
      env: { ...env, ...more },
    })
    cleanup.push(() => program.stop('SIGKILL'))
    return program
  }
  const said = (program: Program, t: string, fits: (line: Line) => boolean = () => true) =>
    program.until(`a line ${t}`, () => program.lines().find((line) => line.t === t && fits(line)))
  const live = (program: Program) => said(program, 'link', (line) => line['state'] === 'live')
  const came = ({ attendance }: State) =>
    Object.values(attendance)
      .map(({ id, elector, status }) => ({ id, elector, status }))
      .toSorted((a, b) => a.id - b.id)

  test('[E30] a watch tells the link, each change and each doubt, and ends with the state the hub has and state repeats', async () => {
    const data = await place()
    const program = watch(data)
    await live(program)
    await hub.mark(1001, 1002)
    await said(program, 'change', (line) => line['topic'] === 'attendance' && line['op'] === 'upsert')
    await waitFor('both marks', async () =>
      program.lines().filter((line) => line.t === 'change' && line['kind'] === 'attendance').length >= 2 ? true : null,
    )
    expect(await program.stop()).toBe(0)
    const lines = program.lines()
    for (const line of lines) expect(typeof line['at'], JSON.stringify(line)).toBe('number')
    const cursors = lines.flatMap((line) => (line.t === 'change' ? [line['cursor'] as number] : [])) // a number on each change
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b))
    const doubts = lines.filter((line) => line.t === 'doubt')
    expect(doubts.find((line) => line['because'] === 'not-read-yet')).toBeDefined()
    expect(doubts.filter((line) => line['topic'] === 'attendance').at(-1)).toMatchObject({ because: null })
    const final = lines.at(-1)
    expect(final?.t).toBe('final')
    expect(came(final?.['state'] as State)).toEqual(hub.truth().attendance) // the final line's
    const { out } = await run(['state', '--data', data])
    expect(JSON.parse(out)).toEqual(final?.['state'])
    expect(out).toBe(`${sorted(JSON.parse(out))}\n`)
  })

  test('[E31] commands on standard input are answered by their id, carried out, and told from saved to confirmed', async () => {
    const program = watch(await place(), ['--commands'])
    await live(program)
    program.write('not JSON')
    program.write({ id: 'a', do: 'fly' })
    program.write({ id: 'b', do: 'attendance.mark', input: { elector: 5 } })
    program.write({ id: 'c', do: '__proto__', input: null })
    program.write({ id: 7, do: 'attendance.mark', input: { elector: '1010', committee: 'C1' } })
    program.write({ id: 'e', do: 'elector.find', input: { elector: '1011', committee: 'C2' } })
    const reply = (id: unknown) => said(program, 'reply', (line) => line['id'] === id)
    expect(await reply(null)).toMatchObject({ ok: false, error: expect.stringContaining('"id","do","input"') })
    expect(await reply('a')).toMatchObject({ ok: false, error: expect.stringContaining('attendance.mark') })
    expect(await reply('b')).toMatchObject({ ok: false, error: expect.stringMatching(/^input\.elector: /) })
    expect(await reply('c')).toMatchObject({ ok: false })
    expect(await reply('e')).toMatchObject({ ok: true, value: { elector: '1011', attended: false } })
    const { value } = (await reply(7)) as unknown as { value: { key: string } } // a reply of attendance.mark
    const states = () =>
      program.lines().flatMap((line) => (line.t === 'outbox' && line['key'] === value.key ? [line['state']] : []))
    await waitFor('confirmed', async () => (states().at(-1) === 'confirmed' ? true : null))
    expect(states()[0]).toBe('queued')
    expect(hub.truth().attendance.some(({ elector }) => elector === '1010')).toBe(true)
    expect(await program.stop('SIGINT')).toBe(0)
  })

  test('[E32] a watch ends by itself after --for, with a final line; a wrong password and a server that is none have their own exit codes', async () => {
    const timed = watch(await place(), ['--for', '2'])
    expect(await timed.ended).toBe(0)
    expect(timed.lines().at(-1)?.t).toBe('final')
    const wrong = watch(await place(), [], { TALLYDESK_PASSWORD: 'wrong' })
    expect(await wrong.ended).toBe(69)
    expect(wrong.err).toContain('the server refused the e-mail or the password')
    const none = await run(['watch', '--server', hub.url, '--email', ADMIN, '--data', await place()], {
      env: { TALLYDESK_PASSWORD: '' },
    })
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining('TALLYDESK_PASSWORD holds no password') })
  })

  test('[E33] journal verify proves a journal, and finds one flipped byte by its event', async () => {
    const data = await place()
    const program = watch(data)
    await live(program)
    await hub.mark(1020)
    await said(program, 'change', (line) => line['kind'] === 'attendance')
    expect(await program.stop()).toBe(0)
    const intact = await run(['journal', 'verify', '--data', data])
    expect(intact).toMatchObject({ code: 0, err: expect.stringContaining('intact') })
    const { events, head } = JSON.parse(intact.out) as { events: number; head: string } // printed by verify
    expect(JSON.parse((await run(['state', '--data', data])).out)).toMatchObject({ cursor: events, head })
    flipOneByte(data, 'Committee 3', 'Committee 4')
    const broken = await run(['journal', 'verify', '--data', data])
    expect(broken.code).toBe(1)
    const found = JSON.parse(broken.out) as { intact: boolean; fault: { cursor: number } } // printed by verify
    expect(found.intact).toBe(false)
    expect(broken.err).toContain(`broken at event ${found.fault.cursor}`)
    const state = await run(['state', '--data', data])
    expect(state).toMatchObject({ code: 1, out: '' })
  })

  test('[E34] a desk whose journal was damaged begins another beside it, keeps the damaged one, and reads everything again', async () => {
    const data = await place()
    const first = watch(data)
    await live(first)
    expect(await first.stop()).toBe(0)
    const before = readdirSync(join(data, 'journals'))
    flipOneByte(data, 'Committee 3', 'Committee 4')
    const second = watch(data)
    await live(second)
    await said(second, 'doubt', (line) => line['topic'] === 'attendance' && line['because'] === null)
    expect(await second.stop()).toBe(0)
    expect(came(second.lines().at(-1)?.['state'] as State)).toEqual(hub.truth().attendance) // the final line's
    expect(readdirSync(join(data, 'journals')).length).toBeGreaterThan(before.length)
  })

  test('[E35] state and verify say where there is no journal', async () => {
    const data = await place()
    for (const words of [['state'], ['journal', 'verify']]) {
      const { code, err } = await run([...words, '--data', data])
      expect(code).toBe(73)
      expect(err.trim().split('\n')).toHaveLength(1)
    }
  })

  test('[E36] the doctor finds the hub healthy, and names the step at which nothing answers', async () => {
    const well = await run(['doctor', '--server', hub.url, '--json'])
    expect(well.code).toBe(0)
    expect(JSON.parse(well.out)).toMatchObject({ healthy: true })
    const ill = await run(['doctor', '--server', 'http://127.0.0.1:9', '--json'])
    expect(ill.code).toBe(1)
    expect(JSON.parse(ill.out)).toMatchObject({ healthy: false })
  })

  const noMount =
    process.platform !== 'linux' || process.getuid?.() !== 0 ? 'a small disk can be mounted by root only' : null
  test('[E37] a full disk is one clear line and exit code 74, and with room again nothing is lost', async (context) => {
    if (noMount) return context.skip(noMount)
    const data = await place()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', data])
    cleanup.push(() => execFileSync('umount', ['-l', data]))
    const program = watch(data)
    await live(program)
    fill(join(data, 'ballast'))
    for (let elector = 1021; program.running && elector <= 1060; elector++) await hub.mark(elector)
    expect(await program.ended).toBe(74)
    expect(program.lines().some((line) => line.t === 'fault' && line['is'] === 'full')).toBe(true)
    expect(
      program.err
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('watch:')),
    ).toHaveLength(1)
    expect(program.err).not.toMatch(/^\s+at /m)
    rmSync(join(data, 'ballast'))
    const again = watch(data)
    await live(again)
    await said(again, 'doubt', (line) => line['topic'] === 'attendance' && line['because'] === null)
    expect(await again.stop()).toBe(0)
    expect(came(await runForJson<State>(['state', '--data', data]))).toEqual(hub.truth().attendance)
    expect((await run(['journal', 'verify', '--data', data])).code).toBe(0)
  })
})

describe.skipIf(!isBuilt)('a day from a file', () => {
  const FIXTURES = join(ROOT, 'test/fixtures/openelections')

  test('[E38] a small precinct file goes through hub and console, and both hold the same', async () => {
    const data = await place()
    const { code, out, err } = await run([
      'rehearse',
      '--csv',
      join(FIXTURES, 'plain.csv'),
      '--contest',
      'President',
      '--data',
      data,
    ])
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      committees: 2,
      electors: 1500,
      attendance: 810,
      counts: { 'Ada Quill': 420, 'Bo Tamlin': 370, 'Write-ins': 6 },
      consoleEqualsHub: true,
      journalHead: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    const verified = await run(['journal', 'verify', '--data', data])
    expect(JSON.parse(verified.out)).toMatchObject({
      head: (JSON.parse(out) as { journalHead: string }).journalHead,
      intact: true,
    })
  })

  test('[E39] a file that cannot be used is told with line and column, exit code 65, and changes nothing', async () => {
    for (const name of ['bad-values.csv', 'open-quote.csv', 'no-heading.csv']) {
      const data = await place()
      const { code, out, err } = await run(['rehearse', '--csv', join(FIXTURES, name), '--data', data])
      expect(code, name).toBe(65)
      expect(out).toBe('')
      expect(err).toMatch(/line \d+/)
      expect(err).not.toMatch(/^\s+at /m)
      expect(readdirSync(data), name).toEqual([])
    }
    const none = await run(['rehearse', '--csv', join(FIXTURES, 'nowhere.csv')])
    expect(none).toMatchObject({ code: 65, err: expect.stringContaining('no such file') })
  })
})

/** JSON with every object's keys in the order of their characters. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${sorted(each)}`).join(',')}}`
}

/** One byte of one event, in the file of the journal, as a bad disk would. */
function flipOneByte(data: string, from: string, to: string): void {
  const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((file) =>
    file.name.endsWith('.sqlite'),
  )
  const db = new DatabaseSync(join(files[0]?.parentPath ?? '', files[0]?.name ?? ''))
  const where = 'cursor = (SELECT min(cursor) FROM row WHERE instr(text, ?))'
  const { changes } = db.prepare(`UPDATE row SET text = replace(text, ?, ?) WHERE ${where}`).run(from, to, from)
  db.close()
  expect([files.length, changes]).toEqual([1, 1])
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const part = Buffer.alloc(4096)
  try {
    for (;;) writeFileSync(path, part, { flag: 'a' })
  } catch {
    // That was the last of it.
  }
}
