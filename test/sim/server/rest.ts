import { camelized } from '../../../src/hub/http/keys.ts'
import { ACCOUNTS, type Account, COMMITTEES, ELECTORS, type Kind, type Row, stamp } from './rows.ts'
import type { SimServer } from './server.ts'
import { act } from './acts.ts'

export type Asked = {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly bearer: string | undefined
  readonly key: string | undefined
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
    if (asked.key !== undefined && said.status < 500) server.answered.set(asked.key, said)
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
  const [bare = '', query = ''] = path.split('?')
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
  }
  const kind = lists[bare]
  if (kind) return list([...server.all(kind)])
  if (bare === '/api/guarantees/') return guarantees(server, account, position)
  if (bare === '/api/guarantees/statistics/') return statistics(server, account)
  if (bare === '/api/voting/committee-entries/progress/') return progress(server)
  const place = /^\/api\/attendees\/committee\/(.+)\/$/.exec(bare)?.[1]
  if (place) {
    const attendance = [...server.all('attendance')].filter((row) => row.committee_code === place)
    return good({ attendance: camelized(attendance) }, position)
  }
  const pledge = /^\/api\/guarantees\/(\d+)\/$/.exec(bare)?.[1]
  if (pledge) return one(server.row(`guarantee/${pledge}`))
  if (bare === '/api/attendees/search-elector/') return elector(server, new URLSearchParams(query))
  return failure(404, 'Not found.')
}

const mine = (server: SimServer, account: Account): Row[] =>
  [...server.all('guarantee')].filter((row) => server.numbered || row.user === account.id)

function guarantees(server: SimServer, account: Account, position: object): Answer {
  const rows = mine(server, account)
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
  const found = ELECTORS.find(({ number }) => number === query.get('koc_id'))
  if (!found) return failure(404, 'Elector not found')
  const seen = [...server.all('attendance')].find((row) => row.elector_koc_id === found.number)
  return good({
    kocId: found.number,
    fullName: `E ${found.number}`,
    section: '',
    committeeCode: found.committee,
    committeeName: found.committee,
    hasAttended: seen !== undefined,
    attendedAt: seen?.attended_at ?? null,
  })
}

export const nameOf = (account: number): string => ACCOUNTS.find(({ id }) => id === account)?.name ?? 'Another'
export const stampOf = (server: SimServer): string => stamp(server.now)
