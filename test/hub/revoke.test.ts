import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { call, directory, hub, live, type Person, signIn } from './fixture.ts'

/** An account taken away, as its desks are told. */

const refresh = (person: Person) =>
  call(person.base, 'POST', '/api/auth/refresh/', { body: { refresh: person.refresh } })

test('[J117] the answer to the account itself is an order, with who gave it; its sockets end; nobody else is told', async () => {
  const { url, desks } = await hub()
  const [admin, clerk, other] = [await signIn(url), await signIn(url, 'clerk'), await signIn(url, 'other')]
  const line = await live(clerk)
  const done = await admin.post(`/api/users/${clerk.user['id']}/revoke/`, { wipe: true })
  expect([done.status, done.body['data']]).toMatchObject([200, { by: 'admin@example.com', wipe: true }])
  expect((await line.closed).code).toBe(4001)
  expect(desks.count).toBe(0)
  const told = await refresh(clerk)
  expect([told.status, told.body['errors']]).toMatchObject([
    401,
    {
      code: 'account_revoked',
      order: done.body['data'].id,
      by: 'admin@example.com',
      wipe: true,
      account: { id: clerk.user['id'], email: 'clerk@example.com' },
    },
  ])
  expect((await clerk.get('/api/users/me/')).body['errors']).toBeUndefined()
  expect((await refresh(other)).status).toBe(200)
  const wrong = await call(url, 'POST', '/api/auth/refresh/', { body: { refresh: `${clerk.refresh}x` } })
  expect([wrong.status, wrong.body['errors']]).toEqual([401, undefined])
})

test('[J117] only an administrator orders it, not of their own account; opening the account takes it back', async () => {
  const { url } = await hub()
  const [admin, lead, clerk] = [await signIn(url), await signIn(url, 'supervisor'), await signIn(url, 'clerk')]
  const path = `/api/users/${clerk.user['id']}/revoke/`
  expect((await lead.post(path)).status).toBe(403)
  expect((await admin.post(`/api/users/${admin.user['id']}/revoke/`)).status).toBe(400)
  expect((await admin.post('/api/users/999/revoke/')).status).toBe(404)
  expect((await admin.post(path)).body['data'].wipe).toBe(false)
  expect((await refresh(clerk)).body['errors'].wipe).toBe(false)
  await admin.patch(`/api/users/${clerk.user['id']}/`, { is_active: true })
  expect((await refresh(clerk)).status).toBe(200)
  const again = await signIn(url, 'clerk')
  await admin.patch(`/api/users/${clerk.user['id']}/`, { is_active: false })
  const closed = await refresh(again)
  expect([closed.status, closed.body['errors']]).toEqual([401, undefined])
})

test('[J117] a closed account is no order, and a token whose time is over is told of one all the same', async () => {
  let now = Date.parse('2030-01-15T06:00:00Z')
  const { url } = await hub({ now: () => now })
  const [admin, clerk, other] = [await signIn(url), await signIn(url, 'clerk'), await signIn(url, 'other')]
  await admin.patch(`/api/users/${other.user['id']}/`, { is_active: false })
  const closed = await refresh(other)
  expect([closed.status, closed.body['errors']]).toEqual([401, undefined])
  await admin.post(`/api/users/${clerk.user['id']}/revoke/`)
  now += 400 * 86_400_000
  expect((await refresh(clerk)).body['errors'].code).toBe('account_revoked')
  expect((await refresh(other)).body['errors']).toBeUndefined()
})

test('[J117] a store from before orders is taken up, and orders outlive a restart', async () => {
  const dataDir = directory()
  const first = await hub({ dataDir })
  await first.stop()
  const file = new DatabaseSync(join(dataDir, 'hub.db'))
  file.exec('DROP TABLE revocations; PRAGMA user_version = 2')
  file.close()
  const second = await hub({ dataDir })
  const [admin, clerk] = [await signIn(second.url), await signIn(second.url, 'clerk')]
  await admin.post(`/api/users/${clerk.user['id']}/revoke/`, { wipe: true })
  await second.stop()
  const third = await hub({ dataDir })
  clerk.base = third.url
  expect((await refresh(clerk)).body['errors'].wipe).toBe(true)
})
