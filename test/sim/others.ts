import { attendanceRow, attendedOf } from './server/act-attendance.ts'
import { blindFigures, votesFor } from './commands.ts'
import type { SheetFigures } from '../../src/shared/sheet/sheet.ts'
import { dropped, resolved, typed } from './server/act-typing.ts'
import { generated, RESULTS, verifiedSheet } from './server/act-voting.ts'
import { stampOf } from './server/rest.ts'
import { ACCOUNTS, COMMITTEES, ELECTORS, guaranteeRow, type Row, sheetRows } from './server/rows.ts'
import type { Write } from './server/writers.ts'
import type { SimServer } from './server/server.ts'
import type { ServerDeed } from './plan.ts'

const PHASES = ['VOTING_DAY', 'COUNTING', 'VOTING_DAY', 'CLOSED']
const nothing = () => {}

/** What people at other desks do, and what becomes of the server. `number`: the step's, for words that no other has. */
export function happen(server: SimServer, deed: ServerDeed, number: number): void {
  const { world } = server
  switch (deed.is) {
    case 'mark':
    case 'phantom':
      return mark(server, deed.pick, number, deed.is === 'phantom')
    case 'double':
      return double(server, deed.pick, number)
    case 'unmark':
      return unmark(server, deed.pick)
    case 'arrival':
      return arrival(server, deed.pick, number)
    case 'edit':
      return promise(server, deed.pick, { quick_note: `other ${number}` })
    case 'confirm':
      return promise(server, deed.pick, { confirmation_status: deed.pick % 2 === 0 ? 'CONFIRMED' : 'NOT_AVAILABLE' })
    case 'remove':
      return promise(server, deed.pick, null)
    case 'create':
      return create(server, deed.pick)
    case 'sheet': {
      const figures = { cast: 2_000 + number, invalid: 0, votesOf: () => deed.pick % 300, by: `Other ${deed.pick % 3}` }
      return written(server, sheetRows(1 + (deed.pick % COMMITTEES.length), figures, stampOf(server)))
    }
    case 'blind':
    case 'resolve':
    case 'drop':
      return blind(server, deed.is, deed.pick)
    case 'verify':
      return written(server, verifiedSheet(server, 1 + (deed.pick % COMMITTEES.length)) ?? [])
    case 'generate': {
      const writes = generated(server)
      return typeof writes === 'string' ? undefined : written(server, writes)
    }
    case 'publish':
      return changed(server, RESULTS, { status: 'PUBLISHED', published_at: stampOf(server) })
    case 'phase':
      return changed(server, 'election/1', { status: PHASES[deed.pick % 4] })
    case 'lose':
      server.toDrop += deed.frames
      return
    case 'restart':
      return server.restart(deed.ms)
    case 'fault':
      server.faultUntil = world.now + deed.ms
      return
    case 'epoch':
      server.restart(1_000)
      return server.beginEpoch(deed.undo)
    case 'busy':
      server.busy = { until: world.now + deed.ms, status: deed.status, seconds: deed.seconds }
      return
    default:
      return server.tokens.expireAll()
  }
}

/** Unless somebody else's commit of one of them is awaited. */
function written(server: SimServer, writes: readonly Write[]): void {
  if (writes.length > 0 && !writes.some(({ name }) => server.pending.has(name))) server.write(writes, nothing)
}
function changed(server: SimServer, name: string, fields: Row): void {
  const row = server.row(name)
  if (row) written(server, [{ name, row: { ...row, ...fields } }])
}

/** Somebody elsewhere types one of two entries, decides between two, or throws them away. */
function blind(server: SimServer, is: 'blind' | 'resolve' | 'drop', pick: number): void {
  const { committee, cast, votes } = blindFigures(pick)
  const by = OTHER_PEOPLE[pick % OTHER_PEOPLE.length]!
  const figures = { cast, invalid: 0, votes: votesFor(votes) } as SheetFigures // candidates of this election
  const take = ['cast', 'invalid', '1', '2'].map((field) => ({ field, value: field === 'cast' ? cast : 7 }))
  const turn =
    is === 'blind'
      ? typed(server, committee, by, figures)
      : is === 'drop'
        ? dropped(server, committee)
        : resolved(server, committee, by, { take, content: 'so on the paper' })
  if ('status' in turn || turn.writes.length === 0) return
  server.write(turn.writes, () => void server.typed.set(committee, turn.pair))
}
const OTHER_PEOPLE = [1, 2, 3].map((by) => ({ by, email: `other${by}@example.com`, name: `Other ${by - 1}` }))

/** A collector's own guarantee, changed or removed by that collector from another device. */
function promise(server: SimServer, pick: number, fields: Row | null): void {
  const name = `guarantee/${1 + (pick % 6)}`
  if (fields) changed(server, name, fields)
  else if (server.row(name)) written(server, [{ name, row: null }])
}
function create(server: SimServer, pick: number): void {
  const [{ number: elector }, { id: user }] = [ELECTORS[pick % ELECTORS.length]!, ACCOUNTS[pick % ACCOUNTS.length]!]
  const isThere = [...server.all('guarantee')].some((row) => row.user === user && row.elector_koc_id === elector)
  const lock = `promise/${user}/${elector}`
  if (isThere || server.pending.has(lock)) return
  const id = server.nextId()
  const status = pick % 2 === 0 ? 'GUARANTEED' : 'PENDING'
  const row = guaranteeRow(id, stampOf(server), { elector, user, status })
  server.write([{ name: `guarantee/${id}`, row }], nothing, 'commit', [lock])
}

function mark(server: SimServer, pick: number, number: number, isPhantom: boolean): void {
  const { number: elector, committee } = ELECTORS[pick % ELECTORS.length]!
  const lock = `elector/${elector}`
  if (attendedOf(server, elector) !== undefined || server.pending.has(lock)) return
  const row = attendanceRow(server, { elector, committee, status: 'ATTENDED', by: 0, notes: `other ${number}` })
  server.write([{ name: `attendance/${row.id}`, row }], nothing, isPhantom ? 'rollback' : 'commit', [lock])
}
/** Whoever is marked comes to be marked elsewhere as well, as two gates without a line between them do; else they are marked. */
function double(server: SimServer, pick: number, number: number): void {
  const marks = [...server.all('attendance')].filter((row) => row.status === 'ATTENDED')
  const seen = marks[pick % Math.max(1, marks.length)]
  const elector = String(seen?.elector_koc_id)
  const places = COMMITTEES.filter((code) => code !== seen?.committee_code)
  const isTwice = marks.filter((row) => row.elector_koc_id === elector).length > 1
  if (!seen || isTwice || server.pending.has(`elector/${elector}`)) return mark(server, pick, number, false)
  const committee = places[pick % places.length] ?? COMMITTEES[0]
  const row = attendanceRow(server, { elector, committee, status: 'ATTENDED', by: 0, notes: `other ${number}` })
  server.write([{ name: `attendance/${row.id}`, row }], nothing, 'commit', [`elector/${elector}`])
}
function arrival(server: SimServer, pick: number, number: number): void {
  const { number: elector } = ELECTORS[pick % ELECTORS.length]!
  const committee = COMMITTEES[pick % COMMITTEES.length]!
  if (server.pending.has(`elector/${elector}`)) return
  const row = attendanceRow(server, { elector, committee, status: 'PENDING', by: 0, notes: `other ${number}` })
  server.write([{ name: `attendance/${row.id}`, row }], nothing, 'commit', [`elector/${elector}`])
}

/** Only another's mark is taken back: what a desk did is kept, or no desk could be held to it. */
function unmark(server: SimServer, pick: number): void {
  const marks = [...server.all('attendance')].filter((row) => String(row.notes).startsWith('other'))
  const row = marks[pick % Math.max(1, marks.length)]
  if (row) written(server, [{ name: `attendance/${row.id}`, row: null }])
}
