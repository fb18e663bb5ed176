import { expect, test } from 'vitest'
import type { Revocation } from '../../../src/core/session/revocation.ts'
import { createSession } from '../../../src/core/session/create-session.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { json, ScriptedHttp, success } from '../../doubles/scripted-http.ts'
import { ScriptedVault } from '../../doubles/scripted-vault.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { accessToken } from '../../doubles/tokens.ts'

/** Which answers are an order, and what becomes of the sign-in. */

const USER = { id: 7, email: 'dana@ems.example', fullName: 'Dana Test', role: 'USER', committees: [] }
const ORDER = {
  code: 'account_revoked',
  order: '0f2c9d7e-order',
  by: 'admin@ems.example',
  at: 1_894_694_400_000,
  wipe: true,
  account: { id: 7, email: 'Dana@ems.example' },
}

/** A signed-in desk whose next refresh is answered so. `noted`: whether the order could be written down. */
async function answered(status: number, errors: unknown, noted = true) {
  const [clock, http, vault] = [new ManualClock(), new ScriptedHttp(), new ScriptedVault()]
  const access = accessToken(clock.now(), 3_600_000)
  http.on('POST', /login/, success({ access, refresh: 'refresh-0', user: USER }))
  const server = { url: 'https://ems.example', authority: null }
  const parts = { http: http.http, clock, random: fixedRandom(0), vault, log: new LogLines(), server, vaultName: 'ems' }
  const session = createSession(parts)
  await session.signIn('dana@ems.example', 'opensesame')
  const heard: Revocation[] = []
  const atHearing: number[] = []
  session.onRevoked((order) => {
    heard.push(order)
    atHearing.push(vault.kept.size)
    return noted
  })
  const body = { status: 'error', data: null, message: 'no', ...(errors === undefined ? {} : { errors }) }
  http.on('POST', /refresh/, json(status, body))
  await clock.advance(11_000)
  await session.token(true)
  await clock.settle()
  return { state: session.state(), heard, atHearing, kept: vault.kept.size }
}

test('[J121] the order of a hub to this very account is heard before the sign-in leaves the vault', async () => {
  expect(await answered(401, ORDER)).toMatchObject({
    state: 'signed-out',
    heard: [{ order: '0f2c9d7e-order', by: 'admin@ems.example', wipe: true }],
    atHearing: [1],
    kept: 0,
  })
})

test('[J122] an order that could not be written down leaves the sign-in, so that it is heard again', async () => {
  expect(await answered(401, ORDER, false)).toMatchObject({ state: 'signed-out', heard: [{}], kept: 1 })
})

const without = (name: keyof typeof ORDER) => Object.fromEntries(Object.entries(ORDER).filter(([key]) => key !== name))

test.each([
  ['a plain 401', 401, undefined],
  ['another code', 401, { ...ORDER, code: 'token_not_valid' }],
  ['another account', 401, { ...ORDER, account: { id: 8, email: 'dana@ems.example' } }],
  ['another address', 401, { ...ORDER, account: { id: 7, email: 'omar@ems.example' } }],
  ['no name of whoever ordered it', 401, without('by')],
  ['no word on the wipe', 401, without('wipe')],
  ['no name of its own', 401, without('order')],
  ['a word for a yes', 401, { ...ORDER, wipe: 'true' }],
])('[J121] %s is a refusal, which signs out and orders nothing', async (_, status, errors) => {
  expect(await answered(status, errors)).toMatchObject({ state: 'signed-out', heard: [], kept: 0 })
})

test.each([403, 400, 404, 500, 503])(
  '[J121] a %d orders nothing and signs nobody out, whatever it says',
  async (status) => {
    expect(await answered(status, ORDER)).toMatchObject({ state: 'signed-in', heard: [], kept: 1 })
  },
)
