import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { ACCOUNTS, PASSWORD } from '../../doubles/election-server/seed.ts'
import { RULES, Suite } from '../../contract/backend/suite.ts'
import { deskAt, peerWith, type RealDesk, until } from './desk.ts'
import type { Peer } from './start.ts'

/** Between two people who come, ms. */
const APART = 400

/** Somebody comes, and no signal tells of it. */
const arrives = (peer: Peer, elector: string, id: number): void =>
  peer.write(
    `INSERT INTO peer_attendance (id, elector_id, committee_id, marked_by_id, attended_at, notes, status, device_info)
     VALUES (${id}, '${elector}', 1, 1, '2026-03-07 06:00:00', '', 'ATTENDED', '{}')`,
  )
const mark = (peer: Peer, elector: string) =>
  peer.call(ACCOUNTS.admin, 'POST', '/api/attendees/mark/', { kocId: elector, committeeCode: 'm1' })
const live = (desk: RealDesk) => until(() => expect(desk.view()).toMatchObject({ state: 'live', by: 'socket' }))
const came = (desk: RealDesk) =>
  [...(desk.book()?.projection.of('attendance').values() ?? [])].map(({ record }) => String(record.elector))

test.concurrent.for([ACCOUNTS.admin, ACCOUNTS.user])(
  '[E87] a day at %s ends with what Django’s database holds',
  async (email, { onTestFinished: ends }) => {
    const peer = await peerWith(ends, { phase: 'COUNTING' })
    const desk = await deskAt(ends, peer, email)
    const as = (who: string, method: string, path: string, body?: unknown) =>
      peer.call(who, method, `/api/${path}`, body)
    expect((await mark(peer, '0100001')).status).toBe(201)
    await as(ACCOUNTS.other, 'POST', 'guarantees/', { elector: '0100011' })
    await as(ACCOUNTS.admin, 'POST', 'attendees/add-pending-elector/', { kocId: '0200001', committeeCode: 'm1' })
    const { candidates, committees } = {
      candidates: peer.database().all('candidates'),
      committees: peer.database().all('committees'),
    }
    for (const place of committees) {
      const voteCounts = candidates.map(({ id }, at) => ({ candidateId: id, voteCount: 3 + at }))
      const body = { committeeId: place.id, voteCounts, totalBallotsCast: 40, invalidBallots: 2, notes: '' }
      expect((await as(ACCOUNTS.supervisor, 'POST', 'voting/vote-counts/bulk_entry/', body)).status).toBe(201)
    }
    for (const entry of peer.database().all('entries'))
      expect((await as(ACCOUNTS.admin, 'PATCH', `voting/committee-entries/${entry.id}/verify/`)).status).toBe(200)
    expect((await as(ACCOUNTS.admin, 'POST', 'voting/results/generate/')).status).toBe(201)
    expect((await as(ACCOUNTS.admin, 'POST', 'voting/results/publish/')).status).toBe(200)
    await as(ACCOUNTS.admin, 'PATCH', 'elections/1/', { status: 'CLOSED' })
    await desk.settled()
    expect(peer.truth(email).results.results).toMatchObject({ status: 'PUBLISHED', cast: 160 })
  },
)

test.concurrent('[E88] a frame of a write that Django then rolled back shows as provisional and goes', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends, { phase: 'COUNTING' })
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  const voteCounts = [
    { candidateId: 1, voteCount: 1234 },
    { candidateId: 999_999, voteCount: 1 },
  ]
  const body = { committeeId: 1, voteCounts, totalBallotsCast: 1235, invalidBallots: 0, notes: '' }
  const answer = await peer.call(ACCOUNTS.admin, 'POST', '/api/voting/vote-counts/bulk_entry/', body)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([500, 'text/html'])
  await until(() => expect(desk.book()?.projection.of('count').size).toBe(1))
  expect(desk.read()).not.toContain('counts')
  await desk.settled()
  expect(desk.book()?.projection.of('count').size).toBe(0)
  expect(desk.book()?.projection.phantoms).toBe(1)
})

test.concurrent('[E89] a membership that lapsed leaves a socket that hears nothing; the desk finds out and opens another', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends, { groupExpiry: 2 })
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  const dials = desk.meters.dials.length
  for (let elector = 1; desk.meters.dials.length === dials && elector < 50; elector++) {
    await mark(peer, `01000${String(elector).padStart(2, '0')}`)
    await wait(APART)
  }
  expect(desk.meters.dials.length).toBeGreaterThan(dials)
  await desk.settled()
})

test.concurrent('[E90] Daphne’s limit of a socket’s life is an unasked-for 1000, and the desk comes back', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends, { daphne: ['--websocket_timeout', '3'] })
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  const dials = desk.meters.dials.length
  await until(() => expect(desk.meters.dials.length).toBeGreaterThan(dials))
  expect(desk.views.some(({ cause }) => cause?.proof.includes('1000'))).toBe(true)
  await mark(peer, '0100001')
  await desk.settled()
})

test.concurrent.for(['SIGTERM', 'SIGKILL'] as const)(
  '[E91] what happened while Daphne was away after a %s is there when it is back',
  async (signal, { onTestFinished: ends }) => {
    const peer = await peerWith(ends)
    const desk = await deskAt(ends, peer, ACCOUNTS.admin)
    await peer.web.now().end(signal)
    await until(() => expect(desk.view().state).not.toBe('live'))
    arrives(peer, '0100003', 1)
    for (const state of desk.trusts()) expect(state).toBe('doubtful')
    await peer.web.start()
    desk.core().link.tryNow()
    await live(desk)
    await desk.settled()
    expect(came(desk)).toEqual(['0100003'])
  },
)

test.concurrent('[E92] Daphne standing still, its sockets open: silence is named, nothing is claimed, and all is well after', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends)
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  peer.web.now().freeze()
  arrives(peer, '0100003', 1)
  await until(() => expect(desk.view().cause?.code).toMatch(/^(silent|timed-out)$/))
  for (const state of desk.trusts()) expect(state).toBe('doubtful')
  peer.web.now().thaw()
  desk.core().link.tryNow()
  await live(desk)
  await desk.settled()
})

test.concurrent('[E93] Redis killed: the desk polls and shows what is written meanwhile; with a new Redis it hears again', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends)
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  await peer.redis.now().end('SIGKILL')
  await until(() => expect(desk.view()).toMatchObject({ by: 'polling', cause: { code: 'layer-down' } }))
  expect((await mark(peer, '0100001')).status).toBe(201)
  await until(() => expect(came(desk)).toEqual(['0100001']))
  await peer.redis.start()
  desk.core().link.tryNow()
  await live(desk)
  expect((await mark(peer, '0100002')).status).toBe(201)
  await until(() => expect(came(desk)).toContain('0100002'))
  await desk.settled()
})

test.concurrent('[E94] Redis standing still: what no frame tells is read all the same, and a write nobody answers puts the figures in doubt', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends)
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  peer.redis.now().freeze()
  arrives(peer, '0100003', 1)
  await until(() => expect(came(desk)).toEqual(['0100003']))
  // The write waits for Redis inside its transaction; Django 3.2 has one thread for all of REST, which waits behind it.
  const pending = mark(peer, '0100004')
  await until(() => {
    for (const state of desk.trusts()) expect(state).toBe('doubtful')
  })
  expect(came(desk)).toEqual(['0100003'])
  peer.redis.now().thaw()
  expect((await pending).status).toBe(201)
  desk.core().link.tryNow()
  await live(desk)
  await desk.settled()
  expect(came(desk).toSorted()).toEqual(['0100003', '0100004'])
})

test.concurrent('[E95] a mark whose answer never came, because Redis stood still, is done once and is told so', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends)
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  peer.redis.now().freeze()
  const typed = desk.core().act({ does: 'attendance.mark', elector: '0100005', committee: 'm1', notes: '' } as never)
  const key = typed.ok ? typed.value : ''
  const state = () => desk.book()?.projection.outbox.find(key)?.state
  await until(() => expect(desk.view().state === 'live' && desk.read().length > 0).toBe(false))
  expect(state()).not.toBe('confirmed')
  peer.redis.now().thaw()
  await until(() => expect(state()).toBe('confirmed'))
  await desk.settled()
  expect(peer.database().all('attendance')).toHaveLength(1)
})

test.concurrent('[E96] WSGI, as that server ships: a page where the socket was, named; the desk polls and misses nothing', async ({
  onTestFinished: ends,
}) => {
  const peer = await peerWith(ends, { server: 'wsgi' })
  const desk = await deskAt(ends, peer, ACCOUNTS.admin)
  expect(desk.view()).toMatchObject({ by: 'polling', state: 'live', cause: { code: 'no-socket-there' } })
  expect(desk.view().cause?.proof).toBe('upgrade answered 404 with a page')
  await mark(peer, '0100001')
  await until(() => expect(came(desk)).toEqual(['0100001']))
  await desk.settled()
  const suite = await Suite.at({ url: peer.url, email: ACCOUNTS.admin, password: PASSWORD, origin: null })
  expect([...suite.has]).toEqual(['administrator'])
  for (const rule of RULES) {
    const verdict = await suite.run(rule)
    expect(verdict, rule.title).not.toMatchObject({ is: 'failed' })
    if (rule.needs.length > 0) expect(verdict.is, rule.title).toBe('skipped')
  }
})
