import { z } from 'zod'
import { Shared } from './sharing.ts'
import { UserId } from '../model/ids.ts'
import { Mode } from '../model/records.ts'

export const Role = z.enum(['SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'USER', 'VIEWER'])
export type Role = z.infer<typeof Role>

export const User = z.object({
  id: UserId,
  email: z.string(),
  name: z.string(),
  role: Role,
  /** Committee codes this user may mark attendance in; administrators may everywhere. */
  committees: z.array(z.string()),
})
export type User = z.infer<typeof User>

export const VaultView = z.enum(['keychain', 'locked', 'unavailable', 'memory'])

/** A server this desk knows. `id` names its folder of journals. */
export const ServerProfile = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  name: z.string().min(1).max(80),
  /** `http://` or `https://` origin, without a path. */
  url: z.string().max(300),
  /** What the handshake says it comes from; null: the server's own origin. */
  origin: z.string().max(300).nullable(),
  /** PEM of an extra authority; null: the system's. */
  authority: z.string().max(20_000).nullable(),
  mode: Mode,
  /** Detected at the hello; null before the first one. */
  kind: z.enum(['hub', 'election']).nullable(),
  /** The operator accepted, in words, that this server is spoken to without TLS. */
  plainAccepted: z.boolean(),
})
export type ServerProfile = z.infer<typeof ServerProfile>

/** What the signed-in role may do; a window disables the rest and says why. Nobody signed in: nothing. */
export const May = z.object({
  /** Mark attendance in every committee; else only in `committees`. */
  markAnywhere: z.boolean(),
  /** Committee codes. */
  committees: z.array(z.string()),
  enterCounts: z.boolean(),
  verifyCounts: z.boolean(),
  /** Add results up, and publish them. */
  results: z.boolean(),
  /** Make evidence packs: they hold everybody's names. */
  makeEvidence: z.boolean(),
})
export type May = z.infer<typeof May>

/**
 * This desk's account was taken away by an order of the server. `is`: nothing was to be removed, or it has yet to be; kept
 * because `waiting` typed actions were never answered; removed, `events` of them; could not be removed yet.
 */
export const RevokedView = z.object({
  /** E-mail of the administrator, and of the account. */
  by: z.string(),
  account: z.string(),
  /** UTC ms by the server's clock. */
  at: z.number(),
  wipe: z.boolean(),
  is: z.enum(['locked', 'held', 'wiped', 'failed']),
  waiting: z.number(),
  events: z.number(),
})
export type RevokedView = z.infer<typeof RevokedView>

export const SessionView = z.object({
  state: z.enum(['no-server', 'signed-out', 'signing-in', 'signed-in']),
  server: ServerProfile.nullable(),
  servers: z.array(ServerProfile),
  user: User.nullable(),
  /** Where the tokens are kept. The operator sees it. */
  vault: VaultView,
  /** What the figures are: the open journal's word, which is the server's where it has one. */
  mode: Mode,
  /** The profile says official and the server plays a rehearsal: the figures are the rehearsal's, in a journal apart. */
  modeSurprise: z.boolean(),
  may: May,
  /** Null: no account was revoked here, or somebody signed in since. */
  revoked: RevokedView.nullable(),
  /** What the server, where it is reached, tells all desks of; empty for the plain one, or before it was heard. */
  shares: z.array(Shared),
})
export type SessionView = z.infer<typeof SessionView>
