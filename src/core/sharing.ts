import type { CommandKey } from '../shared/model/ids.ts'
import type { LinkState } from '../shared/model/link.ts'
import type { Shared, Sharing as State } from '../shared/view/sharing.ts'
import type { Feature, Rest, RestFault, RestReply } from './backend/backend.ts'
import type { Clock } from './ports.ts'

/** How long a person waits for the server's word before this desk goes on alone, ms. */
export const SHARE_WAIT = 4_000

/** What became of something told to the server. */
export type Told =
  | { readonly is: 'taken'; readonly reply: RestReply }
  /** The server answered no; `errors`: what it said of it. */
  | { readonly is: 'refused'; readonly status: number; readonly message: string; readonly errors: unknown }
  /** Nobody answered in time: it may have arrived, and is told again under the same key. */
  | { readonly is: 'unreachable' }

export type SharingParts = {
  readonly rest: Rest
  readonly clock: Clock
  readonly features: () => ReadonlySet<Feature>
  readonly link: () => LinkState
  /** Before a server has said what it can do in this run: whether, by the journal, it could do this before. */
  readonly remembers?: (ability: Shared) => boolean
}

/**
 * What desks share goes by the server that can hold it. This says whether there is such a server now, and tells it one thing at
 * a time within a short limit. It keeps nothing: what could not be told is in the journal of whoever told it.
 */
export class Sharing {
  readonly #parts: SharingParts

  constructor(parts: SharingParts) {
    this.#parts = parts
  }

  /** `shared`: the server holds it for all desks. `away`: it would, and is not reached. `alone`: this server has no place for it. */
  of(ability: Shared): State {
    const { features, link, remembers } = this.#parts
    const isUp = link() === 'live' || link() === 'catching-up'
    if (features().has(ability)) return isUp ? 'shared' : 'away'
    return !isUp && features().size === 0 && remembers?.(ability) ? 'away' : 'alone'
  }

  /** What the server has there; null: it did not answer within `SHARE_WAIT`, or not with that. */
  ask(path: string): Promise<unknown> {
    const { rest, clock } = this.#parts
    return new Promise((done) => {
      const stop = clock.after(SHARE_WAIT, () => done(null))
      void rest({ method: 'GET', path, body: null, key: null, timeoutMs: SHARE_WAIT }).then((answer) => {
        stop()
        done(answer.ok ? answer.value.data : null)
      })
    })
  }

  /** Never later than `SHARE_WAIT`. */
  tell(path: string, body: object, key: CommandKey): Promise<Told> {
    const { rest, clock } = this.#parts
    return new Promise((done) => {
      const stop = clock.after(SHARE_WAIT, () => done({ is: 'unreachable' }))
      const said = (told: Told) => {
        stop()
        done(told)
      }
      void rest({ method: 'POST', path, body, key, timeoutMs: SHARE_WAIT }).then((answer) =>
        said(answer.ok ? { is: 'taken', reply: answer.value } : toldOf(answer.error)),
      )
    })
  }
}

/** Of what keeps a server from answering now it may be told again; what it answered stands. */
function toldOf(fault: RestFault): Told {
  if (fault.is !== 'answer' || fault.status >= 500 || fault.status === 401 || fault.status === 429)
    return { is: 'unreachable' }
  const { status, message, errors } = fault
  return { is: 'refused', status, message, errors }
}
