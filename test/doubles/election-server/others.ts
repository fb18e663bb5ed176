import type { Reply } from './ask.ts'
import type { Database } from './database.ts'
import type { Rest } from './http.ts'
import type { Phase, UserRow } from './rows.ts'
import { ACCOUNTS } from './seed.ts'

type Body = Readonly<Record<string, unknown>>
const NO_SUCH_CANDIDATE = 999_999

/** What the product's other users do, through the server's own views, so it is told or not told as there. Bodies are snake_case. */
export class Others {
  readonly #rest: Rest
  readonly #database: Database
  constructor(rest: Rest, database: Database) {
    this.#rest = rest
    this.#database = database
  }

  /** Any call as any account. */
  call(email: string, method: string, path: string, body: Body = {}): Promise<Reply> {
    const user = this.#database.all('users').find((row) => row.email === email)
    if (user === undefined) throw new Error(`no account ${email}`)
    return this.#rest.act(user, method, path, body)
  }
  mark(elector: string, code: string, email: string = ACCOUNTS.admin): Promise<Reply> {
    return this.call(email, 'POST', '/api/attendees/mark/', { koc_id: elector, committee_code: code })
  }
  addPending(elector: string, code: string): Promise<Reply> {
    const body = { koc_id: elector, committee_code: code }
    return this.call(ACCOUNTS.admin, 'POST', '/api/attendees/add-pending-elector/', body)
  }
  editAttendance(id: number, fields: Body): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'PATCH', `/api/attendees/${id}/`, fields)
  }
  /** Sends no frame. */
  deleteAttendance(id: number): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'DELETE', `/api/attendees/${id}/`)
  }
  guarantee(elector: string, email: string = ACCOUNTS.admin): Promise<Reply> {
    return this.call(email, 'POST', '/api/guarantees/', { elector })
  }
  editGuarantee(id: number, fields: Body): Promise<Reply> {
    return this.call(this.#ownerOf(id), 'PATCH', `/api/guarantees/${id}/`, fields)
  }
  deleteGuarantee(id: number): Promise<Reply> {
    return this.call(this.#ownerOf(id), 'DELETE', `/api/guarantees/${id}/`)
  }
  /** Sends no frame. */
  bulkUpdate(ids: readonly number[], status: 'PENDING' | 'GUARANTEED', email: string = ACCOUNTS.admin): Promise<Reply> {
    return this.call(email, 'POST', '/api/guarantees/bulk-update/', { guarantee_ids: ids, guarantee_status: status })
  }
  /** Sends no frame. */
  note(id: number, content: string): Promise<Reply> {
    return this.call(this.#ownerOf(id), 'POST', `/api/guarantees/${id}/add-note/`, { content })
  }
  /** Sends no frame. */
  createGroup(name: string, email: string = ACCOUNTS.admin): Promise<Reply> {
    return this.call(email, 'POST', '/api/guarantees/groups/', { name })
  }
  /** Sends no frame. */
  editGroup(id: number, fields: Body): Promise<Reply> {
    return this.call(this.#ownerOfGroup(id), 'PATCH', `/api/guarantees/groups/${id}/`, fields)
  }
  /** Sends no frame. */
  deleteGroup(id: number): Promise<Reply> {
    return this.call(this.#ownerOfGroup(id), 'DELETE', `/api/guarantees/groups/${id}/`)
  }
  enterCounts(committee: number, votes: ReadonlyMap<number, number>, cast: number, invalid: number): Promise<Reply> {
    return this.call(ACCOUNTS.supervisor, 'POST', '/api/voting/vote-counts/bulk_entry/', {
      committee_id: committee,
      vote_counts: [...votes].map(([candidate, count]) => ({ candidate_id: candidate, vote_count: count })),
      total_ballots_cast: cast,
      invalid_ballots: invalid,
      notes: '',
    })
  }
  verifyEntry(id: number): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'PATCH', `/api/voting/committee-entries/${id}/verify/`)
  }
  /** Sends no frame. */
  deleteCount(id: number): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'DELETE', `/api/voting/vote-counts/${id}/`)
  }
  /** Refused until every committee is verified. Three frames the first time, two later. */
  generateResults(): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'POST', '/api/voting/results/generate/')
  }
  /** Enters what is missing, verifies everything, generates. */
  async finishCount(votesFor: () => number): Promise<Reply> {
    for (const place of this.#database.all('committees')) {
      const votes = new Map(this.#database.all('candidates').map((row) => [row.id, votesFor()]))
      const entered = this.#database.all('entries').some((row) => row.committee === place.id)
      if (!entered) await this.enterCounts(place.id, votes, 60, 2)
    }
    for (const entry of this.#database.all('entries')) await this.verifyEntry(entry.id)
    return this.generateResults()
  }
  publishResults(): Promise<Reply> {
    return this.call(ACCOUNTS.admin, 'POST', '/api/voting/results/publish/')
  }
  /** Sends no frame. */
  setPhase(phase: Phase): Promise<Reply> {
    const id = this.#database.all('elections').at(-1)?.id ?? 0
    return this.call(ACCOUNTS.admin, 'PATCH', `/api/elections/${id}/`, { status: phase })
  }
  /** Frames of a write that is then rolled back: they describe what never was. */
  phantom(committee: number, candidate: number, votes: number): Promise<Reply> {
    const counts = new Map([
      [candidate, votes],
      [NO_SUCH_CANDIDATE, 1],
    ])
    return this.enterCounts(committee, counts, votes, 0)
  }
  /** The account stays signed in on its open sockets, and nowhere else. */
  deactivate(email: string): void {
    const user = this.#database.all('users').find((row) => row.email === email)
    if (user !== undefined) this.#database.store('users', { ...user, active: false } satisfies UserRow)
  }

  #ownerOfGroup(group: number): string {
    const row = this.#database.get('groups', group)
    return (row === undefined ? undefined : this.#database.get('users', row.user)?.email) ?? ACCOUNTS.admin
  }
  #ownerOf(guarantee: number): string {
    const row = this.#database.get('guarantees', guarantee)
    const owner = row === undefined ? undefined : this.#database.get('users', row.user)
    return owner?.email ?? ACCOUNTS.admin
  }
}
