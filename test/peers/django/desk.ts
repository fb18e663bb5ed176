import { expect, type TestContext, vi } from 'vitest'
import type { LinkView } from '../../../src/shared/model/link.ts'
import { TOPICS, type Topic } from '../../../src/shared/model/change.ts'
import { isRead, type TopicTrust } from '../../../src/shared/model/trust.ts'
import { type Desk, startDesk } from '../../faults/desk.ts'
import { differencesOf } from '../../faults/judge.ts'
import { type Peer, type PeerOptions, startPeer } from './start.ts'

/** The desk's clock goes so much faster than the wall: its sweeps come while a test still waits for them. */
export const HASTE = 5

/** What the desk comes to, within the time of a sweep and a retry; wall ms. */
export const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 60_000, interval: 50 })

export type RealDesk = Desk & {
  readonly views: readonly LinkView[]
  view(): LinkView
  trusts(): readonly TopicTrust['state'][]
  /** Topics that are read and wait for nothing. */
  read(): readonly Topic[]
  /** It shows what Django's database holds, and claims so. */
  settled(): Promise<void>
}

/** Where a test says what is to be ended after it: tests of real parts mostly wait, so they run side by side. */
export type Ends = TestContext['onTestFinished']

export async function peerWith(ends: Ends, options: PeerOptions = {}): Promise<Peer> {
  const peer = await startPeer(options)
  ends(() => peer.stop())
  return peer
}

/** A whole console at the peer, live and settled. */
export async function deskAt(ends: Ends, peer: Peer, email: string): Promise<RealDesk> {
  const desk = await startDesk(peer.url, email, { clockFactor: HASTE })
  ends(() => desk.stop())
  const views: LinkView[] = []
  const look = setInterval(() => {
    const view = desk.core().link.view()
    if (views.at(-1)?.cause?.at !== view.cause?.at || views.at(-1)?.state !== view.state) views.push(view)
  }, 5)
  ends(() => clearInterval(look))
  const trust = () =>
    TOPICS.map((topic) => desk.book()?.projection.trust.of(topic)).filter((each) => each !== undefined)
  const read = () => TOPICS.filter((_, at) => trust().some((each, index) => index === at && isRead(each)))
  const real: RealDesk = {
    ...desk,
    views,
    view: () => desk.core().link.view(),
    trusts: () => trust().map(({ state }) => state),
    read,
    settled: () =>
      until(() => {
        expect(read()).toEqual(TOPICS)
        expect(differencesOf(desk.book(), peer.truth(email))).toEqual([])
      }),
  }
  await until(() => expect(real.view()).toMatchObject({ state: 'live' }))
  await real.settled()
  return real
}
