import type { LinkView } from '../../shared/model/link.ts'
import type { Health, Meters } from '../../shared/view/meters.ts'

/** Past these the link is called strained, with the reason. Ms, and times in the last hour. */
const LIMITS = { dataAge: 30_000, roundTrip: 1_500, reconnectsAnHour: 4, clockSkew: 2_000 }

/** One word on the link, with its reasons in the order of weight. */
export function verdict(link: LinkView, meters: Meters, reconnectsLastHour: number, now: number): Health {
  const reasons: Health['reasons'] = []
  if (link.state !== 'live') reasons.push('not-live')
  if (link.heardAt !== null && now - link.heardAt > LIMITS.dataAge) reasons.push('data-old')
  const unhealthy = reasons.length > 0
  if (link.roundTrip !== null && link.roundTrip > LIMITS.roundTrip) reasons.push('round-trip-high')
  if (reconnectsLastHour >= LIMITS.reconnectsAnHour) reasons.push('unstable')
  if (meters.quarantined > 0) reasons.push('quarantine')
  if (meters.gaps > 0) reasons.push('gaps')
  if (link.clockSkew !== null && Math.abs(link.clockSkew) > LIMITS.clockSkew) reasons.push('clock-skew')
  if (meters.readFailures > 0 && meters.readFailures * 4 > meters.reads) reasons.push('reads-failing')
  return { verdict: unhealthy ? 'unhealthy' : reasons.length > 0 ? 'strained' : 'healthy', reasons }
}
