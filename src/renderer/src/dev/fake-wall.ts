import type { AppContract } from '../../../shared/contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import type { CommitteeRow, Headline } from '../../../shared/view/board.ts'
import type { SessionView } from '../../../shared/view/session.ts'
import type { WallTile, WallView } from '../../../shared/view/wall.ts'
import type { Scenario } from './scenario.ts'

export function fakeWall(scenario: Scenario, session: SessionView, headline: Headline): WallView {
  const standing =
    scenario.session === 'no-server' || session.state === 'no-server'
      ? 'unpaired'
      : session.state === 'signed-out' || scenario.link === 'signed-out'
        ? 'ended'
        : session.state
  const { election, electors, attended, attendedLast, committees, entries, ballotsCast, latestAttendanceAt } = headline
  return {
    standing,
    server: session.server && { url: session.server.url, kind: session.server.kind },
    mayTooMuch: scenario.overpowered,
    mode: session.mode,
    election: election && { name: election.name, phase: election.phase },
    ...{ electors, attended, committees, ballotsCast, latestAttendanceAt },
    attendedLast: { m15: attendedLast.m15, m60: attendedLast.m60 },
    counted: entries.completed,
    verified: entries.verified,
  }
}

export const fakeTile = ({ id, code, name, condition, electors, attended, lastMarkAt }: CommitteeRow): WallTile => ({
  ...{ id, code, name, condition, electors, attended, lastMarkAt },
})

type Calls = { readonly name: string; readonly input: unknown }[]

/** The code `WRONG` is refused, and the password `wrong`. */
export const fakeWallHandlers = (calls: Calls, begun: () => void) =>
  ({
    'wall.pair': async (input) => {
      calls.push({ name: 'wall.pair', input })
      if (input.code === 'WRONG') return err('wrong-code')
      begun()
      return ok(null)
    },
    'wall.sign-in': async (input) => {
      calls.push({ name: 'wall.sign-in', input: { url: input.url, email: input.email } })
      if (input.password === 'wrong') return err('wrong-credentials')
      begun()
      return ok(null)
    },
  }) satisfies Partial<Handlers<AppContract>>
