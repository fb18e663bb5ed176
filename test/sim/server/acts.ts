import { camelized, snaked } from '../../../src/hub/http/keys.ts'
import type { Answer, Asked } from './rest.ts'
import { answer, failure, nameOf, stampOf } from './rest.ts'
import { type Account, CANDIDATES, COMMITTEES, ELECTORS, type Row } from './rows.ts'
import type { Effect, SimServer, Write } from './server.ts'

type Body = Readonly<Record<string, unknown>>
type Reply = (answer: Answer) => void
/** A call while another writer's commit of the same record is awaited is looked at again this soon, ms. */
const ROW_LOCK = 30

/** Carries out what a desk asked for. A record another writer has not committed yet is waited for, as a database would. */
export function act(server: SimServer, asked: Asked, account: Account, reply: Reply): void {
  const snake = snaked(asked.body)
  const body = (snake?.value ?? {}) as Body // a JSON object, or the checks below turn it away
  const wish = wishOf(server, asked, account, body)
  if ('status' in wish) return reply(wish)
  if (wish.locks.some((name) => server.pending.has(name))) {
    server.world.after(ROW_LOCK, () => act(server, asked, account, reply))
    return
  }
  const { effect, writes, locks } = wish
  const done = () => {
    server.effects.push({ ...effect, at: server.world.now })
    server.world.say(() => `server has done ${effect.does} on ${effect.on}: ${effect.tag}`)
    reply(answer(200, { status: 'success', data: camelized(writes[0]?.row ?? {}), meta: {} }))
  }
  server.write(writes, done, 'commit', locks)
}

type Wish = { readonly effect: Effect; readonly writes: readonly Write[]; readonly locks: readonly string[] }

function wishOf(server: SimServer, { method, path }: Asked, account: Account, body: Body): Wish | Answer {
  if (method === 'POST' && path === '/api/attendees/mark/') return mark(server, account, body)
  if (method === 'POST' && path === '/api/voting/vote-counts/bulk_entry/') return sheet(server, account, body)
  const id = /^\/api\/guarantees\/(\d+)\//.exec(path)?.[1]
  const row = id === undefined ? undefined : server.row(`guarantee/${id}`)
  if (id === undefined || row === undefined) return failure(404, 'Not found.')
  const effectOf = (does: string, tag: string): Effect => ({
    by: account.id,
    does,
    on: `guarantee/${id}`,
    tag,
    at: server.world.now,
  })
  const wish = (effect: Effect, fields: Row): Wish => ({
    effect,
    writes: [{ name: `guarantee/${id}`, row: { ...row, ...fields } }],
    locks: [`guarantee/${id}`],
  })
  if (path.endsWith('/quick-update/')) {
    const status = String(body.guarantee_status)
    return wish(effectOf('guarantee.set-status', status), { guarantee_status: status })
  }
  if (path.endsWith('/confirm/')) {
    const confirmation = String(body.confirmation_status)
    return wish(effectOf('guarantee.confirm', confirmation), { confirmation_status: confirmation })
  }
  const note = body.quick_note === undefined ? {} : { quick_note: String(body.quick_note) }
  const mobile = body.mobile === undefined ? {} : { mobile: String(body.mobile) }
  return wish(effectOf('guarantee.edit', String(body.quick_note ?? body.mobile)), { ...note, ...mobile })
}

function mark(server: SimServer, account: Account, body: Body): Wish | Answer {
  const elector = ELECTORS.find(({ number }) => number === body.koc_id)
  if (!elector) return failure(404, 'Elector not found')
  const seen = [...server.all('attendance')].find((row) => row.elector_koc_id === elector.number)
  if (seen)
    return failure(400, `Elector already attended at 10:00, marked by ${seen.marked_by_name} in ${seen.committee_code}`)
  if (elector.committee !== body.committee_code)
    return failure(400, `Elector is assigned to committee ${elector.committee}, not ${body.committee_code}`)
  const id = server.nextId()
  const notes = String(body.notes ?? '')
  return {
    effect: { by: account.id, does: 'attendance.mark', on: elector.number, tag: notes, at: server.world.now },
    writes: [{ name: `attendance/${id}`, row: attendanceRow(server, id, elector.number, account.id, notes) }],
    // One elector is one row: a second mark waits for the first one's commit.
    locks: [`elector/${elector.number}`],
  }
}

export function attendanceRow(server: SimServer, id: number, elector: string, by: number, notes: string): Row {
  const committee = ELECTORS.find(({ number }) => number === elector)?.committee ?? COMMITTEES[0]
  return {
    id,
    elector_koc_id: elector,
    elector_name: `E ${elector}`,
    committee_code: committee,
    marked_by_name: nameOf(by),
    attended_at: stampOf(server),
    notes,
    status: 'ATTENDED',
  }
}

function sheet(server: SimServer, account: Account, body: Body): Wish | Answer {
  const committee = Number(body.committee_id)
  const counts = Array.isArray(body.vote_counts) ? (body.vote_counts as Body[]) : [] // a JSON list, as the console sends it
  if (!(committee >= 1 && committee <= COMMITTEES.length)) return failure(404, 'Committee not found')
  const writes = sheetWrites(server, committee, Number(body.total_ballots_cast), (candidate) =>
    Number(counts.find((count) => count.candidate_id === candidate)?.vote_count ?? 0),
  )
  return {
    effect: {
      by: account.id,
      does: 'count.enter',
      on: `entry/${committee}`,
      tag: String(body.total_ballots_cast),
      at: server.world.now,
    },
    writes,
    locks: writes.map(({ name }) => name),
  }
}

export function sheetWrites(
  server: SimServer,
  committee: number,
  cast: number,
  votesOf: (candidate: number) => number,
): Write[] {
  const counts = CANDIDATES.map((candidate): Write => {
    const id = committee * 10 + candidate
    const row = {
      id,
      committee,
      candidate,
      vote_count: votesOf(candidate),
      status: 'SUBMITTED',
      is_verified: false,
      entered_by_name: 'x',
      updated_at: stampOf(server),
    }
    return { name: `count/${id}`, row }
  })
  const entry = { id: committee, committee, status: 'COMPLETED', total_ballots_cast: cast, invalid_ballots: 0 }
  return [...counts, { name: `entry/${committee}`, row: entry }]
}
