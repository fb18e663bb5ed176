import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectionSeed } from '../../src/hub/seed.ts'

/** One call as it reached the server, tries that were answered with a fault included. */
export type RecordedCall = {
  readonly method: string
  readonly path: string
  readonly user: string | null
  readonly key: string | null
  readonly body: Record<string, unknown>
  /** What the script made of it; null: answered as it should be. */
  readonly fault: Fault | null
}

/** What a script can do to a call. `answer-lost` does what was asked and then hangs up. */
export type Fault =
  | { readonly is: 'hang-up' }
  | { readonly is: 'answer-lost' }
  | { readonly is: 'silence' }
  | {
      readonly is: 'status'
      readonly status: number
      readonly headers?: Record<string, string>
      readonly body?: string
    }

export type RestRecorder = {
  readonly url: string
  readonly calls: readonly RecordedCall[]
  /** Attended electors and where; pending arrivals; phase; sheets; results. */
  readonly state: RecorderState
  /** Ends all tokens handed out so far. */
  expireTokens(): void
  close(): Promise<void>
}
export type RecorderState = {
  phase: string
  readonly attended: Map<string, { committee: string; at: string | null; by: string }>
  readonly pending: { elector: string; committee: string }[]
  readonly confirmations: Map<number, string>
  readonly statuses: Map<number, string>
  readonly sheets: Map<number, { cast: number; invalid: number; votes: Map<number, number>; verified: boolean }>
  results: 'none' | 'PRELIMINARY' | 'PUBLISHED'
}
export type RecorderOptions = {
  /** Decides about each call before it is looked at; `attempt` counts the calls so far. */
  readonly script?: (call: { readonly method: string; readonly path: string; readonly attempt: number }) => Fault | null
  readonly hasBulk?: boolean
  /** Seconds a token claims to live, and the clock it is counted on. */
  readonly tokenSeconds?: number
  readonly now?: () => number
}

type Reply = { readonly status: number; readonly data?: unknown; readonly message?: string; readonly meta?: unknown }
type Ask = {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Record<string, unknown>
  readonly user: string
}
const fine = (data: unknown, status = 200): Reply => ({ status, data })
const no = (status: number, message: string): Reply => ({ status, message })

/** A real HTTP server that keeps just enough of an election in memory to answer a player, and remembers every call. */
export async function recordRest(seed: ElectionSeed, options: RecorderOptions = {}): Promise<RestRecorder> {
  const calls: RecordedCall[] = []
  const desk = new Desk(seed, options)
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString('utf8')
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const method = request.method ?? 'GET'
    const fault = options.script?.({ method, path: url.pathname, attempt: calls.length }) ?? null
    const body = text === '' ? {} : JSON.parse(text)
    const user = desk.userOf(request.headers.authorization)
    const key = request.headers['idempotency-key']
    calls.push({ method, path: url.pathname, user, key: typeof key === 'string' ? key : null, body, fault })
    if (fault?.is === 'hang-up') return void request.socket.destroy()
    if (fault?.is === 'silence') return
    if (fault?.is === 'status') return void response.writeHead(fault.status, fault.headers).end(fault.body ?? '')
    const reply = desk.answer(
      { method, path: url.pathname, query: url.searchParams, body, user: user ?? '' },
      typeof key === 'string' ? key : null,
    )
    if (fault?.is === 'answer-lost') return void request.socket.destroy()
    const status = reply.status < 400 ? 'success' : 'error'
    response.writeHead(reply.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ status, data: reply.data ?? null, message: reply.message, meta: reply.meta }))
  }

  const { port } = server.address() as AddressInfo // a TCP server listens on an address, never on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    state: desk.state,
    expireTokens: () => desk.expireTokens(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The election behind the recorder. */
class Desk {
  readonly state: RecorderState = {
    phase: 'SETUP',
    attended: new Map(),
    pending: [],
    confirmations: new Map(),
    statuses: new Map(),
    sheets: new Map(),
    results: 'none',
  }
  readonly #seed: ElectionSeed
  readonly #options: RecorderOptions
  readonly #electors: ReadonlyMap<string, string>
  readonly #guarantees: readonly { id: number; elector: string; collector: string }[]
  readonly #tokens = new Map<string, string>()
  readonly #answers = new Map<string, Reply>()
  readonly #records: string[] = []

  constructor(seed: ElectionSeed, options: RecorderOptions) {
    this.#seed = seed
    this.#options = options
    this.#electors = new Map([...seed.electors].map((elector) => [elector.number, elector.committee]))
    this.#guarantees = [...seed.guarantees].map((guarantee, index) => ({
      id: index + 1,
      elector: guarantee.elector,
      collector: guarantee.collector,
    }))
  }

  userOf(header: string | undefined): string | null {
    return this.#tokens.get((header ?? '').replace('Bearer ', '')) ?? null
  }

  expireTokens(): void {
    this.#tokens.clear()
  }

  /** What was answered to a key once is answered to it again. */
  answer(ask: Ask, key: string | null): Reply {
    if (ask.path.startsWith('/api/auth/')) return this.#auth(ask)
    if (ask.user === '') return no(401, 'Given token not valid for any token type')
    const known = key === null ? undefined : this.#answers.get(`${ask.user} ${key}`)
    if (known !== undefined) return known
    const reply = ask.method === 'GET' ? this.#read(ask) : this.#write(ask)
    if (key !== null) this.#answers.set(`${ask.user} ${key}`, reply)
    return reply
  }

  #auth({ path, body }: Ask): Reply {
    const refreshed = path.endsWith('refresh/') ? String(body['refresh']).split('~')[0] : null
    const email = refreshed ?? String(body['email'])
    const user = this.#seed.users.find((candidate) => candidate.email === email)
    if (user === undefined || (refreshed === null && body['password'] !== user.password))
      return no(400, 'Invalid email or password')
    const now = (this.#options.now ?? Date.now)()
    const claims = { exp: Math.floor(now / 1000) + (this.#options.tokenSeconds ?? 3600), jti: this.#tokens.size }
    const access = `x.${Buffer.from(JSON.stringify({ ...claims, email })).toString('base64url')}.x`
    this.#tokens.set(access, email)
    return fine({ access, refresh: `${email}~${this.#tokens.size}` })
  }

  #read({ path, query, user }: Ask): Reply {
    const page = Number(query.get('page') ?? '1')
    const size = 50
    const paged = (all: readonly unknown[]): Reply => ({
      status: 200,
      data: all.slice((page - 1) * size, page * size),
      meta: { pagination: { count: all.length, next: page * size < all.length ? 'more' : null, previous: null } },
    })
    if (path === '/api/elections/') return paged([{ id: 7, name: this.#seed.name }])
    if (path === '/api/elections/committees/')
      return paged(this.#seed.committees.map((committee, index) => ({ id: 100 + index, code: committee.code })))
    if (path === '/api/candidates/')
      return paged(
        this.#seed.candidates.map((candidate) => ({ id: 500 + candidate.number, candidateNumber: candidate.number })),
      )
    if (path === '/api/guarantees/') {
      const own = this.#guarantees.filter((guarantee) => guarantee.collector === user)
      const asked = Number(query.get('page_size'))
      return {
        status: 200,
        data: { guarantees: own.slice((page - 1) * asked, page * asked) },
        meta: { count: own.length, page, pageSize: asked },
      }
    }
    if (path === '/api/attendees/') {
      const found = this.state.attended.get(query.get('search') ?? '')
      const kocId = query.get('search') ?? ''
      if (found === undefined) return paged([])
      return paged([
        { id: this.#records.indexOf(kocId), electorKocId: kocId, committeeCode: found.committee, status: 'ATTENDED' },
      ])
    }
    if (path === '/api/voting/committee-entries/')
      return paged(
        [...this.state.sheets.keys()].map((id) => ({
          id: 900 + id,
          committeeCode: this.#seed.committees[id - 100]?.code,
        })),
      )
    return no(404, 'Not found.')
  }

  #write(ask: Ask): Reply {
    const { method, path, body } = ask
    const id = Number(/\/(\d+)\//.exec(path)?.[1] ?? '-1')
    if (path === '/api/attendees/mark/') return this.#mark(body, ask.user)
    if (path === '/api/attendees/bulk_mark/')
      return this.#options.hasBulk === false ? no(404, 'Not found.') : this.#bulk(body, ask.user)
    if (path === '/api/attendees/add-pending-elector/') {
      this.state.pending.push({ elector: String(body['kocId']), committee: String(body['committeeCode']) })
      return fine({}, 201)
    }
    if (method === 'DELETE')
      return this.state.attended.delete(this.#records[id] ?? '') ? fine(null) : no(404, 'Not found.')
    if (path === '/api/elections/7/') {
      this.state.phase = String(body['status'])
      return fine({})
    }
    if (path.startsWith('/api/guarantees/')) return this.#pledge(ask, id)
    return this.#voting(ask, id)
  }

  #mark(body: Record<string, unknown>, by: string): Reply {
    const [elector, committee] = [String(body['kocId']), String(body['committeeCode'])]
    if (!this.#electors.has(elector)) return no(404, 'Elector not found')
    if (this.#electors.get(elector) !== committee) return no(400, 'Elector is assigned to another committee')
    if (this.state.attended.has(elector)) return no(400, 'Elector already attended at 09:00:00')
    const at = body['attendedAt']
    this.state.attended.set(elector, { committee, at: typeof at === 'string' ? at : null, by })
    if (!this.#records.includes(elector)) this.#records.push(elector)
    return fine({ id: this.#records.indexOf(elector) }, 201)
  }

  #bulk(body: Record<string, unknown>, by: string): Reply {
    const marks = body['marks'] as Record<string, unknown>[] // the player sends nothing else; a wrong one fails the test
    if (marks.length > 1000) return no(400, 'too many')
    const results = marks.map((mark) => {
      const reply = this.#mark(mark, by)
      return reply.status === 201
        ? { kocId: mark['kocId'], result: 'created' }
        : { kocId: mark['kocId'], result: 'refused', message: reply.message }
    })
    return fine({ results })
  }

  #pledge({ path, body, user }: Ask, id: number): Reply {
    if (this.#guarantees[id - 1]?.collector !== user) return no(404, 'Not found.')
    if (path.endsWith('/confirm/')) this.state.confirmations.set(id, String(body['confirmationStatus']))
    else this.state.statuses.set(id, String(body['guaranteeStatus']))
    return fine({})
  }

  #voting({ path, body }: Ask, id: number): Reply {
    if (path.endsWith('/bulk_entry/')) {
      const committee = Number(body['committeeId'])
      const counts = body['voteCounts'] as { candidateId: number; voteCount: number }[] // as above
      const votes = new Map(counts.map((entry) => [entry.candidateId - 500, entry.voteCount]))
      this.state.sheets.set(committee, {
        cast: Number(body['totalBallotsCast']),
        invalid: Number(body['invalidBallots']),
        votes,
        verified: false,
      })
      return fine({ committeeEntryId: 900 + committee, created: counts.length, updated: 0, total: counts.length }, 201)
    }
    if (path.endsWith('/verify/')) {
      const sheet = this.state.sheets.get(id - 900)
      if (sheet === undefined) return no(404, 'Not found.')
      if (sheet.verified) return no(400, 'Entry already verified')
      sheet.verified = true
      return fine({})
    }
    if (path.endsWith('/generate/')) {
      if ([...this.state.sheets.values()].some((sheet) => !sheet.verified))
        return no(400, 'Not all committees are verified')
      this.state.results = 'PRELIMINARY'
      return fine({}, 201)
    }
    if (path.endsWith('/publish/')) this.state.results = 'PUBLISHED'
    return path.endsWith('/publish/') ? fine({}) : no(404, 'Not found.')
  }
}
