import WebSocket from 'ws'
import { understood, type Fields } from '../src/core/backend/election/fields.ts'
import * as records from '../src/core/backend/election/records.ts'
import { canonicalJson } from '../src/core/projection/state.ts'
import { PASSWORD } from '../test/doubles/election-server/seed.ts'
import type { Contestant, Topics } from './contestant.ts'

type Row = Readonly<Record<string, unknown>>
type Frame = { readonly type?: unknown; readonly action?: unknown; readonly data?: Row; readonly election_id?: unknown }

/** Ms, as published: five tries, the first after 3 s, each wait twice the last; a ping every 30 s, its pong never missed. */
const RULES = { tries: 5, firstWait: 3_000, ping: 30_000, afterTokenClose: 1_000 } as const

/**
 * The election server's own web client, re-enacted from its published rules: a socket that gives up at 1000, at 1006 and
 * after five tries, and a store that refetches on some frames, merges on others and does nothing on the rest. Where the
 * rules leave a choice it is given the better one: a refetch reads all pages, and its first reading is whole.
 */
export class WebClient implements Contestant {
  readonly name = 'web client'
  requests = 0
  readonly #url: string
  readonly #email: string
  #access = ''
  #refresh = ''
  #renewal: Promise<boolean> | null = null
  #socket: WebSocket | null = null
  #attempts = 0
  #isConnected = false
  #isOver = false
  #wait: NodeJS.Timeout | undefined
  #pings: NodeJS.Timeout | undefined
  #guarantees = new Map<unknown, Row>()
  #attendance = new Map<unknown, Row>()
  #counts = new Map<unknown, Row>()

  constructor(url: string, email: string) {
    this.#url = url
    this.#email = email
  }

  async start(): Promise<void> {
    const reply = await this.#call('POST', '/api/auth/login/', { email: this.#email, password: PASSWORD })
    const { access, refresh } = dataOf(reply) as { access: string; refresh: string } // a sign-in that succeeded
    this.#access = access
    this.#refresh = refresh
    await Promise.all([this.#readGuarantees(), this.#readAttendance(), this.#readCounts()])
    this.#connect()
  }
  stop(): void {
    this.#isOver = true
    clearTimeout(this.#wait)
    clearInterval(this.#pings)
    this.#socket?.terminate()
  }

  /** The indicator is the only word it has: green while the socket is open. */
  says(): boolean {
    return !this.#isConnected
  }
  holds(topic: Topics): ReadonlyMap<string, string> {
    switch (topic) {
      case 'guarantees':
        return named(this.#guarantees, records.guarantee, ({ id }) => `guarantees/${id}`)
      case 'attendance':
        return named(this.#attendance, records.attendance, ({ id }) => `attendance/${id}`)
      case 'counts':
        return named(this.#counts, records.voteCount, ({ key }) => `counts/${key}`)
    }
  }

  #connect(): void {
    this.requests++
    const socket = new WebSocket(
      `${this.#url.replace('http', 'ws')}/ws/election-updates/?token=${encodeURIComponent(this.#access)}`,
      { origin: this.#url },
    )
    this.#socket = socket
    socket.on('error', () => {})
    socket.on('open', () => {
      this.#isConnected = true
      this.#attempts = 0
      this.#pings = setInterval(() => socket.send(JSON.stringify({ type: 'ping', timestamp: Date.now() })), RULES.ping)
    })
    socket.on('message', (data) => void this.#heard(JSON.parse(String(data)) as Frame)) // frames are objects
    socket.on('close', (code) => this.#closed(code))
  }

  #closed(code: number): void {
    this.#isConnected = false
    clearInterval(this.#pings)
    if (this.#isOver || code === 1000 || code === 1006) return
    if (code === 4001 || code === 4003) {
      this.#attempts = 0
      this.#wait = setTimeout(() => this.#connect(), RULES.afterTokenClose)
      return
    }
    if (this.#attempts >= RULES.tries) return
    this.#attempts++
    this.#wait = setTimeout(() => this.#connect(), RULES.firstWait * 2 ** (this.#attempts - 1))
  }

  async #heard({ type, action, data, election_id }: Frame): Promise<void> {
    if (data === undefined) return
    if (type === 'guarantee_update' && action === 'created') return this.#readGuarantees()
    if (type === 'guarantee_update' && action === 'deleted') return void this.#guarantees.delete(data.id)
    if (type === 'guarantee_update') {
      // Merged as it came: its snake_case keys come to lie beside those that are shown.
      const known = this.#guarantees.get(data.id)
      if (known) this.#guarantees.set(data.id, { ...known, ...data })
      return
    }
    if (type === 'attendance_update') {
      await this.#readAttendance()
      const code = (data.attendance as Row | undefined)?.committee_code ?? data.committee_code // as the frame has it
      return void (await this.#get(`/api/attendees/statistics/${encodeURIComponent(String(code))}/`))
    }
    if (type !== 'voting_update') return
    if ('results' in data || election_id !== undefined) {
      await this.#readCounts()
      await this.#get('/api/voting/vote-counts/statistics/')
    }
  }

  async #readGuarantees(): Promise<void> {
    const reply = await this.#get('/api/guarantees/?page_size=10000')
    const data = dataOf(reply) as { guarantees?: readonly Row[] } | undefined // the list's own shape
    if (data?.guarantees) this.#guarantees = new Map(data.guarantees.map((row) => [row.id, row]))
  }
  async #readAttendance(): Promise<void> {
    const rows = await this.#pages('/api/attendees/')
    if (rows) this.#attendance = new Map(rows.map((row) => [row.id, row]))
  }
  async #readCounts(): Promise<void> {
    const rows = await this.#pages('/api/voting/vote-counts/')
    if (rows) this.#counts = new Map(rows.map((row) => [row.id, row]))
  }
  async #pages(path: string): Promise<readonly Row[] | null> {
    const rows: Row[] = []
    for (let page = 1; ; page++) {
      const reply = await this.#get(`${path}?page=${page}`)
      const data = dataOf(reply)
      if (!Array.isArray(data)) return null
      rows.push(...(data as Row[])) // a list of records
      const { pagination } = (reply as { meta?: { pagination?: { next?: unknown } } }).meta ?? {} // the server's envelope
      if (!pagination?.next) return rows
    }
  }

  /** On 401 one refresh for all, one more try, else the storage is cleared. */
  async #get(path: string): Promise<unknown> {
    const first = await this.#call('GET', path)
    if (first !== 401) return first
    this.#renewal ??= this.#renew().finally(() => (this.#renewal = null))
    if (await this.#renewal) return this.#call('GET', path)
    this.#access = ''
    return null
  }
  async #renew(): Promise<boolean> {
    const data = dataOf(await this.#call('POST', '/api/auth/refresh/', { refresh: this.#refresh }))
    if (!data) return false
    const { access, refresh } = data as { access: string; refresh: string } // a refresh that succeeded
    this.#access = access
    this.#refresh = refresh
    return true
  }
  /** The answer's JSON; 401; or null, which the web client turns into a notice. */
  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    this.requests++
    try {
      const answer = await fetch(`${this.#url}${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${this.#access}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      if (answer.status === 401) return 401
      return answer.ok ? await answer.json() : null
    } catch {
      return null
    }
  }
}

const dataOf = (reply: unknown): unknown => (reply as { data?: unknown } | null)?.data // an envelope, or nothing

/** Rows as a screen would show them: the camelCase keys only. */
function named<R extends object>(
  rows: ReadonlyMap<unknown, Row>,
  read: (fields: Fields) => R,
  nameOf: (record: R) => string,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const row of rows.values()) {
    const record = understood(row, 'row', 'rest', read)
    if (record.ok) found.set(nameOf(record.value), canonicalJson(record.value))
  }
  return found
}
