import type { Headline } from '../../shared/view/board.ts'
import type { CommitteeRow } from '../../shared/view/board.ts'
import type { User } from '../../shared/view/session.ts'
import type { WallTile, WallView } from '../../shared/view/wall.ts'
import type { Console } from '../console.ts'

/** Roles that may only look, as far as their server knows such a role. */
const MAY_LOOK: ReadonlySet<User['role']> = new Set(['VIEWER', 'USER'])

/** How the wall stands with its server, and the sums; field by field, so that nothing else can come along. */
export function wallView(console: Console, headline: Headline): WallView {
  const { state, server, mode, user } = console.view()
  const { election, electors, attended, attendedLast, committees, entries, ballotsCast, latestAttendanceAt } = headline
  return {
    standing: standingOf(console, state),
    server: server === null ? null : { url: server.url, kind: server.kind },
    mayTooMuch: mode !== 'rehearsal' && user !== null && !MAY_LOOK.has(user.role),
    mode,
    election: election === null ? null : { name: election.name, phase: election.phase },
    electors,
    attended,
    attendedLast: { m15: attendedLast.m15, m60: attendedLast.m60 },
    committees,
    counted: entries.completed,
    verified: entries.verified,
    ballotsCast,
    latestAttendanceAt,
  }
}

/** A wall that has figures had a sign-in once. */
function standingOf(console: Console, state: ReturnType<Console['view']>['state']): WallView['standing'] {
  if (state === 'signed-in' || state === 'signing-in') return state
  return (console.core.now()?.book.now()?.projection.of('election').size ?? 0) > 0 ? 'ended' : 'unpaired'
}

export const wallTile = ({ id, code, name, condition, electors, attended, lastMarkAt }: CommitteeRow): WallTile => ({
  ...{ id, code, name, condition, electors, attended, lastMarkAt },
})
