import type { LinkView } from '../../shared/model/link.ts'
import type { Health } from '../../shared/view/meters.ts'

/** Past these the link is called strained, with the reason. Ms, times in the last hour, and a share. */
const LIMITS = { dataAge: 30_000, roundTrip: 1_500, reconnectsAnHour: 4, clockSkew: 2_000, failedReads: 0.25 }

/** What happened in the last hour, and whether the disk refuses now. */
export type Lately = {
  readonly reconnects: number
  readonly quarantined: number
  readonly gaps: number
  readonly reads: number
  readonly readFailures: number
  readonly journalFails: boolean
}

/** One word on the link, with its reasons in the order of weight. What is over an hour old is no reason any more. */
export function verdict(link: LinkView, lately: Lately, now: number): Health {
  const reasons: Health['reasons'] = []
  if (link.state !== 'live') reasons.push('not-live')
  if (lately.journalFails) reasons.push('journal-failing')
  if (link.heardAt !== null && now - link.heardAt > LIMITS.dataAge) reasons.push('data-old')
  const isUnhealthy = reasons.length > 0
  if (link.roundTrip !== null && link.roundTrip > LIMITS.roundTrip) reasons.push('round-trip-high')
  if (lately.reconnects >= LIMITS.reconnectsAnHour) reasons.push('unstable')
  if (lately.quarantined > 0) reasons.push('quarantine')
  if (lately.gaps > 0) reasons.push('gaps')
  if (link.clockSkew !== null && Math.abs(link.clockSkew) > LIMITS.clockSkew) reasons.push('clock-skew')
  if (lately.readFailures > lately.reads * LIMITS.failedReads) reasons.push('reads-failing')
  return { verdict: isUnhealthy ? 'unhealthy' : reasons.length > 0 ? 'strained' : 'healthy', reasons }
}
