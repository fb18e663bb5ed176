import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Ability } from '../../contract/backend/rule.ts'
import { RULES, Suite } from '../../contract/backend/suite.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { type Peer, startPeer } from './start.ts'

/** What no server of Django's, unchanged, has. */
const BEYOND: ReadonlySet<Ability> = new Set([
  ...(['seq', 'resume', 'authenticate', 'ticket', 'idempotency', 'bulk_mark', 'calls', 'remarks', 'double'] as const), // each an ability
])

/** A history of a pledge, which this peer does not keep. */
const NOT_KEPT: ReadonlySet<string> = new Set(['W174'])

let peer: Peer
let suites: ReadonlyMap<string, Suite>

beforeAll(async () => {
  peer = await startPeer()
  const at = (email: string) => Suite.at({ url: peer.url, email, password: PASSWORD, origin: null })
  suites = new Map([
    ['administrator', await at(ACCOUNTS.admin)],
    ['user', await at(ACCOUNTS.user)],
  ])
})
afterAll(() => peer?.stop())

const cases = RULES.flatMap((rule) => ['administrator', 'user'].map((who) => ({ rule, who, title: rule.title })))

test.each(cases)('[E80] as $who, $rule.id: $title', async ({ rule, who }) => {
  const lack = rule.needs.find((ability) => BEYOND.has(ability))
  const verdict = await suites.get(who)?.run(rule)
  expect(verdict).toEqual(
    lack === undefined && !NOT_KEPT.has(rule.id) ? { is: 'passed' } : { is: 'skipped', lack: expect.anything() },
  )
})
