import type { Cause } from '../../shared/model/link.ts'
import { assertNever } from '../../shared/result.ts'
import { backoff } from './backoff.ts'
import { classify, type Evidence, type Finding } from './close-cause.ts'
import {
  carried,
  offLink,
  type Carried,
  type Link,
  type LinkEffect,
  type Now,
  type OpenLink,
  type Step,
} from './link-model.ts'
import { LINK_WAITS } from './waits.ts'

/** After so many failures in a row the handshake's variants are tried anew. */
const START_OVER = 8

export const preceded = (effects: readonly LinkEffect[], [next, ...more]: Step): Step => [next, ...effects, ...more]

/** Ask for a token: the begin of each try. */
export function ask(from: Carried, now: Now, fresh: boolean): Step {
  const call = from.call + 1
  return [
    { ...from, at: 'token', call, fresh, since: now.elapsed },
    { do: 'get-token', call, fresh, method: from.variant.method },
  ]
}

export function dial(link: Extract<Link, { at: 'token' }>, now: Now): Step {
  const call = link.call + 1
  return [
    { ...carried(link), at: 'dialling', call, fresh: link.fresh, since: now.elapsed },
    { do: 'dial', call, variant: link.variant },
  ]
}

/** What a link leaves behind when it is left: a socket, a timer. Call numbers make the rest harmless. */
export function tidy(link: Link, politely: boolean): readonly LinkEffect[] {
  switch (link.at) {
    case 'dialling':
    case 'greeting':
    case 'catching-up':
    case 'live':
      return [{ do: 'hang-up', politely }]
    case 'waiting':
      return [{ do: 'clear-timer' }]
    case 'off':
    case 'token':
    case 'probing':
    case 'refused':
    case 'signed-out':
      return []
    default:
      return assertNever(link)
  }
}

export const isOpen = (link: Link): link is OpenLink =>
  link.at === 'greeting' || link.at === 'catching-up' || link.at === 'live'
const told = (link: Link, cause: Cause): readonly LinkEffect[] => (isOpen(link) ? [{ do: 'tell-down', cause }] : [])

/** Leaves for good, or until a person acts. */
export function leave(link: Link, at: 'off' | 'refused' | 'signed-out', cause: Cause): Step {
  const effects = [...tidy(link, true), ...told(link, cause)]
  const base = { ...settled(link), cause, call: link.call + 1, attempt: 0, polling: false }
  return [{ ...base, at }, ...effects]
}

/** A try failed, before or after it was asked what that means. */
export function failed(link: Link, evidence: Evidence, now: Now): Step {
  return follow({ ...carried(link), attempt: link.attempt + 1 }, evidence, now, link)
}

/** An open socket is no more. `hangUp`: it is ours to end. */
export function lost(link: OpenLink, evidence: Evidence, now: Now, hangUp: boolean): Step {
  const { greetedAt } = link.beat
  const wasGood = greetedAt !== null && now.elapsed - greetedAt >= LINK_WAITS.goodLife
  const ours = evidence.is === 'asleep' || evidence.is === 'recycled'
  const base = {
    ...carried(link),
    attempt: wasGood || ours ? 0 : link.attempt + 1,
    heldAt: greetedAt === null ? link.heldAt : now.elapsed,
  }
  const politely = evidence.is === 'recycled'
  const { code, proof } = classify(evidence)
  const cause = { code, proof, at: now.wall }
  return preceded([...(hangUp ? tidy(link, politely) : []), ...told(link, cause)], follow(base, evidence, now, link))
}

/** What follows from the evidence. */
function follow(from: Carried, evidence: Evidence, now: Now, link: Link): Step {
  const found = classify(evidence)
  const base: Carried = { ...from, cause: { code: found.code, proof: found.proof, at: now.wall } }
  switch (found.verdict) {
    case 'retry':
      return wait(base, now, found, false)
    case 'spread':
      return wait(base, now, found, false, from.attempt === 0 ? now.chance * LINK_WAITS.restartSpread : 0)
    case 'fresh-token':
      return freshToken(base, evidence, now, found)
    case 'ask':
      return evidence.is === 'refusal'
        ? probe({ ...base, attempt: link.attempt }, evidence, now)
        : wait(base, now, found, false)
    case 'poll':
      return poll(base, evidence, now, found)
    case 'no-socket': {
      const asked = LINK_WAITS.noSocket * (0.9 + 0.2 * now.chance)
      return wait({ ...base, polling: true }, now, found, false, asked)
    }
    case 'refused':
    case 'signed-out':
      return [{ ...base, at: found.verdict, attempt: 0, polling: false }]
    default:
      return assertNever(found.verdict)
  }
}

function probe(base: Carried, evidence: Extract<Evidence, { is: 'refusal' }>, now: Now): Step {
  const call = base.call + 1
  const { refusal, freshToken: fresh } = evidence
  return [
    { ...base, at: 'probing', call, fresh, since: now.elapsed, refusal },
    { do: 'probe', call },
  ]
}

/** A token that was kept and is refused is replaced in the same try; a new one that is refused waits its turn. */
function freshToken(base: Carried, evidence: Evidence, now: Now, found: Finding): Step {
  const first = evidence.is === 'refusal' && !evidence.freshToken
  return first ? ask({ ...base, attempt: base.attempt - 1 }, now, true) : wait(base, now, found, true)
}

/** REST answers and the socket does not: poll, after the handshake was tried in every way there is. */
function poll(base: Carried, evidence: Evidence, now: Now, found: Finding): Step {
  const denied = evidence.is === 'refusal' && evidence.probe !== null
  const other = denied ? nextVariant(base) : null
  if (other !== null) return ask({ ...other, attempt: base.attempt - 1 }, now, false)
  const over = base.attempt % START_OVER === 0
  return wait(over ? { ...settled(base), polling: true } : { ...base, polling: true }, now, found, false)
}

/** Header, preceded ticket or query, preceded the server's own origin: each once until the link held again. */
function nextVariant(base: Carried): Carried | null {
  const { plan, variant } = base
  if (plan.auth === 'auto' && variant.method === 'bearer' && variant.origin === 'configured' && !base.triedFallback) {
    const method = base.offersTicket ? 'ticket' : 'query'
    return { ...base, triedFallback: true, variant: { ...variant, method } }
  }
  if (!plan.originIsOwn && variant.origin === 'configured' && !base.triedOwnOrigin)
    return { ...base, triedOwnOrigin: true, variant: { method: base.preferred.method, origin: 'own' } }
  return null
}

/** Forgets what was learned of the handshake. */
const settled = (from: Carried): Carried => {
  const { preferred } = offLink(from.plan)
  return { ...pick(from), preferred, variant: preferred, triedFallback: false, triedOwnOrigin: false }
}
const pick = (from: Carried): Carried => carried({ ...from, at: 'off' })

/** Waits, or not at all: the first try after good life begins at once. */
export function wait(from: Carried, now: Now, found: Pick<Finding, 'retryAfterMs'>, fresh: boolean, least = 0): Step {
  const place = from.attempt <= 1 ? now.chance : from.place
  const base = { ...from, place, variant: from.preferred }
  const asked = found.retryAfterMs === null ? 0 : found.retryAfterMs * (1 + 0.25 * now.chance)
  const ms = Math.ceil(Math.max(backoff(base.attempt, place), asked, least))
  if (base.attempt === 0 && ms === 0) return ask(base, now, fresh)
  const call = base.call + 1
  return [
    { ...base, at: 'waiting', call, fresh, until: now.wall + ms },
    { do: 'set-timer', call, ms },
  ]
}
