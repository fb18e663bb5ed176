import { attendanceRow, sheetWrites } from './server/acts.ts'
import { COMMITTEES, ELECTORS, type Row } from './server/rows.ts'
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
    case 'unmark':
      return unmark(server, deed.pick)
    case 'edit': {
      const id = 1 + (deed.pick % 6)
      const row = server.row(`guarantee/${id}`)
      if (!row || server.pending.has(`guarantee/${id}`)) return
      const edited: Row = { ...row, quick_note: `other ${number}` }
      return server.write([{ name: `guarantee/${id}`, row: edited }], nothing)
    }
    case 'sheet': {
      const writes = sheetWrites(server, 1 + (deed.pick % COMMITTEES.length), 2_000 + number, () => deed.pick % 300)
      if (writes.some(({ name }) => server.pending.has(name))) return
      return server.write(writes, nothing)
    }
    case 'phase': {
      const row = server.row('election/1')
      if (!row || server.pending.has('election/1')) return
      return server.write([{ name: 'election/1', row: { ...row, status: PHASES[deed.pick % 4] } }], nothing)
    }
    case 'drop':
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

function mark(server: SimServer, pick: number, number: number, isPhantom: boolean): void {
  const { number: elector } = ELECTORS[pick % ELECTORS.length]!
  const lock = `elector/${elector}`
  const isSeen = [...server.all('attendance')].some((row) => row.elector_koc_id === elector)
  if (isSeen || server.pending.has(lock)) return
  const id = server.nextId()
  const row = attendanceRow(server, id, elector, 0, `other ${number}`)
  server.write([{ name: `attendance/${id}`, row }], nothing, isPhantom ? 'rollback' : 'commit', [lock])
}

/** Only another's mark is taken back: what a desk did is kept, or no desk could be held to it. */
function unmark(server: SimServer, pick: number): void {
  const marks = [...server.all('attendance')].filter((row) => String(row.notes).startsWith('other'))
  const row = marks[pick % Math.max(1, marks.length)]
  const name = `attendance/${row?.id}`
  if (row && !server.pending.has(name)) server.write([{ name, row: null }], nothing)
}
