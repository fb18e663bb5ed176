import { expect, onTestFinished, test } from 'vitest'
import { sourcesOf } from '../../src/core/sources.ts'
import { contract } from '../../src/shared/contract.ts'
import { EVERYTHING, type Source } from '../../src/shared/rpc/define.ts'
import { AttendanceQuery } from '../../src/shared/view/lists.ts'
import { startElectionServer } from '../doubles/election-server/start.ts'
import { ACCOUNTS, PASSWORD } from '../doubles/election-server/seed.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'
import { directory, hub, signIn, smallSeed } from '../hub/fixture.ts'
import { hurriedClock, realDesk, until } from './real-desk.ts'

const [ADMIN, SECRET] = ['admin@example.com', 'password-1'] as const

/** A desk that is live at a hub, and somebody else who works there. */
async function atHub(over: Parameters<typeof hub>[0] = {}, own: Parameters<typeof realDesk>[0] = {}) {
  const server = await hub(over)
  const desk = realDesk(own)
  await desk.live(ADMIN, SECRET)(server.url)
  return { ...desk, server, other: await signIn(server.url) }
}
const events = (disk: ReturnType<typeof memoryDisk>, name: string) =>
  disk.rows(name).map(({ text }) => JSON.parse(text))

test('[Q22] a first connection reads everything; then what happens comes as events', async () => {
  const desk = await atHub()
  await until(() => desk.trusts().join() === 'confirmed')
  expect(desk.book().figures.electors).toBe(12)
  const { reads } = desk.core().meters.figures()
  await desk.other.mark('70001')
  await until(() => desk.attended().includes('70001'))
  expect(desk.book().projection.trust.of('attendance').state).toBe('live')
  expect(desk.core().meters.figures().reads).toBe(reads)
})

test('[Q20] after a reconnect only the missed frames come and all is as trusted as before', async () => {
  const desk = await atHub()
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  const before = desk.core().meters.figures()
  const { cursor } = desk.book().journal
  desk.core().link.stop()
  await until(() => desk.trusts().join() === 'doubtful')
  for (const number of ['70003', '70005']) await desk.other.mark(number)
  desk.core().link.start()
  await desk.untilLive()
  expect(desk.attended()).toEqual(['70001', '70003', '70005'])
  expect(desk.trusts()).not.toContain('doubtful')
  const after = desk.core().meters.figures()
  expect([after.reads - before.reads, after.gaps, after.duplicates]).toEqual([0, 0, 0])
  const told = events(desk.disk, desk.disk === null ? '' : `${desk.core().server.id}-1-rehearsal`).slice(cursor)
  expect(told.filter(({ is }) => is === 'change').length).toBe(2)
  expect(told.map(({ is }) => is)).toContain('caught-up')
})

test('[Q50] a hub that is killed and comes back is met again, with nothing missing', async () => {
  const dataDir = directory()
  const desk = await atHub({ dataDir })
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  desk.states.length = 0
  await desk.server.stop()
  await until(() => desk.core().link.view().state !== 'live')
  expect(desk.trusts()).toEqual(['doubtful'])
  const again = await hub({ dataDir, port: desk.server.port })
  const other = await signIn(again.url)
  await other.mark('70003')
  desk.core().link.tryNow()
  await desk.untilLive()
  await until(() => desk.attended().join() === '70001,70003')
  expect(desk.states[0]).toMatch(/stale|offline/)
  expect(desk.states.slice(-2)).toEqual(['catching-up', 'live'])
  await until(() => !desk.trusts().includes('doubtful'))
})

test('[Q25] a server that begins a new epoch is read whole', async () => {
  const desk = await atHub()
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  const { epoch } = desk.book().projection.position!
  await desk.server.stop()
  // Another store at the same address: the marks of the first are gone.
  const again = await hub({ port: desk.server.port })
  await (await signIn(again.url)).mark('70005')
  await until(() => desk.core().link.view().state !== 'live')
  await desk.signIn(ADMIN, SECRET)
  await until(() => desk.attended().join() === '70005')
  await until(() => !desk.trusts().includes('doubtful'))
  expect(desk.book().projection.position?.epoch ?? again.epoch).toBe(again.epoch)
  expect(again.epoch).not.toBe(epoch)
})

test('[Q26] a server without numbers is read whole after each connection, and its deletes are found', async () => {
  const server = await startElectionServer({ commitDelay: 0 })
  onTestFinished(() => server.stop())
  const desk = realDesk()
  await desk.live(ACCOUNTS.admin, PASSWORD)(server.url)
  const equal = () => {
    const truth = server.truth(ACCOUNTS.admin)
    const held = [...desk.book().projection.of('attendance')].map(([id, { record }]) => [String(id), record])
    expect(Object.fromEntries(held)).toEqual(JSON.parse(JSON.stringify(truth.attendance)))
  }
  equal()
  const placeOf = (elector: string) => {
    const { committee } = server.db.get('electors', elector)!
    return server.db.get('committees', committee)!.code
  }
  const [first, second] = server.db.all('electors').map(({ id }) => id)
  await server.others.mark(first!, placeOf(first!))
  await until(() => desk.attended().includes(first!))
  desk.core().link.stop()
  await server.others.mark(second!, placeOf(second!))
  await server.others.deleteAttendance(server.db.all('attendance')[0]!.id)
  desk.core().link.start()
  await desk.untilLive()
  await until(equal)
  expect(desk.core().meters.figures().reads).toBeGreaterThanOrEqual(12)
  expect(desk.book().projection.position).toBeNull()
})

test('[Q52] signing out erases the tokens; figures stay in doubt and what was typed stays', async () => {
  const desk = await atHub()
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  expect(desk.vault.secrets().size).toBeGreaterThan(0)
  await desk.core().session.signOut()
  await until(() => desk.core().link.view().state === 'signed-out')
  expect([...desk.vault.secrets().values()]).toEqual([])
  expect(desk.attended()).toEqual(['70001'])
  expect(desk.trusts()).toEqual(['doubtful'])
  expect(desk.core().act({ does: 'guarantee.set-status', id: 1 as never, status: 'PENDING' })).toEqual({
    ok: false,
    error: 'not-allowed',
  })
})

test('[Q55] what is typed here is done there and comes back; twice is told, and a role’s limits hold', async () => {
  const desk = await atHub()
  const second = realDesk()
  await second.live('clerk@example.com', SECRET)(desk.server.url)
  const mark = (elector: string, committee: string) =>
    ({ does: 'attendance.mark', elector, committee, notes: '' }) as never
  const done = desk.core().act(mark('70003', 'm1'))
  expect(done.ok).toBe(true)
  await until(() => desk.attended().includes('70003') && second.attended().includes('70003'))
  await until(() => desk.book().projection.outbox.find(done.ok ? done.value : '')?.state === 'confirmed')
  const twice = second.core().act(mark('70003', 'm1'))
  await until(() => second.book().projection.outbox.find(twice.ok ? twice.value : '')?.state === 'confirmed')
  // So it is; that it was somebody else's doing is said.
  const told = second.book().projection.outbox.find(twice.ok ? twice.value : '')
  expect(told?.already?.by).toBe('Ada Test')
  expect(second.core().act(mark('70002', 'FC#28'))).toEqual({ ok: false, error: 'not-your-committee' })
  expect(second.book().projection.outbox.entries.size).toBe(1)
})

test('[O4] what was typed while the server was away is done when it is back', async () => {
  const dataDir = directory()
  const desk = await atHub({ dataDir })
  await desk.server.stop()
  await until(() => desk.core().link.view().state !== 'live')
  const typed = desk.core().act({ does: 'attendance.mark', elector: '70001', committee: 'm1', notes: '' } as never)
  expect([typed.ok, desk.book().projection.outbox.waiting.size]).toEqual([true, 1])
  await hub({ dataDir, port: desk.server.port })
  desk.core().link.tryNow()
  await until(() => desk.book().projection.outbox.waiting.size === 0)
  await until(() => desk.attended().includes('70001'))
})

test('[Q53] a disk that refused and takes again: nothing is shown meanwhile, then everything, and the link is live', async () => {
  const desk = await atHub({}, { clock: hurriedClock() })
  desk.disk.failWith('full')
  await desk.other.mark('70001')
  await until(() => desk.faults.includes('full'))
  expect([desk.attended(), desk.trusts()]).toEqual([[], ['doubtful']])
  expect(desk.core().act({ does: 'guarantee.set-status', id: 1 as never, status: 'PENDING' })).toMatchObject({
    error: 'not-saved',
  })
  desk.disk.failWith(null)
  await until(() => desk.attended().join() === '70001')
  await until(() => !desk.trusts().includes('doubtful'))
  await desk.untilLive()
}, 30_000)

test('[Q51] another server: windows start anew, nothing of the first is shown, and journals are apart', async () => {
  const desk = await atHub()
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  const heard: string[] = []
  const feed = sourcesOf(desk.desk).attendance(AttendanceQuery.parse({}), (key) => heard.push(key))
  onTestFinished(() => feed.stop())
  expect(feed.snapshot().total).toBe(1)
  const firstId = desk.core().server.id
  const second = await hub({ seed: smallSeed({ name: 'Another' }, 4) })
  heard.length = 0
  await desk.connect(second.url)
  expect(heard).toContain(EVERYTHING)
  expect(feed.snapshot().total).toBe(0)
  await desk.signIn(ADMIN, SECRET)
  await (await signIn(second.url)).mark('70003')
  await until(
    () =>
      feed
        .snapshot()
        .rows.map(({ elector }) => String(elector))
        .join() === '70003',
  )
  const names = [firstId, desk.core().server.id].map((id) => `${id}-1-rehearsal`)
  expect(names.map((name) => events(desk.disk, name).filter(({ is }) => is === 'opened').length)).toEqual([1, 1])
  expect(JSON.stringify(events(desk.disk, names[0]!))).not.toContain('70003')

  await desk.desk.choose(firstId)
  expect(feed.snapshot().rows.map(({ elector }) => String(elector))).toEqual(['70001'])
})

test('[Q56] the next run shows the last known figures before anything is read, in doubt', async () => {
  const desk = await atHub()
  await desk.other.mark('70001')
  await until(() => desk.attended().length === 1)
  const { disk, vault } = desk
  desk.stop()
  await desk.server.stop()
  const next = realDesk({ disk, vault })
  expect(await next.desk.start()).toEqual({ ok: true, value: undefined })
  expect([next.attended(), next.trusts()]).toEqual([['70001'], ['doubtful']])
  expect(next.core().session.user()?.email).toBe(ADMIN)
})

test('[Q54] a desk stopped while it starts dials nothing and writes nothing', async () => {
  const desk = await atHub()
  const { disk, vault } = desk
  desk.stop()
  const name = `${desk.desk.view().servers[0]!.id}-1-rehearsal`
  const next = realDesk({ disk, vault })
  // While the tokens are being taken from the keychain.
  const off = next.desk.core.onReplaced(() => {
    off()
    queueMicrotask(() => next.desk.stop())
  })
  await next.desk.start()
  const rows = disk.rows(name).length
  const asked = next.asked.length
  // Long enough for a call to this server and back, several times over.
  for (let call = 0; call < 5; call++) await signIn(desk.server.url)
  expect([next.dialled, next.asked.slice(asked), disk.rows(name).length]).toEqual([[], [], rows])
})

test('[J30] settings that do not read keep the console from starting, with the field and the remedy', async () => {
  const disk = memoryDisk()
  disk.writeSettings({ version: 1, servers: 'none', chosen: null, books: {} })
  const { desk } = realDesk({ disk })
  expect(await desk.start()).toMatchObject({
    ok: false,
    error: { is: 'corrupt', detail: expect.stringContaining('servers') },
  })
  expect(desk.core.now()).toBeNull()
})

test('[P29] with nothing open each stream shows that nothing is known, in the contract’s words', () => {
  const { desk } = realDesk()
  const sources = sourcesOf(desk)
  for (const [name, source] of Object.entries(sources)) {
    const { input, snapshot } = contract.streams[name as keyof typeof contract.streams]
    const asked = input.safeParse(
      name === 'turnout' ? { committee: null, span: null } : input.safeParse(null).success ? null : {},
    )
    const open = source as Source<unknown, unknown, unknown> // each is asked with what its own contract parsed
    const feed = open(asked.data, () => {})
    const parsed = snapshot.safeParse(feed.snapshot())
    expect(parsed.error, name).toBeUndefined()
    feed.stop()
  }
})

test('[J110] a journal says who worked at this desk, from when to when', async () => {
  const desk = await atHub()
  const name = desk.core().journal() ?? ''
  await desk.core().session.signOut()
  await until(() => events(desk.disk, name).some(({ did }) => did === 'signed-out'))
  const told = events(desk.disk, name).filter(({ is }) => is === 'operator')
  expect(told).toEqual([
    { is: 'operator', did: 'signed-in', by: ADMIN },
    { is: 'operator', did: 'signed-out', by: ADMIN },
  ])
})
