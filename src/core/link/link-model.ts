import type { Cause } from '../../shared/model/link.ts'
import type { NetworkFault, UpgradeRefusal } from '../ports.ts'
import type { TokenFault } from '../session/session.ts'
import type { Method, Plan, Variant } from './handshake.ts'
import type { ProbeAnswer, TicketFault } from './probe.ts'

/** The moment of an event: ms of both clocks, and a draw in [0, 1) for whatever wait may follow. */
export type Now = { readonly wall: number; readonly elapsed: number; readonly chance: number }

/** A JSON ping under way. `echo` comes back in its pong; `sentAt`: elapsed ms. */
export type Ping = { readonly echo: number; readonly sentAt: number }
/** Something must be heard by `until`, after sleep the pong to a later ping, or the link is lost. Elapsed ms. */
export type Proof = { readonly from: number; readonly until: number; readonly because: 'asleep' | 'silent' }

/** The life signs of an open socket. All times elapsed ms. */
export type Beat = {
  readonly openedAt: number
  readonly greetedAt: number | null
  readonly recycleAt: number
  readonly pingDueAt: number
  readonly pings: readonly Ping[]
  /** Until then a hold-up of our own forbids to blame the server. */
  readonly notBefore: number
  readonly proof: Proof | null
  /** Wall ms since pongs are missing though other life goes on. */
  readonly stalledSince: number | null
  readonly roundTrip: number | null
  /** Server time minus desk time at the hello, not yet corrected by half a round trip. */
  readonly skewAtHello: number | null
}

/**
 * Whether this server answers pings. Until that is known it is taken to, for all known servers do; `none`: a socket lived 20 s
 * without one, and from then on their want tells nothing, until one comes.
 */
export type Pongs = 'unknown' | 'had' | 'none'

/** What every state carries. */
export type Carried = {
  readonly plan: Plan
  /** Numbers what we wait for: an answer to an older number is late and changes nothing. */
  readonly call: number
  /** Failed tries since the link last held. */
  readonly attempt: number
  /** The variant that worked last, or the first to try; and the one in use. */
  readonly preferred: Variant
  readonly variant: Variant
  /** This desk's place in each window of the backoff, 0 to 1: drawn when the first try fails. */
  readonly place: number
  /** Variants beyond the preferred one, tried in vain since the link last held. */
  readonly triedFallback: boolean
  readonly triedOwnOrigin: boolean
  readonly offersTicket: boolean
  /** No socket is to be had: the console asks every few seconds. */
  readonly polling: boolean
  readonly networkOff: boolean
  readonly cause: Cause | null
  /** When a greeted link was last lost; elapsed ms. */
  readonly heldAt: number | null
  readonly clockSkew: number | null
  readonly pongs: Pongs
  /** The last tick. */
  readonly watch: { readonly wall: number; readonly elapsed: number } | null
}

export type Link = Carried &
  (
    | { readonly at: 'off' }
    /** A token, or a ticket, was asked for. `since`: elapsed ms. */
    | { readonly at: 'token'; readonly fresh: boolean; readonly since: number }
    | { readonly at: 'dialling'; readonly fresh: boolean; readonly since: number }
    /** The upgrade was declined; REST is asked what our token is worth. */
    | { readonly at: 'probing'; readonly fresh: boolean; readonly since: number; readonly refusal: UpgradeRefusal }
    /** The socket is open, the hello awaited. */
    | { readonly at: 'greeting'; readonly beat: Beat }
    | { readonly at: 'catching-up'; readonly beat: Beat }
    | { readonly at: 'live'; readonly beat: Beat }
    /** `until`: wall ms, for the countdown. */
    | { readonly at: 'waiting'; readonly fresh: boolean; readonly until: number }
    /** A person must act. */
    | { readonly at: 'refused' }
    | { readonly at: 'signed-out' }
  )
export type At = Link['at']
export type OpenLink = Extract<Link, { beat: Beat }>

export type LinkEvent =
  | { readonly is: 'start' | 'stop' | 'try-now' | 'caught-up' | 'fallen-behind' }
  | { readonly is: 'suspended' | 'resumed' | 'recycle' | 'signed-in' }
  | { readonly is: 'signed-out'; readonly fault: TokenFault }
  | { readonly is: 'refuse'; readonly cause: Cause }
  | { readonly is: 'network'; readonly up: boolean }
  | { readonly is: 'token'; readonly call: number }
  | { readonly is: 'token-failed'; readonly call: number; readonly fault: TokenFault }
  | { readonly is: 'ticket-failed'; readonly call: number; readonly fault: TicketFault }
  | { readonly is: 'opened'; readonly call: number }
  | { readonly is: 'refusal'; readonly call: number; readonly refusal: UpgradeRefusal }
  | { readonly is: 'fault'; readonly call: number; readonly fault: NetworkFault }
  | { readonly is: 'closed'; readonly call: number; readonly code: number; readonly reason: string }
  | { readonly is: 'probed'; readonly call: number; readonly answer: ProbeAnswer }
  | { readonly is: 'timer'; readonly call: number }
  | { readonly is: 'hello'; readonly ticket: boolean; readonly serverTime: number | null }
  | { readonly is: 'pong'; readonly echo: number | null }
  /** `heardAt`: when the server was last heard, elapsed ms. */
  | { readonly is: 'tick'; readonly heardAt: number | null }

/** What the driver must now do, in order. It decides nothing. */
export type LinkEffect =
  | { readonly do: 'get-token'; readonly call: number; readonly fresh: boolean; readonly method: Method }
  | { readonly do: 'dial'; readonly call: number; readonly variant: Variant }
  | { readonly do: 'probe'; readonly call: number }
  | { readonly do: 'set-timer'; readonly call: number; readonly ms: number }
  | { readonly do: 'clear-timer' }
  /** `politely`: with a close frame; else at once. */
  | { readonly do: 'hang-up'; readonly politely: boolean }
  | { readonly do: 'ping'; readonly echo: number }
  | { readonly do: 'tell-up' }
  | { readonly do: 'tell-down'; readonly cause: Cause }

export type Step = readonly [Link, ...LinkEffect[]]

/** The link before it was started. */
export function offLink(plan: Plan): Link {
  const first: Variant = { method: plan.auth === 'auto' ? 'bearer' : plan.auth, origin: 'configured' }
  return {
    at: 'off',
    plan,
    call: 0,
    attempt: 0,
    place: 0,
    preferred: first,
    variant: first,
    triedFallback: false,
    triedOwnOrigin: false,
    offersTicket: false,
    polling: false,
    networkOff: false,
    cause: null,
    heldAt: null,
    clockSkew: null,
    pongs: 'unknown',
    watch: null,
  }
}

/** What a state hands on to the next: everything but what belongs to it alone. */
export function carried(link: Link): Carried {
  const { plan, call, attempt, place, preferred, variant, triedFallback, triedOwnOrigin, offersTicket } = link
  const { polling, networkOff, cause, heldAt, clockSkew, pongs, watch } = link
  return {
    plan,
    call,
    attempt,
    place,
    preferred,
    variant,
    triedFallback,
    triedOwnOrigin,
    offersTicket,
    polling,
    networkOff,
    cause,
    heldAt,
    clockSkew,
    pongs,
    watch,
  }
}
