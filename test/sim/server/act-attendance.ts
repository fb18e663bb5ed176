import type { Act, Wish } from './acts.ts'
import { stale } from './acts.ts'
import { type Answer, failure, nameOf, stampOf } from './rest.ts'
import { COMMITTEES, ELECTORS, type Row } from './rows.ts'
import type { SimServer } from './server.ts'

export function attendanceWish(call: Act): Wish | Answer {
  const { method, path } = call.asked
  if (method === 'POST' && path === '/api/attendees/mark/') return mark(call)
  if (method === 'POST' && path === '/api/attendees/add-pending-elector/') return arrival(call)
  const id = /^\/api\/attendees\/(\d+)\/$/.exec(path)?.[1]
  return id === undefined ? failure(404, 'Not found.') : correction(call, `attendance/${id}`)
}

/** The committee of an elector of the register; null: there is none of this number. */
export const committeeOf = (server: SimServer, elector: string): string | null =>
  ELECTORS.find(({ number }) => number === elector)?.committee ?? server.added.get(elector) ?? null

export const attendedOf = (server: SimServer, elector: string): Row | undefined =>
  [...server.all('attendance')].find((row) => row.elector_koc_id === elector && row.status === 'ATTENDED')

function mark({ server, account, body }: Act): Wish | Answer {
  const elector = String(body.koc_id)
  const committee = committeeOf(server, elector)
  if (committee === null) return failure(404, 'Elector not found')
  const seen = attendedOf(server, elector)
  if (seen)
    return failure(400, `Elector already attended at 10:00, marked by ${seen.marked_by_name} in ${seen.committee_code}`)
  if (committee !== body.committee_code)
    return failure(400, `Elector is assigned to committee ${committee}, not ${body.committee_code}`)
  const by = { by: account.id, notes: String(body.notes ?? '') }
  const row = attendanceRow(server, { elector, committee, status: 'ATTENDED', ...by })
  // One elector is one mark: a second one waits for the first one's commit.
  const locks = [`elector/${elector}`]
  return { does: 'attendance.mark', on: elector, writes: [{ name: `attendance/${row.id}`, row }], locks }
}

/** Who came to the wrong committee, or whom the register does not have. */
function arrival({ server, account, body }: Act): Wish | Answer {
  const [elector, committee] = [String(body.koc_id), String(body.committee_code)]
  if (!COMMITTEES.some((code) => code === committee)) return failure(404, 'Committee not found')
  const about = { does: 'attendance.pending', on: elector, locks: [`elector/${elector}`] }
  if (committeeOf(server, elector) === null) {
    if (!body.full_name) return failure(400, 'full_name: This field is required.')
    const also = () => void server.added.set(elector, committee)
    return { ...about, writes: [], also, says: { koc_id: elector, full_name: body.full_name } }
  }
  const by = { by: account.id, notes: String(body.notes ?? '') }
  const row = attendanceRow(server, { elector, committee, status: 'PENDING', ...by })
  return { ...about, writes: [{ name: `attendance/${row.id}`, row }] }
}

function correction(call: Act, name: string): Wish | Answer {
  const { server, asked, body } = call
  const row = server.row(name)
  if (!row) return failure(404, 'Not found.')
  const refused = stale(call, [name], true)
  if (refused) return refused
  const about = { does: 'attendance.correct', on: name }
  if (asked.method === 'DELETE') return { ...about, writes: [{ name, row: null }] }
  const status = String(body.status)
  const elector = String(row.elector_koc_id)
  const other = attendedOf(server, elector)
  if (status === 'ATTENDED' && committeeOf(server, elector) !== row.committee_code)
    return failure(400, 'Elector is assigned to another committee; the record stays pending.')
  if (status === 'ATTENDED' && other && other.id !== row.id) return failure(400, 'This elector has attended already.')
  return { ...about, writes: [{ name, row: { ...row, status } }], locks: [name, `elector/${elector}`] }
}

type Arrival = {
  readonly elector: string
  readonly committee: string
  readonly status: 'ATTENDED' | 'PENDING'
  readonly by: number
  readonly notes: string
}
export function attendanceRow(server: SimServer, { elector, committee, status, by, notes }: Arrival): Row {
  return {
    id: server.nextId(),
    elector_koc_id: elector,
    elector_name: `E ${elector}`,
    committee_code: committee,
    marked_by_name: nameOf(by),
    attended_at: stampOf(server),
    notes,
    status,
  }
}
