import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LinkView } from '../../src/shared/model/link.ts'
import type { SessionView } from '../../src/shared/view/session.ts'
import { waitFor } from '../electron/shell.ts'
import { HubServer } from './hub-server.ts'
import { keychainSession, type KeychainSession } from './keychain-session.ts'
import {
  card,
  connectIn,
  crossed,
  heap,
  heardOn,
  isLive,
  kept,
  linkState,
  plant,
  shows,
  signOutIn,
  textOf,
} from './page-world.ts'
import { isBuilt, NOT_BUILT, runForJson } from './program.ts'
import { type RecordingProxy, recordingProxy } from './recording-proxy.ts'
import { type Desk, NO_CHROMIUM, shellKinds } from './shells.ts'
import { ADMIN, PASSWORD } from './small-election.ts'

/** One day at a desk, in every shell alike: a rehearsal, a real hub, what goes wrong on the way, and the evening. */

const missing = isBuilt ? NO_CHROMIUM : NOT_BUILT
if (missing) console.info(`skipped: a day in both shells, because ${missing}`)

/** Short, so that several are had in one test; the console renews it at three quarters of it. */
const ACCESS_SECONDS = 8

describe.skipIf(missing !== null).each(missing ? [] : shellKinds())('a day in $name', (kind) => {
  let keychain: KeychainSession
  let hub: HubServer
  let proxy: RecordingProxy
  let desk: Desk
  let first: Page
  let second: Page
  beforeAll(async () => {
    keychain = await keychainSession()
    hub = await HubServer.start(ACCESS_SECONDS)
    proxy = await recordingProxy(hub.port)
    desk = await kind.start()
    first = await desk.openWindow()
  })
  afterAll(async () => {
    const code = await desk?.stop()
    await proxy?.stop()
    await hub?.stop()
    await keychain?.stop()
    expect(code).toBe(0)
  })
  const account = () => ({ url: proxy.url, email: ADMIN, password: PASSWORD })

  test('[E1] a rehearsal starts by itself, says so on the screen, and its figures move', async () => {
    await isLive(first)
    await first.getByRole('region', { name: 'Rehearsal' }).waitFor()
    expect(await textOf(first)).toContain('Made-up data. Nothing here is a real vote.')
    const begin = await waitFor('a turnout', async () => (await card(first, 'Turnout')) ?? null)
    await waitFor('more electors', async () =>
      ((await card(first, 'Turnout'))?.value ?? 0) > begin.value ? true : null,
    )
  })

  test('[E2] one click from the rehearsal a person connects to their server and signs in; no rehearsal mark is left', async () => {
    await connectIn(first, account())
    await shows(first, 0)
    expect(await card(first, 'Turnout')).toEqual({ value: 0, of: hub.truth().electors })
    expect(await first.getByRole('region', { name: 'Rehearsal' }).count()).toBe(0)
  })

  test('[E3] an attendance marked over REST appears on the boards of two open windows', async () => {
    second = await desk.openWindow()
    await isLive(second)
    await hub.mark(1001, 1002)
    await Promise.all([shows(first, 2), shows(second, 2)])
    expect(hub.truth().attended).toBe(2)
  })

  test('[E4] a token that ends in the day is renewed unseen: nobody is signed out and the socket lives on', async () => {
    const [refreshes, sockets] = [proxy.refreshes(), proxy.sockets()]
    const begun = (await heardOn<LinkView>(first, 'link')).length
    const one = await waitFor('a refresh', async () => (proxy.refreshes() > refreshes ? proxy.refreshes() : null))
    await hub.mark(1003)
    await Promise.all([shows(first, 3), shows(second, 3)])
    await waitFor('another refresh', async () => (proxy.refreshes() > one ? true : null))
    await hub.mark(1004)
    await Promise.all([shows(first, 4), shows(second, 4)])
    expect(proxy.sockets()).toBe(sockets)
    const links = (await heardOn<LinkView>(first, 'link')).slice(begun)
    expect(links.filter((view) => view.state !== 'live')).toEqual([])
    const sessions = (await heardOn<SessionView>(second, 'session')).map((view) => view.state)
    expect(new Set(sessions)).toEqual(new Set(['signed-in']))
  })

  test('[E5] a hub killed and started again: Stale with a countdown, Catching up, Live, and nothing is missing', async () => {
    const begun = (await heardOn<LinkView>(first, 'link')).length
    await hub.mark(1005)
    await hub.kill()
    await waitFor('the bar of a lost link', async () => ((await linkState(first)) === 'stale' ? true : null))
    const bar = first.getByRole('region', { name: 'Not live' })
    await waitFor('a countdown', async () => (/next try in \d+ s|trying now/.test(await bar.innerText()) ? true : null))
    const letGo = proxy.holdAfterHello()
    await hub.comeBack()
    await hub.mark(1006)
    await waitFor('catching up', async () => ((await linkState(first)) === 'catching-up' ? true : null))
    expect(await bar.innerText()).toContain('reading what was missed')
    letGo()
    await Promise.all([isLive(first), isLive(second)])
    await Promise.all([shows(first, 6), shows(second, 6)])
    const states = (await heardOn<LinkView>(first, 'link')).slice(begun).map((view) => view.state)
    const turns = states.filter((state, index) => state !== states[index - 1] && state !== 'live')
    expect([turns[0], turns.at(-1), states.at(-1)]).toEqual(['stale', 'catching-up', 'live'])
    await waitFor('no doubt', async () => ((await first.locator('[data-trust=doubtful]').count()) === 0 ? true : null))
    await sameAsHub(desk, hub)
  })

  test('[E6] no window ever holds a token: not in a message, not in its storage, not in its heap', async () => {
    const tokens = proxy.tokens()
    expect(tokens.length).toBeGreaterThanOrEqual(6)
    for (const page of [first, second]) {
      const messages = await crossed(page)
      expect(messages.length).toBeGreaterThan(50)
      const text = messages.map((message) => message.text).join('\n')
      const stored = await kept(page)
      const memory = await heap(page)
      for (const each of [text, stored, memory]) expect(each).not.toMatch(/eyJ[\w-]{8,}\.[\w-]{8,}\./)
      for (const token of tokens) for (const part of partsOf(token)) expect(memory.includes(part)).toBe(false)
    }
    // The same look finds a token that is there.
    await plant(second, tokens[0] ?? '')
    expect((await heap(second)).includes(tokens[0] ?? '')).toBe(true)
    await second.reload()
  })

  test('[E7] signing out erases the tokens: from the keychain, from the windows, and they never were on the disk', async () => {
    if (keychain.is === 'session')
      await waitFor('the token in the keychain', async () => ((await keychain.secrets()).length > 0 ? true : null))
    await signOutIn(first)
    await second.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(await keychain.secrets()).toEqual([])
    const tokens = proxy.tokens()
    const memory = await heap(first)
    for (const token of tokens) for (const part of partsOf(token)) expect(memory.includes(part)).toBe(false)
    const files = readdirSync(desk.data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(2)
    for (const file of files) {
      const bytes = readFileSync(join(file.parentPath, file.name)).toString('latin1')
      for (const token of tokens) for (const part of partsOf(token)) expect(bytes.includes(part), file.name).toBe(false)
      expect(bytes.includes(PASSWORD), file.name).toBe(false)
    }
    const answer = await hub.admin.call('POST', '/api/auth/refresh/', {
      token: null,
      body: { refresh: refreshIn(tokens) },
    })
    expect(answer.status).toBe(401)
  })

  test('[E8] whoever signs in again finds the board as it was, in every window', async () => {
    await first.getByLabel('Email').fill(ADMIN)
    await first.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await first.getByRole('button', { name: 'Sign in', exact: true }).click()
    await Promise.all([shows(first, 6), shows(second, 6)])
    await Promise.all([isLive(first), isLive(second)])
  })
})

/** What is secret about a token: what it says, and its signature. */
const partsOf = (token: string): readonly string[] => token.split('.').slice(1)
/** The refresh token seen last. */
const refreshIn = (tokens: readonly string[]): string =>
  tokens.findLast((token) =>
    Buffer.from(token.split('.')[1] ?? '', 'base64url')
      .toString()
      .includes('"refresh"'),
  ) ?? ''

type Mark = { readonly id: number; readonly elector: string; readonly status: string }
type Pledge = Mark & { readonly confirmation: string; readonly note: string }
type State = {
  readonly attendance: Readonly<Record<string, Mark>>
  readonly guarantees: Readonly<Record<string, Pledge>>
}

/** The journal of the desk, folded by the command, against the database of the hub. */
async function sameAsHub(desk: Desk, hub: HubServer): Promise<void> {
  const state = await runForJson<State>(['state', '--data', desk.data])
  const truth = hub.truth()
  const inOrder = <T extends Mark>(records: Readonly<Record<string, T>>) =>
    Object.values(records).toSorted((a, b) => a.id - b.id)
  expect(inOrder(state.attendance).map(({ id, elector, status }) => ({ id, elector, status }))).toEqual(
    truth.attendance,
  )
  expect(
    inOrder(state.guarantees).map(({ id, elector, status, confirmation, note }) => ({
      ...{ id, elector, status, confirmation, note },
    })),
  ).toEqual(truth.guarantees)
}
