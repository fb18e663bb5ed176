import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeJwt, SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { call, directory, hub, live, signIn } from './fixture.ts'

const login = (url: string, email: string, password: string) =>
  call(url, 'POST', '/api/auth/login/', { body: { email, password } })

test('[B13] sign-in answers with a pair and the account, in the family words', async () => {
  const { url } = await hub()
  const answer = await login(url, 'Admin@Example.com', 'password-1')
  expect(answer.status).toBe(200)
  expect(answer.body['message']).toBe('Login successful')
  expect(answer.body['data'].user).toMatchObject({
    id: 1,
    fullName: 'Ada Test',
    role: 'ADMIN',
    roleDisplay: 'Admin',
    committees: [],
  })
  const claims = decodeJwt(answer.body['data'].access)
  expect(claims).toMatchObject({ token_type: 'access', user_id: 1 })
  expect(Number(claims.exp) - Number(claims.iat)).toBe(3600)
  expect(decodeJwt(answer.body['data'].refresh)).toMatchObject({ token_type: 'refresh' })
})

test('[B13] wrong passwords, unknown and closed accounts are the same 400', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  await admin.patch('/api/users/5/', { isActive: false })
  const wanted = {
    status: 'error',
    data: null,
    message: 'Invalid email or password',
    errors: { nonFieldErrors: ['Invalid email or password'] },
  }
  for (const [email, password] of [
    ['admin@example.com', 'wrong'],
    ['nobody@example.com', 'password-1'],
    ['other@example.com', 'password-1'],
  ] as const) {
    const answer = await login(url, email, password)
    expect(answer.status).toBe(400)
    expect(answer.body).toEqual(wanted)
  }
  const missing = await call(url, 'POST', '/api/auth/login/', { body: { email: 'admin@example.com' } })
  expect(missing.body['errors']).toEqual({ password: ['This field is required.'] })
})

test('[B14] a refresh token is spent by its use', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const refresh = (token: string) => call(url, 'POST', '/api/auth/refresh/', { body: { refresh: token } })
  const first = await refresh(admin.refresh)
  expect(first.status).toBe(200)
  expect(first.body['data'].refresh).not.toBe(admin.refresh)
  const again = await refresh(admin.refresh)
  expect([again.status, again.body['message']]).toEqual([401, 'Token is blacklisted'])
  expect((await call(url, 'GET', '/api/users/me/', { token: first.body['data'].access })).status).toBe(200)
  expect((await refresh(first.body['data'].refresh)).status).toBe(200)
  expect((await refresh(admin.access)).status).toBe(401)
  expect((await refresh('x')).body['message']).toBe('Token is invalid or expired')
  expect((await call(url, 'POST', '/api/auth/refresh/', { body: {} })).status).toBe(401)
})

test('[B14] of two refreshes at the same moment one wins', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const both = await Promise.all(
    [1, 2].map(() => call(url, 'POST', '/api/auth/refresh/', { body: { refresh: admin.refresh } })),
  )
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 401])
})

test('[B15] signing out ends refresh, access and sockets of that sign-in, and no other', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const elsewhere = await signIn(url)
  const line = await live(admin)
  const out = await call(url, 'POST', '/api/auth/logout/', { body: { refresh: admin.refresh } })
  expect(out.status).toBe(200)
  expect((await line.closed).code).toBe(4001)
  expect((await call(url, 'POST', '/api/auth/refresh/', { body: { refresh: admin.refresh } })).status).toBe(401)
  expect((await admin.get('/api/users/me/')).status).toBe(401)
  expect((await elsewhere.get('/api/users/me/')).status).toBe(200)
})

test('[B16] too many wrong passwords for one account make it wait, and the wait ends', async () => {
  let now = Date.now()
  const { url } = await hub({ now: () => now })
  for (let tries = 0; tries < 10; tries += 1) expect((await login(url, 'clerk@example.com', 'no')).status).toBe(400)
  const waiting = await login(url, 'clerk@example.com', 'password-1')
  expect(waiting.status).toBe(429)
  expect(Number(waiting.headers.get('retry-after'))).toBeGreaterThan(200)
  expect((await login(url, 'admin@example.com', 'password-1')).status).toBe(200)
  now += 5 * 60_000
  expect((await login(url, 'clerk@example.com', 'password-1')).status).toBe(200)
})

test('[B16] too many sign-ins from one address are 429 with Retry-After', async () => {
  const { url } = await hub({ limits: { signInsPerMinute: 3 } })
  for (let tries = 0; tries < 3; tries += 1) await login(url, 'admin@example.com', 'password-1')
  const over = await login(url, 'admin@example.com', 'password-1')
  expect(over.status).toBe(429)
  expect(over.body['status']).toBe('error')
  expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('[B17] every access token that is not good is 401', async () => {
  let now = Date.now()
  const { url, store } = await hub({ now: () => now })
  const admin = await signIn(url)
  const member = await signIn(url, 'member')
  const me = (token?: string) => call(url, 'GET', '/api/users/me/', token === undefined ? {} : { token })
  const none = await me()
  expect([none.status, none.body['message']]).toEqual([401, 'Authentication credentials were not provided.'])
  expect(none.headers.get('www-authenticate')).toBe('Bearer realm="api"')
  expect((await me(admin.refresh)).status).toBe(401)
  expect((await me(`${admin.access.slice(0, -2)}xx`)).body['message']).toBe('Given token not valid for any token type')
  const claims = decodeJwt(admin.access)
  const foreign = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32))
  expect((await me(foreign)).status).toBe(401)
  const nobody = await new SignJWT({ ...claims, user_id: 99 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(store.signingKey)
  expect((await me(nobody)).status).toBe(401)
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${admin.access.split('.')[1]}.`
  expect((await me(unsigned)).status).toBe(401)
  await admin.patch(`/api/users/${member.user['id']}/`, { isActive: false })
  expect((await me(member.access)).body['message']).toBe('User is inactive')
  now += 3601_000
  expect((await me(admin.access)).status).toBe(401)
})

test('[B18] passwords are in the store as salted hashes only, and an unknown account costs a hash too', async () => {
  const dataDir = directory()
  const started = await hub({ dataDir })
  const hashes = [1, 2].map((id) => started.store.read((tables) => tables.users.hashOf(id)).value)
  expect(hashes[0]).toMatch(/^scrypt\$\d+\$8\$\d+\$/)
  expect(hashes[0]).not.toBe(hashes[1])
  const admin = await signIn(started.url)
  const change = { oldPassword: 'password-1', newPassword: 'a-better-one', newPasswordConfirm: 'a-better-one' }
  expect((await admin.post('/api/users/change_password/', { ...change, oldPassword: 'wrong' })).status).toBe(400)
  expect((await admin.post('/api/users/change_password/', change)).status).toBe(200)
  expect((await login(started.url, 'admin@example.com', 'password-1')).status).toBe(400)
  expect((await login(started.url, 'admin@example.com', 'a-better-one')).status).toBe(200)
  await started.stop()
  const kept = readFileSync(join(dataDir, 'hub.db')).toString('latin1')
  expect(kept).not.toContain('password-1')
  expect(kept).not.toContain('a-better-one')
})
