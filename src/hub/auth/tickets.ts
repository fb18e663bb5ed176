import { randomBytes } from 'node:crypto'

/** How long a connection ticket may wait for its socket. */
export const TICKET_LIFE_MS = 60_000
/** Tickets that may be out at once; past it the oldest is void. */
const MAY_BE_OUT = 20_000

/** Who a socket belongs to and until when (UTC seconds) it may live unless it shows a newer token. */
export type Admission = { readonly userId: number; readonly sid: string; readonly exp: number }
export type Tickets = {
  issue(admission: Admission): string
  /** The admission, once; null when unknown, used or too old. */
  redeem(ticket: string): Admission | null
}

/** Single-use connection tickets, kept in memory only: they outlive no restart and need not. */
export function ticketsAt(now: () => number): Tickets {
  const out = new Map<string, { readonly admission: Admission; readonly until: number }>()
  const sweep = (): void => {
    for (const [ticket, { until }] of out) {
      if (until > now() && out.size < MAY_BE_OUT) return
      out.delete(ticket)
    }
  }
  return {
    issue: (admission) => {
      sweep()
      const ticket = randomBytes(32).toString('base64url')
      out.set(ticket, { admission, until: now() + TICKET_LIFE_MS })
      return ticket
    },
    redeem: (ticket) => {
      const found = out.get(ticket)
      out.delete(ticket)
      return found !== undefined && found.until > now() ? found.admission : null
    },
  }
}
