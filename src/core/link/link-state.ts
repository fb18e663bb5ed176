import { assertNever } from '../../shared/result.ts'
import { classify, type Evidence } from './close-cause.ts'
import { answered, demandLife, firstBeat, look, ping, skewOf } from './heartbeat.ts'
import { carried, type Link, type LinkEvent, type Now, type OpenLink, type Step } from './link-model.ts'
import { ask, dial, failed, isOpen, leave, lost, preceded, tidy, wait } from './transitions.ts'
import { BACKOFF } from './backoff.ts'
import { LINK_WAITS } from './waits.ts'

/** The whole of the link's behaviour. Pure; an event that means nothing here changes nothing. */
export function step(link: Link, event: LinkEvent, now: Now): Step {
  if ('call' in event && event.call !== link.call) return [link]
  switch (event.is) {
    case 'start':
      return link.at === 'off'
        ? begin({ ...link, cause: { code: 'starting', proof: 'started', at: now.wall } }, now)
        : [link]
    case 'stop':
      return link.at === 'off' ? [link] : leave(link, 'off', { code: 'unknown', proof: 'stopped here', at: now.wall })
    case 'signed-in':
      return link.at === 'signed-out' ? begin(link, now) : [link]
    case 'signed-out':
      return signedOut(link, event.fault, now)
    case 'refuse':
      return link.at === 'off' ? [link] : leave(link, 'refused', event.cause)
    case 'try-now':
      if (link.at === 'refused') return ask({ ...carried(link), attempt: 0 }, now, true)
      return link.at === 'waiting' ? preceded(tidy(link, false), ask(carried(link), now, link.fresh)) : [link]
    case 'timer':
      return link.at === 'waiting' ? ask(carried(link), now, link.fresh) : [link]
    case 'network':
      return network(link, event.up, now)
    case 'suspended':
      return suspended(link, now)
    case 'resumed':
      return wake(link, now)
    case 'tick':
      return tick(link, event.heardAt, now)
    case 'recycle':
      return isOpen(link) ? lost(link, { is: 'recycled' }, now, true) : [link]
    case 'caught-up':
      return link.at === 'catching-up' ? [{ ...link, at: 'live' }] : [link]
    case 'fallen-behind':
      return link.at === 'live' ? [{ ...link, at: 'catching-up' }] : [link]
    case 'hello':
      return hello(link, event, now)
    case 'pong':
      return pong(link, event.echo, now)
    default:
      return answer(link, event, now)
  }
}

type Answer = Extract<
  LinkEvent,
  { is: 'token' | 'token-failed' | 'ticket-failed' | 'opened' | 'refusal' | 'fault' | 'closed' | 'probed' }
>
/** What came back from an effect; its number was checked. */
function answer(link: Link, event: Answer, now: Now): Step {
  switch (event.is) {
    case 'token':
      return link.at === 'token' ? dial(link, now) : [link]
    case 'token-failed':
      return link.at === 'token' ? failed(link, { is: 'token', fault: event.fault }, now) : [link]
    case 'ticket-failed':
      return link.at === 'token' ? noTicket(link, event.fault, now) : [link]
    case 'opened':
      return link.at === 'dialling'
        ? [{ ...carried(link), at: 'greeting', beat: firstBeat(now) }, { do: 'tell-up' }]
        : [link]
    case 'refusal':
      return link.at === 'dialling' ? failed(link, refusalOf(link, link.fresh, event.refusal, null), now) : [link]
    case 'probed':
      return link.at === 'probing' ? failed(link, refusalOf(link, link.fresh, link.refusal, event.answer), now) : [link]
    case 'fault':
      // A host that calls the end of an open socket a fault means the same.
      if (isOpen(link)) return lost(link, faultOf(link, event.fault, now), now, false)
      return link.at === 'dialling' ? failed(link, faultOf(link, event.fault, now), now) : [link]
    case 'closed': {
      const { code, reason } = event
      if (isOpen(link))
        return lost(link, { is: 'closed', code, reason, lastedMs: now.elapsed - link.beat.openedAt }, now, false)
      return link.at === 'dialling' ? failed(link, { is: 'closed', code, reason, lastedMs: 0 }, now) : [link]
    }
    default:
      return assertNever(event)
  }
}

const refusalOf = (
  link: Link,
  freshToken: boolean,
  refusal: Extract<Evidence, { is: 'refusal' }>['refusal'],
  probe: Extract<Evidence, { is: 'refusal' }>['probe'],
): Evidence => ({
  is: 'refusal',
  refusal,
  probe,
  freshToken,
  ownOrigin: link.plan.originIsOwn || link.triedOwnOrigin || link.variant.origin === 'own',
})

const faultOf = (link: Link, fault: Extract<Evidence, { is: 'fault' }>['fault'], now: Now): Evidence => ({
  is: 'fault',
  fault,
  heldAgoMs: link.heldAt === null ? null : now.elapsed - link.heldAt,
  networkOff: link.networkOff,
})

const begin = (link: Link, now: Now): Step =>
  ask({ ...carried(link), attempt: 0, watch: { wall: now.wall, elapsed: now.elapsed } }, now, false)

function noTicket(
  link: Extract<Link, { at: 'token' }>,
  fault: Extract<LinkEvent, { is: 'ticket-failed' }>['fault'],
  now: Now,
): Step {
  switch (fault.is) {
    case 'token':
      return failed(link, { is: 'token', fault: fault.fault }, now)
    case 'token-bad':
      if (!link.fresh) return ask(carried(link), now, true)
      return failed(link, { is: 'no-ticket', detail: 'the token is refused' }, now)
    case 'not-offered': {
      if (link.plan.auth !== 'auto') return failed(link, { is: 'no-ticket', detail: 'this server offers none' }, now)
      const variant = { ...link.variant, method: 'query' } as const
      return ask({ ...carried(link), offersTicket: false, variant, preferred: variant }, now, link.fresh)
    }
    case 'trouble':
      return failed(link, { is: 'no-ticket', detail: fault.detail }, now)
    default:
      return assertNever(fault)
  }
}

function signedOut(link: Link, fault: Extract<LinkEvent, { is: 'signed-out' }>['fault'], now: Now): Step {
  if (link.at === 'off') return [link]
  const known = fault.is === 'signed-out' ? null : fault.cause
  const cause = known ?? { code: 'signed-out' as const, proof: 'nobody is signed in', at: now.wall }
  if (link.at === 'signed-out') return known === null ? [link] : [{ ...link, cause }]
  return leave(link, 'signed-out', cause)
}

function hello(link: Link, { ticket, serverTime }: Extract<LinkEvent, { is: 'hello' }>, now: Now): Step {
  if (link.at !== 'greeting') return [link]
  const beat = {
    ...link.beat,
    greetedAt: now.elapsed,
    pingDueAt: now.elapsed,
    skewAtHello: serverTime === null ? null : serverTime - now.wall,
  }
  const { effects, beat: pinged } = ping(beat, now)
  // A server that has tickets gets no token in its address again.
  const method = link.variant.method === 'query' && ticket && link.plan.auth === 'auto' ? 'ticket' : link.variant.method
  const preferred = { ...link.variant, method }
  const base = { ...carried(link), preferred, variant: preferred, triedFallback: false, triedOwnOrigin: false }
  return [
    {
      ...base,
      at: 'catching-up',
      beat: pinged,
      offersTicket: ticket,
      polling: false,
      cause: null,
      clockSkew: skewOf(beat) ?? link.clockSkew,
    },
    ...effects,
  ]
}

function pong(link: Link, echo: number | null, now: Now): Step {
  if (!isOpen(link)) return [link]
  const beat = answered(link.beat, echo, now)
  const pongs = beat === link.beat ? link.pongs : 'had'
  return [{ ...link, beat, clockSkew: skewOf(beat) ?? link.clockSkew, pongs }]
}

function network(link: Link, up: boolean, now: Now): Step {
  const next = { ...link, networkOff: !up }
  if (isOpen(next)) {
    const { beat, effects } = ping(demandLife(next.beat, now), now)
    return [{ ...next, beat }, ...effects]
  }
  const abroad = next.at === 'waiting' || next.at === 'dialling'
  // A try begun on the old network would hang; the new one deserves the first try.
  return up && abroad ? preceded(tidy(next, false), ask({ ...carried(next), attempt: 0 }, now, next.fresh)) : [next]
}

const isTrying = (link: Link): link is Extract<Link, { at: 'token' | 'dialling' | 'probing' | 'waiting' }> =>
  link.at === 'token' || link.at === 'dialling' || link.at === 'probing' || link.at === 'waiting'

/** The machine goes to sleep: the socket will not survive it. Should no word of waking come, a timer or a tick does. */
function suspended(link: Link, now: Now): Step {
  if (!isOpen(link) && !isTrying(link)) return [link]
  const cause = { code: 'asleep' as const, proof: 'this computer goes to sleep', at: now.wall }
  const base = { ...carried(link), cause, attempt: 0 }
  const effects = [...tidy(link, false), ...(isOpen(link) ? [{ do: 'tell-down' as const, cause }] : [])]
  return preceded(effects, wait(base, now, { retryAfterMs: null }, false, BACKOFF.longest))
}

/** The machine woke: whatever was under way is dead, and the first try is due. */
function wake(link: Link, now: Now): Step {
  const watched = { ...link, watch: { wall: now.wall, elapsed: now.elapsed } }
  if (isOpen(watched)) return lost(watched, { is: 'asleep' }, now, true)
  if (!isTrying(watched)) return [watched]
  return preceded(tidy(watched, false), ask({ ...carried(watched), variant: link.preferred, attempt: 0 }, now, false))
}

function tick(link: Link, heardAt: number | null, now: Now): Step {
  const { watch: last } = link
  const watched = { ...link, watch: { wall: now.wall, elapsed: now.elapsed } }
  if (last === null) return [watched]
  const passed = now.elapsed - last.elapsed
  const ahead = now.wall - last.wall - passed
  if (ahead >= LINK_WAITS.slept) return wake(watched, now)
  const late = passed >= LINK_WAITS.tick + LINK_WAITS.lateTick
  if (isOpen(watched)) {
    // A clock set back may hide a sleep from which the other clock says nothing.
    const beat = -ahead >= LINK_WAITS.slept ? demandLife(watched.beat, now) : watched.beat
    return watchOpen({ ...watched, beat }, heardAt, now, { passed, late })
  }
  if (!isTrying(watched)) return [watched]
  if (passed >= LINK_WAITS.tick + LINK_WAITS.slept) return wake(watched, now)
  if (watched.at === 'waiting') return [watched]
  const waited = now.elapsed - watched.since
  if (waited < LINK_WAITS.forgotten) return [{ ...watched, cause: overdue(watched, watched.at, waited, now) }]
  return preceded(tidy(watched, false), failed(watched, { is: 'forgotten' }, now))
}

function watchOpen(link: OpenLink, heardAt: number | null, now: Now, held: { passed: number; late: boolean }): Step {
  const seen = look(link.beat, now, { heardAt, pongs: link.pongs }, held)
  if (seen.is !== 'well') {
    const pongs = seen.is === 'behind' && link.pongs === 'unknown' ? 'none' : link.pongs
    return lost({ ...link, pongs }, seen, now, true)
  }
  const cause = link.at === 'greeting' ? overdue(link, 'greeting', now.elapsed - link.beat.openedAt, now) : link.cause
  return [{ ...link, beat: seen.beat, cause }, ...seen.effects]
}

/** Names what is waited for once it is overdue, for the person who looks; the try goes on. */
function overdue(link: Link, on: Extract<Evidence, { is: 'slow' }>['on'], ms: number, now: Now): Link['cause'] {
  if (ms < LINK_WAITS.overdue) return link.cause
  const { code, proof } = classify({ is: 'slow', on, ms })
  return link.cause?.code === code ? link.cause : { code, proof, at: now.wall }
}
