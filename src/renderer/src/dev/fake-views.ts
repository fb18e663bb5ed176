import { UserId } from '../../../shared/model/ids.ts'
import type { Headline, Span, TurnoutPoint } from '../../../shared/view/board.ts'
import type { RevokedView, SessionView } from '../../../shared/view/session.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './world.ts'

export const USER = {
  id: UserId.parse(1),
  email: 'chief@example.org',
  name: 'Noura Al-Sabah',
  role: 'ADMIN',
  committees: [],
} as const satisfies NonNullable<SessionView['user']>

export function sessionOf(scenario: Scenario): SessionView {
  const server = {
    id: 'headquarters',
    name: scenario.mode === 'rehearsal' ? 'Built-in rehearsal' : 'Headquarters',
    url: 'http://127.0.0.1:8000',
    origin: null,
    authority: null,
    mode: scenario.mode,
    kind: 'hub' as const, // the literal the schema names
    plainAccepted: true,
  }
  const none = scenario.session === 'no-server'
  return {
    revoked: scenario.revoked ? revokedAs(scenario.revoked) : null,
    state: scenario.session,
    server: none ? null : server,
    servers: none ? [] : [server],
    user: scenario.session === 'signed-in' ? { ...USER, id: UserId.parse(scenario.clerk ? 2 : 1) } : null,
    vault: scenario.vault,
    mode: scenario.mode,
    modeSurprise: scenario.surprise,
    shares: scenario.unnumbered ? [] : ['calls', 'remarks', 'double'],
    may: scenario.clerk
      ? {
          markAnywhere: false,
          committees: ['m1', 'm2'],
          enterCounts: false,
          verifyCounts: false,
          results: false,
          makeEvidence: false,
        }
      : {
          markAnywhere: scenario.session === 'signed-in',
          committees: [],
          enterCounts: true,
          verifyCounts: true,
          results: true,
          makeEvidence: true,
        },
  }
}

const revokedAs = (is: RevokedView['is']): RevokedView => ({
  by: 'chief@example.org',
  account: 'dana@example.org',
  at: Date.UTC(2026, 10, 21, 9, 30),
  wipe: is !== 'locked',
  is,
  waiting: is === 'held' ? 3 : 0,
  events: is === 'wiped' ? 48_213 : 0,
})

/** Six in ten, from an hour before the first mark for twelve hours. */
function expectedOf({ turnout, committees }: World): Headline['expected'] {
  const first = turnout[0]
  const last = turnout.at(-1)
  if (!first || !last) return null
  const [opens, closes] = [first.at - 3_600_000, first.at + 11 * 3_600_000]
  const electors = committees.reduce((so, row) => so + row.electors, 0)
  return { share: 0.6, opens, closes, now: Math.round((0.6 * electors * (last.at - opens)) / (closes - opens)) }
}

export function headlineOf(world: World, scenario: Scenario): Headline {
  const sum = (read: (row: World['committees'][number]) => number) =>
    world.committees.reduce((so, row) => so + read(row), 0)
  const attended = sum((row) => row.attended)
  const pledged = sum((row) => row.pledged)
  const lively = !scenario.quiet
  const entries = (states: readonly string[]) => world.committees.filter((row) => states.includes(row.entry)).length
  return {
    election: scenario.election ? world.election : null,
    electors: sum((row) => row.electors),
    attended,
    expected: lively ? expectedOf(world) : null,
    pendingAttendance: sum((row) => row.pending),
    attendedLast: lively ? { m15: 212, m30: 401, m60: 766 } : { m15: 0, m30: 0, m60: 0 },
    guarantees: Math.floor(pledged * 1.12),
    pledged,
    confirmed: Math.floor(pledged * 0.51),
    notAvailable: Math.floor(pledged * 0.06),
    pledgedAttended: sum((row) => row.pledgedAttended),
    promised: { electors: pledged, seen: sum((row) => row.pledgedAttended), beyond: 0 },
    committees: world.committees.length,
    entries: {
      started: entries(['IN_PROGRESS']),
      completed: entries(['COMPLETED', 'VERIFIED']),
      verified: entries(['VERIFIED']),
    },
    ballotsCast: sum((row) => row.ballotsCast),
    ballotsInvalid: scenario.counting ? 31 : 0,
    votes: sum((row) => row.votes),
    votesVerified: Math.floor(sum((row) => row.votes) * 0.4),
    latestAttendanceAt: world.attendance[0]?.attendedAt ?? null,
  }
}

export function resultsOf(world: World, scenario: Scenario, startedAt: number) {
  if (!scenario.counting) return null
  const headline = headlineOf(world, scenario)
  return {
    status: 'PRELIMINARY' as const, // the literal the schema names
    electors: headline.electors,
    attendance: headline.attended,
    cast: headline.ballotsCast,
    valid: headline.ballotsCast - 31,
    invalid: 31,
    generatedAt: startedAt - 240_000,
    publishedAt: null,
    candidates: [...world.candidates]
      .sort((a, b) => a.rank - b.rank)
      .map((row) => ({ number: row.number, name: row.name, party: row.party ?? '', votes: row.votes, rank: row.rank })),
  }
}

/** The curve with the way to its target; of a part of the day one point a minute, between those there are. */
export function turnoutIn(world: World, scenario: Scenario, span: Span | null): TurnoutPoint[] {
  const way = scenario.quiet ? null : expectedOf(world)
  const electors = world.committees.reduce((so, row) => so + row.electors, 0)
  const expected = (at: number) =>
    way && Math.round(way.share * electors * Math.min(1, Math.max(0, (at - way.opens) / (way.closes - way.opens))))
  const points = world.turnout.map((point) => ({ ...point, expected: expected(point.at) }))
  if (span === null) return points
  return points
    .flatMap((point, index) => {
      const next = points[index + 1]
      if (!next || next.at < span.from || point.at > span.to) return []
      const between = (part: number, a: number, b: number) => Math.floor(a + part * (b - a))
      return Array.from({ length: 5 }, (_, minute) => ({
        at: between(minute / 5, point.at, next.at),
        attended: between(minute / 5, point.attended, next.attended),
        pledgedAttended: between(minute / 5, point.pledgedAttended, next.pledgedAttended),
        expected: expected(between(minute / 5, point.at, next.at)),
      }))
    })
    .slice(0, 240)
}
