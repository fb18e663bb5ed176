import type { LinkState, LinkView } from '../../shared/model/link.ts'
import { assertNever } from '../../shared/result.ts'
import type { Link } from './link-model.ts'
import { LINK_WAITS } from './waits.ts'

/** What the link knows beyond its state, all wall ms. */
export type Contact = {
  /** Any byte on the socket. */
  readonly heardAt: number | null
  /** The last poll that was answered. */
  readonly polledAt: number | null
}

/** The state people see. `now`: wall ms. */
export function shownState(link: Link, { heardAt, polledAt }: Contact, now: number): LinkState {
  switch (link.at) {
    case 'live':
    case 'catching-up':
    case 'refused':
    case 'signed-out':
      return link.at
    case 'off':
      return 'offline'
    case 'token':
    case 'dialling':
    case 'probing':
    case 'greeting':
    case 'waiting': {
      const fresh = polledAt !== null && now - polledAt <= LINK_WAITS.polled
      if (link.polling && fresh) return 'live'
      const contactAt = Math.max(heardAt ?? 0, polledAt ?? 0)
      if (contactAt === 0) return beforeContact(link)
      if (link.networkOff && link.at === 'waiting') return 'offline'
      return now - contactAt < LINK_WAITS.offline ? 'stale' : 'offline'
    }
    default:
      return assertNever(link)
  }
}

/** Nothing was ever heard: the first try is a start like any other, a failed one is not. */
const beforeContact = (link: Link): LinkState =>
  link.polling || (link.attempt === 0 && !link.networkOff) ? 'catching-up' : 'offline'

/** The whole view. `since`: when the shown state began. */
export function linkView(link: Link, contact: Contact, now: number, since: number): LinkView {
  const isUp = 'beat' in link
  return {
    state: shownState(link, contact, now),
    since,
    // A socket that has not greeted carries nothing: what is live until then is so by the polls.
    by: link.polling && (!isUp || link.at === 'greeting') ? 'polling' : 'socket',
    cause: link.cause,
    nextTryAt: link.at === 'waiting' ? link.until : null,
    attempt: link.attempt,
    heardAt: latest(contact.heardAt, contact.polledAt),
    roundTrip: isUp ? link.beat.roundTrip : null,
    clockSkew: link.clockSkew,
  }
}

const latest = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b))

/** Whether a person, or the core, would see a difference. The time of the last byte alone is none. */
export const differs = (a: LinkView, b: LinkView): boolean =>
  a.state !== b.state ||
  a.by !== b.by ||
  a.cause?.code !== b.cause?.code ||
  a.cause?.proof !== b.cause?.proof ||
  a.nextTryAt !== b.nextTryAt ||
  a.attempt !== b.attempt ||
  a.roundTrip !== b.roundTrip ||
  a.clockSkew !== b.clockSkew
