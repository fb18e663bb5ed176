import { AUTH_RATE, DATA_RATE } from '../../src/core/backend/rate.ts'
import { UNNUMBERED } from '../../src/core/ingest/reading-plan.ts'
import type { DeskReport, FaultReport } from './run.ts'

/** No read is without doubt longer than two of the longest sweeps and one look at their age, ms. */
const OLDEST_READ = UNNUMBERED.sweep.most * 2 + 6_000

/** Every promise that the run saw broken, in words. */
export function wrongsOf(report: FaultReport): readonly string[] {
  const { code, differences, claims } = report.watch ?? { code: 0, differences: [], claims: [] }
  return [
    ...report.desks.flatMap((desk) => wrongsOfDesk(desk).map((wrong) => `${desk.email}: ${wrong}`)),
    ...(code === 0 ? [] : [`watch ended with ${code}`]),
    ...claims.map((claim) => `watch claimed ${claim}`),
    ...differences.map((difference) => `watch: ${difference.slice(0, 300)}`),
  ]
}

function wrongsOfDesk({ verdict, differences, settledAfter, meters, leaks }: DeskReport): readonly string[] {
  const wrongs: string[] = []
  for (const [what, found] of [
    ['shown wrong without doubt', verdict.violations],
    ['not as at the read that was named', verdict.misread],
  ] as const) {
    const [first] = found
    if (!first) continue
    const { at, topic, record, trust, outOfDate, shown } = first
    wrongs.push(
      `${found.length} ${what}, the first: ${topic} said ${JSON.stringify(trust)} at ${at}, ${record} was ${Math.round(outOfDate)} ms out of date, shown ${shown}`,
    )
  }
  if (verdict.claimsWithoutLink > 0) wrongs.push(`${verdict.claimsWithoutLink} claims without a link`)
  if (verdict.oldestRead > OLDEST_READ) wrongs.push(`a read ${verdict.oldestRead} ms old without doubt`)
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
  // Calls are written down when they are answered, so not in the order they were made.
  const inOrder = moments.map(({ at }) => at).toSorted((a, b) => a - b)
  for (const [to, at] of inOrder.entries()) {
    while (at - (inOrder[from] ?? at) > ms) from++
    most = Math.max(most, to - from + 1)
  }
  return most
}

export function inShort({
  seed,
  mishaps,
  desks,
  watch,
  requests,
  limited,
}: FaultReport): Readonly<Record<string, unknown>> {
  return {
    seed,
    mishaps,
    requests,
    limited,
    watch: watch && { code: watch.code, differences: watch.differences.length, claims: watch.claims.length },
    desks: desks.map(({ email, verdict, settledAfter, meters, phantoms, quarantined, differences }) => ({
      email,
      ...{ settledAfter, phantoms, quarantined, differences: differences.length },
      samples: verdict.samples,
      states: verdict.states,
      differed: verdict.differed,
      differedAndSaid: verdict.differedAndSaid,
      differedAs: verdict.differedAs,
      longestAsRead: verdict.longestAsRead,
      oldestRead: verdict.oldestRead,
      claimsWithoutLink: verdict.claimsWithoutLink,
      violations: verdict.violations.length,
      misread: verdict.misread.length,
      dials: meters.dials.length,
      mostAtOnce: meters.mostAtOnce,
      mostCallsIn10s: mostIn(meters.data, 10_000),
      mostSignInCallsInAMinute: mostIn(meters.auth, 60_000),
      limited: meters.limited,
      signIns: meters.signIns,
    })),
  }
}
