import type { Viewer } from '../auth/roles.ts'
import { canAccessCommittee, isViewer, seesGuaranteesOf } from '../auth/roles.ts'
import { withoutPeople } from '../auth/without-people.ts'
import { type CommittedFrame, OWNER_ONLY } from '../store/store.ts'

/** Where the sockets live; the final slash is part of it. */
export const SOCKET_PATH = '/ws/election-updates/'

/** What the hub can do beyond the plain election server; a console reads it from the hello. */
export const FEATURES = [
  'seq',
  'resume',
  'skip',
  'authenticate',
  'bulk_mark',
  'idempotency',
  'ticket',
  'calls',
  'remarks',
  'double',
] as const

/** Close codes, all sent after the socket was accepted, so that a client can read them. */
export const CLOSE = {
  notSignedIn: { code: 4001, reason: 'not signed in' },
  tokenExpired: { code: 4003, reason: 'token expired' },
  tooSlow: { code: 4008, reason: 'too slow' },
  tooMany: { code: 4029, reason: 'too many connections' },
  textOnly: { code: 1003, reason: 'text frames only' },
  tooChatty: { code: 1008, reason: 'too many messages' },
  restarting: { code: 1012, reason: 'restarting' },
} as const
export type Close = (typeof CLOSE)[keyof typeof CLOSE]

/** One committed frame on its way to many sockets: encoded once for each kind of reader, on first need. */
export class Outgoing {
  readonly seq: number
  readonly #frame: CommittedFrame
  #whole: Buffer | null = null
  #masked: Buffer | null = null
  #bare: Buffer | null = null

  constructor(frame: CommittedFrame) {
    this.seq = frame.seq
    this.#frame = frame
  }

  /** The text for this viewer, or null when the frame is not for them. */
  for(viewer: Viewer): Buffer | null {
    const { owner, committee, text } = this.#frame
    if (owner !== null && !seesGuaranteesOf(viewer, owner)) return null
    const isOwners = committee === OWNER_ONLY
    if (isOwners && owner !== viewer.userId) return null
    if (isViewer(viewer.role)) {
      this.#bare ??= Buffer.from(withoutPerson(text))
      return this.#bare
    }
    if (owner === null || committee === null || isOwners || canAccessCommittee(viewer, committee)) {
      this.#whole ??= Buffer.from(text)
      return this.#whole
    }
    this.#masked ??= Buffer.from(withoutMobile(text))
    return this.#masked
  }
}

function withoutMobile(text: string): string {
  // written by the store from a guarantee's record
  const frame = JSON.parse(text) as { data: Record<string, unknown> }
  if ('elector_mobile' in frame.data) frame.data['elector_mobile'] = ''
  return JSON.stringify(frame)
}

function withoutPerson(text: string): string {
  // written by the store: one object with the record under `data`
  const frame = JSON.parse(text) as { data: unknown }
  return JSON.stringify({ ...frame, data: withoutPeople(frame.data) })
}

/** Frames `from` to `to` are not for this reader: the sequence goes on without them. */
export const skipText = (epoch: string, from: number, to: number): string =>
  JSON.stringify({ type: 'skip', epoch, from, seq: to })
