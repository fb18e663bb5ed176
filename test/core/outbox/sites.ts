import { expect, onTestFinished, vi } from 'vitest'
import type { Action } from '../../../src/core/outbox/action.ts'
import type { Clock } from '../../../src/core/ports.ts'
import type { Wish } from '../../../src/core/outbox/wish.ts'
import { systemClock } from '../../../src/main/node/clock.ts'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { startElectionServer } from '../../doubles/election-server/start.ts'
import { call, hub, type Json, Person, smallSeed } from '../../hub/fixture.ts'
import { hurriedClock, realDesk, until } from '../real-desk.ts'

/** One server of either kind, with the same people and places in it as far as these tests go. */
export type Site = {
  readonly url: string
  readonly email: string
  readonly password: string
  /** Waits of the desk are that much sooner over where a server is read only now and then. */
  readonly clock: Clock
  /** Electors of the committees `m1` and `FC#28`, of whom nobody has come. */
  readonly electors: readonly { readonly number: string; readonly committee: string }[]
}

async function atHub(): Promise<Site> {
  const seed = smallSeed({}, 12)
  const { url } = await hub({ seed })
  return {
    ...{ url, email: 'admin@example.com', password: 'password-1', clock: systemClock() },
    electors: [...seed.electors].map(({ number, committee }) => ({ number, committee: committee })),
  }
}

async function atImitation(): Promise<Site> {
  const server = await startElectionServer({ commitDelay: 0, committees: 2, electorsEach: 8, candidates: 3 })
  onTestFinished(() => server.stop())
  const codeOf = (id: number) => server.db.get('committees', id)!.code
  const promised = new Set(server.db.all('guarantees').map(({ elector }) => elector))
  return {
    ...{ url: server.url, email: ACCOUNTS.admin, password: PASSWORD, clock: hurriedClock() },
    electors: server.db
      .all('electors')
      .filter(({ id }) => !promised.has(id))
      .map(({ id, committee }) => ({ number: id, committee: codeOf(committee) })),
  }
}

export const SITES: readonly (readonly [kind: string, site: () => Promise<Site>])[] = [
  ['hub', atHub],
  ['plain server', atImitation],
]

/** A desk live at the site, and the same account at another desk that is no console of ours. */
export async function deskAt(make: () => Promise<Site>) {
  const site = await make()
  const desk = realDesk({ clock: site.clock })
  await desk.live(site.email, site.password)(site.url)
  const signedIn = await call(site.url, 'POST', '/api/auth/login/', {
    body: { email: site.email, password: site.password },
  })
  const other = new Person(site.url, signedIn.body['data'])
  const act = (action: object, more: Omit<Wish, 'action'> = {}) => {
    const saved = desk.core().acts.act({ action: action as unknown as Action, ...more }) // as the contract would have parsed it
    if (!saved.ok) throw new Error(saved.error)
    return saved.value
  }
  const entry = (key: string) => desk.book().projection.outbox.find(key)!
  const settled = async (key: string) => {
    // A server that numbers nothing is read a few seconds after each change, and not more often.
    await vi.waitFor(() => expect(entry(key).state, JSON.stringify(entry(key))).not.toMatch(/queued|sent/), {
      timeout: 20_000,
      interval: 10,
    })
    return entry(key)
  }
  const cards = () => desk.book().projection.conflicts.view().cards
  const held = <K extends 'attendance' | 'guarantee' | 'count' | 'entry' | 'results'>(kind: K) =>
    [...desk.book().projection.of(kind).values()].map(({ record }) => record as unknown as Json)
  /** Away: the desk is without a line until the answer is called. */
  const away = async () => {
    desk.core().link.stop()
    await until(() => desk.core().link.view().state !== 'live')
    return async () => {
      desk.core().link.start()
      await desk.untilLive()
    }
  }
  const of = (code: string) => site.electors.filter(({ committee }) => committee === code).map(({ number }) => number)
  return { ...desk, site, other, act, entry, settled, cards, held, away, of }
}
