import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startHub } from '../../src/hub/hub.ts'
import { call, directory, hub, live, signIn, smallSeed, wsUrl, Line } from './fixture.ts'

const options = { host: '127.0.0.1', port: 0, mode: 'rehearsal' } as const

async function faultOf(over: object): Promise<{ is: string; sentence: string }> {
  const started = await startHub({ ...options, dataDir: null, ...over })
  if (started.ok) {
    await started.value.stop()
    throw new Error('it started')
  }
  return started.error
}

test('[B1] the hub says its port, answers there, and after stop nothing listens', async () => {
  const started = await hub()
  expect(started.url).toBe(`http://127.0.0.1:${started.port}`)
  expect(started.port).toBeGreaterThan(0)
  const line = await live(await signIn(started.url))
  await Promise.all([started.stop(), started.stop()])
  expect((await line.closed).code).toBe(1012)
  await expect(fetch(started.url)).rejects.toThrow()
  const again = await hub({ port: started.port })
  expect(again.port).toBe(started.port)
})

test('[B2] a port in use and an address of another machine are faults with a sentence', async () => {
  const first = await hub()
  const taken = await faultOf({ port: first.port, seed: smallSeed() })
  expect(taken.is).toBe('port-in-use')
  expect(taken.sentence).toContain(String(first.port))
  const elsewhere = await faultOf({ host: '192.0.2.7' })
  expect(elsewhere.is).toBe('address-refused')
})

test('[B2] a data directory that is a file, in use, damaged or of another mode is a fault with a sentence', async () => {
  const base = directory()
  writeFileSync(join(base, 'file'), 'x')
  expect(await faultOf({ dataDir: join(base, 'file') })).toMatchObject({ is: 'data-unwritable' })
  const inUse = join(base, 'used')
  const first = await hub({ dataDir: inUse })
  expect(await faultOf({ dataDir: inUse })).toMatchObject({ is: 'data-in-use' })
  await first.stop()
  const mixed = await faultOf({ dataDir: inUse, mode: 'official' })
  expect(mixed).toMatchObject({ is: 'mode-mismatch' })
  expect(mixed.sentence).toContain('rehearsal')
  mkdirSync(join(base, 'bad'))
  writeFileSync(join(base, 'bad', 'hub.db'), 'this was never a store, however long it is made to look '.repeat(100))
  const damaged = await faultOf({ dataDir: join(base, 'bad') })
  expect(damaged).toMatchObject({ is: 'store-corrupt' })
  expect(damaged.sentence).toContain('hub.db')
})

test('[B2] a read-only data directory is a fault', async (context) => {
  if (process.getuid?.() === 0) return context.skip('skipped: as root, whom no right stops')
  const path = directory()
  chmodSync(path, 0o500)
  expect(await faultOf({ dataDir: path })).toMatchObject({ is: 'data-unwritable' })
})

test('[B2] a seed that names what it does not hold changes nothing', async () => {
  const path = directory()
  const seed = smallSeed({
    guarantees: [
      {
        collector: 'nobody@example.com',
        elector: '70001',
        status: 'PENDING',
        confirmation: 'PENDING',
        mobile: '',
        note: '',
      },
    ],
  })
  const fault = await faultOf({ dataDir: path, seed })
  expect(fault.is).toBe('seed-refused')
  expect(fault.sentence).toContain('nobody@example.com')
  const after = await hub({ dataDir: path })
  expect((await (await signIn(after.url)).get('/api/elections/')).body['data']).toHaveLength(1)
})

test('[B3] users, marks and numbering survive a restart, and a second seed is left alone', async () => {
  const dataDir = directory()
  const first = await hub({ dataDir })
  const admin = await signIn(first.url)
  await admin.mark('70001')
  await first.stop()
  const second = await hub({ dataDir, seed: smallSeed({ name: 'Another' }) })
  expect(second.epoch).toBe(first.epoch)
  admin.base = second.url
  const list = await admin.get('/api/attendees/')
  expect(list.body['data']).toHaveLength(1)
  expect(list.body['meta'].position).toEqual({ epoch: first.epoch, seq: 1 })
  expect((await admin.get('/api/elections/')).body['data'][0].name).toBe('Sample Election')
  expect((await admin.mark('70003')).body['meta'].position.seq).toBe(2)
})

test('[B4] an official hub refuses a rehearsal seed', async () => {
  expect(await faultOf({ mode: 'official', seed: smallSeed() })).toMatchObject({ is: 'mode-mismatch' })
})

test('[B5] stop tells every desk that it restarts', async () => {
  const started = await hub()
  const lines = [await live(await signIn(started.url)), await live(await signIn(started.url, 'clerk'))]
  await started.stop()
  for (const line of lines) expect(await line.closed).toEqual({ code: 1012, reason: 'restarting' })
})

test('[B41] a store put back from a copy begins a new epoch, an untouched one does not', async () => {
  const dataDir = directory()
  const copy = join(directory(), 'copy.db')
  const first = await hub({ dataDir })
  await (await signIn(first.url)).mark('70001')
  await first.stop()
  copyFileSync(join(dataDir, 'hub.db'), copy)
  const second = await hub({ dataDir })
  expect(second.epoch).toBe(first.epoch)
  const admin = await signIn(second.url)
  await admin.mark('70003')
  await second.stop()
  expect(JSON.parse(readFileSync(join(dataDir, 'high-water.json'), 'utf8'))).toMatchObject({ seq: 2 })
  rmSync(join(dataDir, 'hub.db'))
  rmSync(join(dataDir, 'hub.db-wal'), { force: true })
  copyFileSync(copy, join(dataDir, 'hub.db'))
  const third = await hub({ dataDir })
  expect(third.epoch).not.toBe(first.epoch)
  const again = await signIn(third.url)
  const line = new Line(wsUrl(third.url), { headers: { authorization: `Bearer ${again.access}` } })
  await line.until((frame) => frame['type'] === 'connection_success')
  line.send({ type: 'resume', epoch: first.epoch, since: 1 })
  expect(await line.until((frame) => frame['type'] === 'resync')).toMatchObject({
    because: 'epoch',
    epoch: third.epoch,
  })
  expect(existsSync(join(dataDir, 'high-water.json.new'))).toBe(false)
  expect((await call(third.url, 'GET', '/api/attendees/', { token: again.access })).body['data']).toHaveLength(1)
})
