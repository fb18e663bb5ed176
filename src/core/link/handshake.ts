import { encodeSegment } from '../backend/percent.ts'
import type { DialRequest } from '../ports.ts'
import { LARGEST_FRAME, LINK_WAITS } from './waits.ts'

/** How the handshake proves who we are. A query token is the last resort: it lands in logs. */
export type Method = 'bearer' | 'query' | 'ticket'
/** The operator's choice. `auto`: the header, and another way only when the header is refused. */
export type AuthChoice = 'auto' | Method
/** What the link is told once: how it may sign the handshake, and whether the configured origin is the server's own. */
export type Plan = { readonly auth: AuthChoice; readonly originIsOwn: boolean }
/** A handshake's variant: what is sent to prove who and whence we are. */
export type Variant = { readonly method: Method; readonly origin: 'configured' | 'own' }

/** `url` and `origin`: origins without a path; `origin` null: the server's own. `authority`: PEM of an extra authority. */
export type LinkServer = { readonly url: string; readonly authority: string | null; readonly origin: string | null }

/** The final slash is part of it: without it the server answers 500. */
export const SOCKET_PATH = '/ws/election-updates/'

export const planOf = (auth: AuthChoice, server: LinkServer): Plan => ({
  auth,
  originIsOwn: server.origin === null || bare(server.origin).toLowerCase() === ownOrigin(server).toLowerCase(),
})

/** The dial of one handshake. `secret`: the access token, or the ticket. */
export function dialRequest(server: LinkServer, variant: Variant, secret: string): DialRequest {
  const url = `${bare(server.url).replace(/^http/i, 'ws')}${SOCKET_PATH}`
  const query =
    variant.method === 'bearer' ? '' : `?${variant.method === 'ticket' ? 'ticket' : 'token'}=${encodeSegment(secret)}`
  return {
    url: `${url}${query}`,
    headers: variant.method === 'bearer' ? { authorization: `Bearer ${secret}` } : {},
    origin: variant.origin === 'own' || server.origin === null ? ownOrigin(server) : bare(server.origin),
    timeoutMs: LINK_WAITS.dial,
    maxFrameBytes: LARGEST_FRAME,
    tls: { authority: server.authority },
  }
}

const bare = (url: string): string => url.replace(/\/+$/, '')
const ownOrigin = (server: LinkServer): string => bare(server.url).replace(/^ws/i, 'http')
