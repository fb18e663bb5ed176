import type { Act, Wish } from './acts.ts'
import { stale } from './acts.ts'
import { committeeOf } from './act-attendance.ts'
import { type Answer, failure, stampOf } from './rest.ts'
import { guaranteeRow, type Row } from './rows.ts'

/** A collector's own guarantees are changed by that collector alone; others' do not exist for them. */
export function guaranteeWish(call: Act): Wish | Answer {
  const { server, asked, account } = call
  if (asked.path === '/api/guarantees/') return asked.method === 'POST' ? create(call) : failure(404, 'Not found.')
  const [, id, deed = ''] = /^\/api\/guarantees\/(\d+)\/(?:([a-z-]+)\/)?$/.exec(asked.path) ?? []
  const name = `guarantee/${id}`
  const row = id === undefined ? undefined : server.row(name)
  if (!row || row.user !== account.id) return failure(404, 'Not found.')
  if (deed === 'add-note') return note(call, name, row)
  const refused = stale(call, [name], true)
  if (refused) return refused
  if (asked.method === 'DELETE') return { does: 'guarantee.remove', on: name, writes: [{ name, row: null }] }
  return { does: 'guarantee.update', on: name, writes: [{ name, row: { ...row, ...changes(call) } }] }
}

const FIELDS = ['guarantee_status', 'confirmation_status', 'quick_note', 'mobile'] as const

const changes = ({ body }: Act): Row =>
  Object.fromEntries(FIELDS.flatMap((field) => (body[field] === undefined ? [] : [[field, String(body[field])]])))

function create({ server, account, body }: Act): Wish | Answer {
  const elector = String(body.elector)
  if (committeeOf(server, elector) === null) return failure(400, 'elector: This elector does not exist.')
  const mine = [...server.all('guarantee')].filter((row) => row.user === account.id)
  if (mine.some((row) => row.elector_koc_id === elector))
    return failure(400, 'You have a guarantee from this elector already.')
  const id = server.nextId()
  const promised = { elector, user: account.id, status: String(body.guarantee_status) }
  const row: Row = { ...guaranteeRow(id, stampOf(server), promised), quick_note: String(body.quick_note ?? '') }
  // The election server answers with what it was given, and no id.
  const says = server.numbered ? row : { elector, guarantee_status: row.guarantee_status }
  const writes = [{ name: `guarantee/${id}`, row }]
  return { does: 'guarantee.create', on: elector, writes, says, locks: [`promise/${account.id}/${elector}`] }
}

/** Notes are only ever added to, whatever became of the guarantee meanwhile; the first one shows on it. */
function note({ server, account, body }: Act, name: string, row: Row): Wish {
  const said = { by: account.id, content: String(body.content), at: stampOf(server) }
  const also = () => void server.notes.set(name, [...(server.notes.get(name) ?? []), said])
  const writes = row.has_notes ? [] : [{ name, row: { ...row, has_notes: true } }]
  return { does: 'guarantee.note', on: name, writes, also, says: { content: said.content }, locks: [name] }
}
