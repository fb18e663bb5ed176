import { camelized } from '../../../src/hub/http/keys.ts'
import { ACCOUNTS, type Account, COMMITTEES, type Kind, type Row, stamp } from './rows.ts'
import type { SimServer } from './server.ts'
import { attendedOf, committeeOf } from './act-attendance.ts'
import { RESULTS, sheetNames } from './act-voting.ts'
import { act } from './acts.ts'

export type Asked = {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly bearer: string | undefined
  readonly key: string | undefined
  /** What the change rests on, for a hub. */
  readonly ifMatch: string | undefined
  readonly ifNoneMatch: string | undefined
  /** The desk that asks goes by polling: it takes this server for one that keeps no versions. */
  readonly isPolling: boolean
  readonly body: Readonly<Record<string, unknown>>
}
export type Answer = { readonly status: number; readonly headers: Record<string, string>; readonly body: string }

const JSON_TYPE = { 'content-type': 'application/json' }
export const answer = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
})
export const failure = (status: number, message: string): Answer =>
  answer(status, { status: 'error', data: null, message })

/** Answers one call, at once or when what it wrote is committed. */
export function serve(server: SimServer, asked: Asked, reply: (answer: Answer) => void): void {
  const { world, busy } = server
  if (world.now < busy.until) {
    const wait = busy.seconds === null ? {} : { 'retry-after': String(busy.seconds) }
    return reply(answer(busy.status, { status: 'error', message: 'too many' }, wait))
  }
  if (asked.path.startsWith('/api/auth/')) return reply(auth(server, asked))
  if (world.now < server.faultUntil)
    return reply({ status: 500, headers: { 'content-type': 'text/html' }, body: '<html><title>Error</title></html>' })
  const account = server.tokens.accountOf(asked.bearer, world.now)
  if (!account) return reply(failure(401, 'Given token not valid'))
  if (asked.method === 'GET') return reply(read(server, asked.path, account))
  const known = asked.key === undefined || !server.numbered ? undefined : server.answered.get(asked.key)
  if (known) return reply({ ...known, headers: JSON_TYPE })
  act(server, asked, account, (said) => {
    // What was refused was not done: asked again it is looked at again.
    if (asked.key !== undefined && said.status < 300) server.answered.set(asked.key, said)
    reply(said)
  })
}

function auth(server: SimServer, { path, body }: Asked): Answer {
  const { tokens, world } = server
  if (path === '/api/auth/login/') {
    const issued = tokens.login(body.email, body.password, world.now)
    if (!issued) return failure(401, 'No active account')
    const { access, refresh, account } = issued
    return good({ access, refresh, user: userOf(account) })
  }
  if (path === '/api/auth/refresh/') {
    const issued = tokens.renew(body.refresh, world.now)
    return issued ? good(issued) : failure(401, 'Token is blacklisted')
  }
  if (path === '/api/auth/logout/') {
    tokens.logout(body.refresh)
    return good(null)
  }
  return failure(404, 'Not found.')
}

const userOf = ({ id, email, name, role }: Account) => ({
  id,
  email,
  fullName: name,
  role,
  committees: [...COMMITTEES],
})
const good = (data: unknown, meta: unknown = {}): Answer => answer(200, { status: 'success', data, meta })

function read(server: SimServer, path: string, account: Account): Answer {
  const [bare = '', text = ''] = path.split('?')
  const query = new URLSearchParams(text)
  const position = server.numbered ? { position: { epoch: server.epoch, seq: server.seq } } : {}
  const list = (rows: readonly Row[]) =>
    good(camelized(rows), { pagination: { count: rows.length, next: null, previous: null }, ...position })
  const one = (row: Row | undefined) => (row ? good(camelized(row), position) : failure(404, 'Not found.'))
  if (bare === '/api/users/me/') return good(userOf(account))
  if (bare === '/api/elections/') return list([...server.all('election')])
  if (bare === '/api/elections/committees/')
    return list([...server.all('committee')].map((row) => withSums(server, row)))
  const lists: Readonly<Record<string, Kind>> = {
    '/api/candidates/parties/': 'party',
    '/api/candidates/': 'candidate',
    '/api/voting/vote-counts/': 'count',
    '/api/voting/committee-entries/': 'entry',
    '/api/voting/sheets/': 'sheet',
  }
  const kind = lists[bare]
  if (kind) return list(listed(server, kind, query, account))
  if (bare === '/api/attendees/') return list(listed(server, 'attendance', query, account))
  if (bare === '/api/guarantees/') return guarantees(server, account, query.get('all') === '1', position)
  if (bare === '/api/guarantees/statistics/') return statistics(server, account)
  if (bare === '/api/voting/committee-entries/progress/') return progress(server)
  const place = /^\/api\/attendees\/committee\/(.+)\/$/.exec(bare)?.[1]
  if (place) {
    const attendance = [...server.all('attendance')].filter((row) => row.committee_code === place)
    return good({ attendance: camelized(attendance) }, position)
  }
  if (bare === '/api/attendees/search-elector/') return elector(server, query)
  const name = nameIn(bare)
  if (name === null) return failure(404, 'Not found.')
  // What another has not committed yet is not shown to anybody.
  server.readAt.set(`${account.id} ${name}`, server.world.now)
  const row = server.row(name)
  const isHidden = row?.user !== undefined && !server.numbered && row.user !== account.id
  if (isHidden || !bare.endsWith('/notes/')) return one(isHidden ? undefined : row)
  return row ? good(camelized(notesOf(server, name)), position) : one(undefined)
}

/** The record that a path of one record names. */
function nameIn(path: string): string | null {
  if (path === '/api/voting/results/') return RESULTS
  const pledge = /^\/api\/guarantees\/(\d+)\/(?:notes\/)?$/.exec(path)?.[1]
  if (pledge) return `guarantee/${pledge}`
  const sheet = /^\/api\/voting\/committee-entries\/(\d+)\/$/.exec(path)?.[1]
  return sheet ? `entry/${sheet}` : null
}

const notesOf = (server: SimServer, name: string): readonly Row[] =>
  (server.notes.get(name) ?? []).map(({ by, content, at }, id) => ({
    ...{ id, content, created_at: at, user_name: nameOf(by), is_important: false },
  }))

function listed(server: SimServer, kind: Kind, query: URLSearchParams, account: Account): readonly Row[] {
  const [committee, search] = [query.get('committee'), query.get('search')]
  const rows = [...server.all(kind)]
  if (kind === 'count' && committee !== null) {
    for (const name of sheetNames(Number(committee))) server.readAt.set(`${account.id} ${name}`, server.world.now)
    return rows.filter((row) => String(row.committee) === committee)
  }
  if (kind !== 'attendance' || search === null) return rows
  const found = rows.filter((row) => String(row.elector_koc_id).startsWith(search))
  for (const { id } of found) server.readAt.set(`${account.id} attendance/${id}`, server.world.now)
  return found
}

const mine = (server: SimServer, account: Account): Row[] =>
  [...server.all('guarantee')].filter((row) => server.numbered || row.user === account.id)

/** A hub gives an administrator everybody's when asked for all. */
function guarantees(server: SimServer, account: Account, all: boolean, position: object): Answer {
  const rows = mine(server, account).filter((row) => all || row.user === account.id)
  const pagination = { count: rows.length, page: 1, page_size: 200 }
  return good({ guarantees: camelized(rows) }, { pagination: camelized(pagination), ...position })
}

function statistics(server: SimServer, account: Account): Answer {
  const rows = mine(server, account)
  const of = (field: string, value: string) => rows.filter((row) => row[field] === value).length
  return good({
    totalGuarantees: rows.length,
    pendingCount: of('guarantee_status', 'PENDING'),
    guaranteedCount: of('guarantee_status', 'GUARANTEED'),
    confirmedCount: of('confirmation_status', 'CONFIRMED'),
    pendingConfirmationCount: of('confirmation_status', 'PENDING'),
    notAvailableConfirmationCount: of('confirmation_status', 'NOT_AVAILABLE'),
  })
}

function progress(server: SimServer): Answer {
  const codeOf = (id: unknown) => COMMITTEES[Number(id) - 1]
  const committees = [...server.all('entry')].map((row) => ({
    committeeCode: codeOf(row.committee),
    status: row.status,
  }))
  return good({ committees })
}

function withSums(server: SimServer, row: Row): Row {
  const attendance = [...server.all('attendance')].filter((one) => one.committee_code === row.code)
  const votes = [...server.all('count')].filter((one) => one.committee === row.id)
  return {
    ...row,
    attendance_count: attendance.length,
    vote_count: votes.reduce((sum, one) => sum + Number(one.vote_count), 0),
  }
}

function elector(server: SimServer, query: URLSearchParams): Answer {
  const number = query.get('koc_id') ?? ''
  const committee = committeeOf(server, number)
  if (committee === null) return failure(404, 'Elector not found')
  const seen = attendedOf(server, number)
  return good({
    kocId: number,
    fullName: `E ${number}`,
    section: '',
    committeeCode: committee,
    committeeName: committee,
    hasAttended: seen !== undefined,
    attendedAt: seen?.attended_at ?? null,
  })
}

export const nameOf = (account: number): string => ACCOUNTS.find(({ id }) => id === account)?.name ?? 'Another'
export const stampOf = (server: SimServer): string => stamp(server.now)
