import { AUTH_RATE, DATA_RATE } from '../../src/core/backend/rate.ts'
import { UNNUMBERED } from '../../src/core/ingest/reading-plan.ts'
import type { DeskReport, FaultReport } from './run.ts'

/** No claim stands longer than two of the longest sweeps and one look at their age, ms. */
const OLDEST_CLAIM = UNNUMBERED.sweep.most * 2 + 6_000

/** Every promise that the run saw broken, in words. */
export function wrongsOf(report: FaultReport): readonly string[] {
  const { code, differences } = report.watch ?? { code: 0, differences: [] }
  return [
    ...report.desks.flatMap((desk) => wrongsOfDesk(desk).map((wrong) => `${desk.email}: ${wrong}`)),
    ...(code === 0 ? [] : [`watch ended with ${code}`]),
    ...differences.map((difference) => `watch: ${difference.slice(0, 300)}`),
  ]
}

function wrongsOfDesk({ verdict, differences, settledAfter, meters, leaks }: DeskReport): readonly string[] {
  const wrongs: string[] = []
  const [first] = verdict.falseClaims
  if (first) {
    const { topic, record, trust, outOfDate } = first
    const age = Math.round(outOfDate)
    wrongs.push(
      `${verdict.falseClaims.length} false claims, the first: ${topic} said ${JSON.stringify(trust)} at ${first.at}, ${record} was ${age} ms out of date, shown ${first.shown}`,
    )
  }
  if (verdict.claimsWithoutLink > 0) wrongs.push(`${verdict.claimsWithoutLink} claims without a link`)
  if (verdict.oldestClaim > OLDEST_CLAIM) wrongs.push(`a claim ${verdict.oldestClaim} ms old`)
  if (settledAfter === null)
    wrongs.push(`not settled: ${differences.slice(0, 3).join('; ') || 'equal, but still in doubt'}`)
  if (leaks.length > 0) wrongs.push(`journaled what is not this user's to see: ${leaks.slice(0, 5).join(', ')}`)
  if (meters.mostAtOnce > 1) wrongs.push(`${meters.mostAtOnce} sockets at once`)
  const [data, auth] = [mostIn(meters.data, 10_000), mostIn(meters.auth, 60_000)]
  if (data > DATA_RATE.perSecond * 10 + DATA_RATE.burst) wrongs.push(`${data} calls within 10 s`)
  if (auth > AUTH_RATE.perSecond * 60 + AUTH_RATE.burst) wrongs.push(`${auth} sign-in calls within a minute`)
  return wrongs
}

/** Most moments within one window of `ms`. */
export function mostIn(moments: readonly { readonly at: number }[], ms: number): number {
  let [most, from] = [0, 0]
  for (const [to, { at }] of moments.entries()) {
    while (at - (moments[from]?.at ?? at) > ms) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

export function inShort({ seed, mishaps, desks, requests, limited }: FaultReport): Readonly<Record<string, unknown>> {
  return {
    seed,
    mishaps,
    requests,
    limited,
    desks: desks.map(({ email, verdict, settledAfter, meters, phantoms, quarantined, differences }) => ({
      email,
      ...{ settledAfter, phantoms, quarantined, differences: differences.length },
      samples: verdict.samples,
      states: verdict.states,
      differed: verdict.differed,
      differedAndSaid: verdict.differedAndSaid,
      longestUnsaid: verdict.longestUnsaid,
      oldestClaim: verdict.oldestClaim,
      claimsWithoutLink: verdict.claimsWithoutLink,
      falseClaims: verdict.falseClaims.length,
      dials: meters.dials.length,
      mostAtOnce: meters.mostAtOnce,
      mostCallsIn10s: mostIn(meters.data, 10_000),
      mostSignInCallsInAMinute: mostIn(meters.auth, 60_000),
      limited: meters.limited,
      signIns: meters.signIns,
    })),
  }
}
