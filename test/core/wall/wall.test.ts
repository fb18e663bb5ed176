import { expect, onTestFinished, test } from 'vitest'
import { handlersOf } from '../../../src/core/handlers.ts'
import { sourcesOf } from '../../../src/core/sources.ts'
import { wallSide } from '../../../src/core/wall/wall-sources.ts'
import { contract } from '../../../src/shared/contract.ts'
import { connect } from '../../../src/shared/rpc/connect.ts'
import { serve } from '../../../src/shared/rpc/serve.ts'
import { wallContract } from '../../../src/shared/wall-contract.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { memoryPortPair } from '../../doubles/memory-port.ts'
import { memoryVault } from '../../doubles/memory-vault.ts'
import { hub, signIn, smallSeed } from '../../hub/fixture.ts'
import { realDesk, until } from '../real-desk.ts'

const PEOPLE = /Elector Number|سارة|Ada|Sami|Dana|Mona|Omar|@|7000\d|6000\d|secret note|Test\b/

/** A time in ms or a port has digits enough to hold any elector's number by chance. */
const withoutTimes = (message: string) => message.replaceAll(/\d{13}|127\.0\.0\.1:\d+|\d+\.\d+/g, '')

/** A hub with people, pledges, marks and notes; and a desk started as a wall. */
async function atHub(own: Parameters<typeof realDesk>[0] = {}) {
  const pledge = { status: 'GUARANTEED', confirmation: 'PENDING', mobile: '60001111', note: 'secret note' } as const
  const seed = smallSeed({ guarantees: [{ collector: 'admin@example.com', elector: '70001', ...pledge }] })
  const server = await hub({ seed })
  const admin = await signIn(server.url)
  await admin.mark('70003', 'm1', { notes: 'secret note' })
  const desk = realDesk(own)
  Object.assign(desk.desk.options.host, { wall: true })
  const made = await admin.post('/api/walls/codes/', { name: 'Lobby' })
  return { ...desk, server, admin, code: String(made.body['data'].code) }
}
type Wall = Awaited<ReturnType<typeof atHub>>

/** A wall's window, and every message that crosses to it. */
function openWindow({ desk }: Wall) {
  const [page, host] = memoryPortPair()
  const crossed: string[] = []
  const core = wallSide({ handlers: handlersOf(desk), sources: sourcesOf(desk) })
  const faults: string[] = []
  const stop = serve(
    wallContract,
    { ...host, send: (message) => (crossed.push(JSON.stringify(message)), host.send(message)) },
    core,
    { soon: queueMicrotask, report: ({ where }) => faults.push(where), checkOutputs: true },
  )
  onTestFinished(stop)
  return { client: connect(contract, page), crossed, faults }
}
const pair = ({ server, code }: Wall, client: ReturnType<typeof openWindow>['client']) =>
  client.call('wall.pair', { url: server.url, plainAccepted: false, code })

test('[V300] a wall is served its own streams and commands, and every other one of the desk is refused', async () => {
  const wall = await atHub()
  const { client } = openWindow(wall)
  const own = new Set<string>(['wall', 'wall-tiles', 'host', 'zone', 'link', 'trust'])
  expect(new Set(Object.keys(wallContract.streams))).toEqual(own)
  for (const name of Object.keys(contract.streams).filter((stream) => !own.has(stream))) {
    const answer = await new Promise((done) => {
      client.watch(name as 'headline', null, {
        onSnapshot: () => done('served'),
        onPatches: () => undefined,
        onRefused: done,
      })
    })
    expect([name, answer]).toEqual([name, 'rejected-input'])
  }
  const commands = new Set<string>(['wall.pair', 'wall.sign-in', 'link.try-now'])
  expect(new Set(Object.keys(wallContract.commands))).toEqual(commands)
  for (const name of Object.keys(contract.commands).filter((command) => !commands.has(command))) {
    expect([name, await client.call(name as 'link.reread', null)]).toEqual([
      name,
      { ok: false, error: 'rejected-input' },
    ])
  }
})

test('[V301] nothing that crosses to a wall names or numbers a person, whoever it is signed in as', async () => {
  const wall = await atHub()
  const { client, crossed, faults } = openWindow(wall)
  const heard: Record<string, unknown> = {}
  for (const name of ['wall', 'wall-tiles', 'host', 'link', 'trust'] as const)
    client.watch(name, null, {
      onSnapshot: (value) => void (heard[name] = value),
      onPatches: (patches) => void (heard[name] = patches.at(-1)),
    })
  // The most that any account could bring along: an administrator's whole view, and everybody's pledges.
  const { url } = wall.server
  const admin = { url, plainAccepted: false, email: 'admin@example.com', password: 'password-1' }
  expect(await client.call('wall.sign-in', admin)).toEqual({ ok: true, value: null })
  await wall.untilLive()
  await until(() => wall.book().figures.guarantees.all.pledged === 1)
  await wall.admin.mark('70005', 'm1', { notes: 'secret note' })
  await until(() => JSON.stringify(heard['wall']).includes('"attended":2'))
  await until(() => JSON.stringify(heard['wall-tiles']).includes('FC#28'))
  expect(await pair(wall, client)).toEqual({ ok: true, value: null })
  await until(() => JSON.stringify(heard['wall']).includes('"standing":"signed-in"'))
  for (const message of crossed) expect(withoutTimes(message)).not.toMatch(PEOPLE)
  expect(faults).toEqual([])
})

test('[V302] a lost link is told without what the server said', async () => {
  const wall = await atHub()
  const { client } = openWindow(wall)
  await pair(wall, client)
  await wall.untilLive()
  await wall.server.stop()
  await until(() => wall.core().link.view().cause !== null)
  const proof = await new Promise((done) =>
    client.watch('link', null, { onSnapshot: (view) => done(view.cause?.proof), onPatches: () => undefined }),
  )
  expect([wall.core().link.view().cause?.proof === '', proof]).toEqual([false, ''])
})

test('[V303] a desk is neither paired nor signed in as a wall', async () => {
  const wall = await atHub()
  Object.assign(wall.desk.options.host, { wall: false })
  const { client } = openWindow(wall)
  expect(await pair(wall, client)).toEqual({ ok: false, error: 'not-a-wall' })
  const account = { url: wall.server.url, plainAccepted: false, email: 'admin@example.com', password: 'password-1' }
  expect(await client.call('wall.sign-in', account)).toEqual({ ok: false, error: 'not-a-wall' })
})

test('[S100] a code makes a session that is kept, restored and live, and the journal behind it names nobody', async () => {
  const [disk, vault] = [memoryDisk(), memoryVault()]
  const wall = await atHub({ disk, vault })
  const { client } = openWindow(wall)
  expect(await client.call('wall.pair', { url: wall.server.url, plainAccepted: false, code: 'WRONG' })).toEqual({
    ok: false,
    error: 'wrong-code',
  })
  expect(await pair(wall, client)).toEqual({ ok: true, value: null })
  await wall.untilLive()
  await until(() => wall.trusts().join() === 'confirmed')
  expect(wall.core().session.user()).toMatchObject({ name: 'Lobby', role: 'VIEWER' })
  expect(wall.book().figures.attendance.attended).toBe(1)
  await wall.admin.mark('70007')
  await until(() => wall.book().figures.attendance.attended === 2)
  const rows = disk.rows(`${wall.core().server.id}-1-rehearsal`).map(({ text }) => text)
  expect(rows.join('\n')).not.toMatch(/Elector Number|سارة|Ada|secret note|"70007"/)
  wall.desk.stop()
  const again = realDesk({ disk, vault })
  await again.desk.start()
  await again.untilLive()
  expect(again.core().session.user()).toMatchObject({ name: 'Lobby', role: 'VIEWER' })
})
