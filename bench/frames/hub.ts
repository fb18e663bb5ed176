import { createInterface } from 'node:readline'
import { startHub } from '../../src/hub/hub.ts'
import { announced, announcedDeleted } from '../../src/hub/rest/marking.ts'
import { tell } from '../../src/hub/rest/pledging.ts'
import type { ElectionSeed } from '../../src/hub/seed.ts'
import type { Announce } from '../../src/hub/store/store.ts'
import type { Tables } from '../../src/hub/store/tables.ts'
import { ok } from '../../src/shared/result.ts'

/**
 * The real hub with a large election, in a process of its own, where things happen at a pace: a line with a number on its
 * standard input is how many a second. Prints its address as one JSON line; ends with its standard input.
 */

const SIZE = { committees: 420, electors: 100_000, guarantees: 30_000, candidates: 30, collectors: 20 }
/** So often a batch is committed, ms: as a busy hub does. */
const BEAT_MS = 20
const EMAIL = 'chief@bench.example'
const PASSWORD = 'a long enough password'

const codeOf = (place: number) => `f${1 + (place % SIZE.committees)}`
const numberOf = (elector: number) => String(700_000 + elector)
const range = (count: number) => Array.from({ length: count }, (_, index) => index)
const collectorOf = (index: number) => `collector${index % SIZE.collectors}@bench.example`

function* electors(): ElectionSeed['electors'] {
  for (const index of range(SIZE.electors))
    yield {
      number: numberOf(index),
      name: index % 2 === 0 ? `Elector ${index} Salem Nasser` : `خالد ناصر ${index}`,
      committee: codeOf(index),
      gender: 'FEMALE',
      mobile: `5${String(index).padStart(7, '0')}`,
      section: 'A',
      department: 'B',
      team: 'T',
      area: 'Z',
    }
}

const seed: ElectionSeed = {
  name: 'Bench',
  mode: 'rehearsal',
  votingMode: 'MIXED',
  maxCandidatesPerBallot: 5,
  date: '2026-11-20',
  parties: [{ name: 'Harbour', color: '#1f6feb' }],
  candidates: range(SIZE.candidates).map((index) => ({
    name: `Candidate ${index}`,
    number: index + 1,
    party: index % 2 === 0 ? 'Harbour' : null,
  })),
  committees: range(SIZE.committees).map((index) => ({
    code: codeOf(index),
    name: `Committee ${index}`,
    gender: 'MIXED',
    location: `School ${index}`,
  })),
  users: [
    { email: EMAIL, password: PASSWORD, firstName: 'Amal', lastName: 'Test', role: 'ADMIN', committees: [] },
    ...range(SIZE.collectors).map((index) => ({
      email: collectorOf(index),
      password: PASSWORD,
      firstName: 'Omar',
      lastName: `${index}`,
      role: 'USER' as const, // the literal of the seed
      committees: [],
    })),
  ],
  electors: electors(),
  guarantees: range(SIZE.guarantees).map((index) => ({
    collector: collectorOf(index),
    elector: numberOf(index * 3),
    status: index % 2 === 0 ? ('GUARANTEED' as const) : ('PENDING' as const), // the literals of the seed
    confirmation: 'PENDING',
    mobile: '',
    note: '',
  })),
}

const started = await startHub({ host: '127.0.0.1', port: 0, dataDir: null, mode: seed.mode, seed })
if (!started.ok) throw new Error(started.error.sentence)
const hub = started.value
console.log(JSON.stringify({ url: hub.url, email: EMAIL, password: PASSWORD }))

let marked = 0
let turned = 0
/** Two marks, or two taken back, to one guarantee asked about. */
function happen(tables: Tables, announce: Announce): void {
  const at = Date.now()
  if ((marked + turned) % 3 === 2) {
    const id = 1 + ((turned++ * 7) % SIZE.guarantees)
    tables.guarantees.patch(id, { confirmation: turned % 2 === 0 ? 'CONFIRMED' : 'NOT_AVAILABLE' }, at)
    const record = tables.guarantees.byId(id)
    if (record) tell(announce, 'updated', record)
    return
  }
  // Spread over the committees as a day is, not one after the other. Once all came their marks are taken back, one by one.
  const round = Math.floor(marked / SIZE.electors)
  const elector = (marked++ * 7_919) % SIZE.electors
  if (round % 2 === 0) mark(tables, announce, elector, at)
  else takeBack(tables, announce, elector)
}

function mark(tables: Tables, announce: Announce, elector: number, at: number): void {
  const committee = tables.committees.byCode(codeOf(elector))
  if (!committee) throw new Error(`no committee ${codeOf(elector)}`)
  const fields = { elector: numberOf(elector), committee: committee.id, by: 1, at, notes: '', ip: '', agent: '' }
  announced(announce, 'created', tables.attendance.mark({ ...fields, status: 'ATTENDED' }))
}

function takeBack(tables: Tables, announce: Announce, elector: number): void {
  const record = tables.attendance.attendedOf(numberOf(elector))
  if (!record) throw new Error(`elector ${numberOf(elector)} has no mark to take back`)
  tables.attendance.remove(record.id)
  announcedDeleted(announce, record)
}

let perSecond = 0
let owed = 0
let last = performance.now()
setInterval(() => {
  const now = performance.now()
  owed += ((now - last) / 1_000) * perSecond
  last = now
  const count = Math.floor(owed)
  if (count === 0) return
  owed -= count
  const done = hub.store.change((tables, announce) => {
    for (let one = 0; one < count; one++) happen(tables, announce)
    return ok(null)
  })
  if (!done.ok) throw new Error(`the hub refuses what happens: ${JSON.stringify(done.error)}`)
}, BEAT_MS)
createInterface({ input: process.stdin })
  .on('line', (line) => {
    perSecond = Number(line)
    console.log(
      JSON.stringify({
        marked,
        turned,
        cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1_000),
      }),
    )
  })
  .once('close', () => void hub.stop().then(() => process.exit(0)))
