import { z } from 'zod'
import { KeepMb, PartMb } from '../shared/keeping-contract.ts'
import { Mode } from '../shared/model/records.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { AlertSettings, DEFAULT_ALERTS } from '../shared/view/incident.ts'
import { MOST_VIEWS, SavedView } from '../shared/view/saved-views.ts'
import { RevokedView, ServerProfile } from '../shared/view/session.ts'
import { DEFAULT_ZONE, Zone } from '../shared/zone.ts'
import type { Disk, DiskFault } from './ports.ts'

const StoredIdentity = z.object({ server: z.string(), election: z.number().int(), mode: Mode })

/** An order of a server about an account, and how far it was carried out. */
const Revoked = RevokedView.extend({
  /** The order's own name. */
  order: z.string(),
  /** UTC ms by this desk's clock. */
  heardAt: z.number(),
  /** Whether the account's sign-in may still lie in the keychain. */
  signIn: z.enum(['left', 'gone']),
})
export type Revoked = z.infer<typeof Revoked>

/** What a desk remembers between runs, beside its journals and its keychain. */
const Settings = z.object({
  version: z.literal(1),
  servers: z.array(ServerProfile).max(100),
  /** The server chosen last; null: none yet. */
  chosen: z.string().nullable(),
  /** The journal last used with each server. */
  books: z.record(z.string(), StoredIdentity),
  /** Absent in files of earlier versions. */
  alerts: AlertSettings.default(DEFAULT_ALERTS),
  /** Lists as somebody at this desk wants them again. */
  views: z.array(SavedView).max(MOST_VIEWS).default([]),
  /** By server. */
  revoked: z.record(z.string(), Revoked).default({}),
  /** Where the election is held: no server says so, and all windows of a desk tell the same time. */
  zone: Zone.default(DEFAULT_ZONE),
  /** MB after which a journal goes on in a new part; null: what the program thinks best. */
  journalPartMb: PartMb.nullable().default(null),
  /** MB of one journal past which its oldest parts are let go; null: none ever is. */
  journalKeepMb: KeepMb.nullable().default(null),
})
export type Settings = z.infer<typeof Settings>
export const NO_SETTINGS: Settings = {
  version: 1,
  servers: [],
  chosen: null,
  books: {},
  alerts: DEFAULT_ALERTS,
  views: [],
  revoked: {},
  zone: DEFAULT_ZONE,
  journalPartMb: null,
  journalKeepMb: null,
}

/** Settings as stored; defaults when there are none. A file that is not ours is a fault, never silently replaced. */
export function readSettings(disk: Disk): Result<Settings, DiskFault> {
  const read = disk.readSettings()
  return read.ok ? parseSettings(read.value) : read
}

/** The same of a value already read; null: never written. */
export function parseSettings(stored: unknown): Result<Settings, DiskFault> {
  if (stored === null) return ok(NO_SETTINGS)
  const parsed = Settings.safeParse(stored)
  if (parsed.success) return ok(parsed.data)
  const [issue] = parsed.error.issues
  return err({ is: 'corrupt', detail: `settings.json: ${issue?.path.join('.')}: ${issue?.message}; mend or remove it` })
}

/** The name a server's journals and keychain entry go by: from its address, so the same server is the same name, and no other. */
export function serverId(url: string): string {
  const readable = url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return `${readable.slice(0, 50)}-${checksum(url.toLowerCase())}`
}

/** FNV-1a: tells `a.b` from `a-b`, which read the same once only letters and digits are left. */
function checksum(text: string): string {
  let sum = 0x811c9dc5
  for (const letter of text) sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  return sum.toString(36)
}

const LOOPBACK = /^http:\/\/(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/

/** An address as typed, brought to `scheme://host[:port]`; null when it is none. */
export function normalUrl(typed: string): string | null {
  const text = typed.trim().replace(/\/+$/, '')
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`
  const found = /^(https?):\/\/(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(\d{1,5}))?$/i.exec(withScheme)
  if (!found) return null
  const [, scheme = '', host = '', port] = found
  if (port !== undefined && Number(port) > 65_535) return null
  const usual = scheme.toLowerCase() === 'https' ? 443 : 80
  const shown = port === undefined || Number(port) === usual ? '' : `:${Number(port)}`
  return `${scheme.toLowerCase()}://${host.toLowerCase()}${shown}`
}

/** Without TLS anyone on the way can read and change the figures; only this machine itself is beyond that. */
export const needsPlainAccepted = (url: string): boolean => url.startsWith('http://') && !LOOPBACK.test(url)
