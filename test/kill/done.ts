import type { Hub } from '../../src/hub/hub.ts'
import type { Tables } from '../../src/hub/store/tables.ts'
import { electorAt, guaranteeAt, markAt, sheetAt } from './election.ts'
import { figuresAt, kindAt, verifiedAt } from './typed.ts'

/** Frames read at once. */
const FRAMES = 1_000

/** How often the server has each of the first `typed` actions, by its index. What it has otherwise than it was typed, it has not. */
export function doneAt({ store }: Hub, typed: number): ReadonlyMap<number, number> {
  const removals = removalsIn(store)
  const done = new Map<number, number>()
  store.read((tables) => {
    const came = cameIn(tables)
    for (let index = 0; index < typed; index++) done.set(index, timesOf(tables, index, came, removals))
  })
  return done
}

type Counted = ReadonlyMap<string, number>

function timesOf(tables: Tables, index: number, came: Counted, removals: Counted): number {
  const does = kindAt(index)
  const elector = electorAt(index)
  const id = guaranteeAt(index)
  switch (does) {
    case 'attendance.mark':
    case 'attendance.pending':
      return came.get(elector) ?? 0
    case 'attendance.correct':
      return tables.attendance.byId(markAt(index)) === null
        ? (removals.get(`attendance_update ${markAt(index)}`) ?? 0)
        : 0
    case 'guarantee.update':
      return historyOf(tables, id, 'UPDATED')
    case 'guarantee.confirm':
      return historyOf(tables, id, 'CONFIRMATION_CHANGED')
    case 'guarantee.note':
      return tables.guarantees.notes(id).filter(({ content }) => content === elector).length
    case 'guarantee.remove':
      return tables.guarantees.byId(id) === null ? (removals.get(`guarantee_update ${id}`) ?? 0) : 0
    case 'guarantee.create':
      return pledgesOf(tables, elector)
    case 'count.enter':
      return entriesOf(tables, index)
    case 'count.verify':
      return verifiedTimes(tables, verifiedAt(index) ?? index)
  }
}

/** Every line of attendance that an elector has, wherever. */
function cameIn({ attendance }: Tables): Counted {
  const came = new Map<string, number>()
  for (const committee of [1, 2]) for (const one of attendance.ofCommittee(committee)) add(came, one.elector_koc_id)
  return came
}

const historyOf = ({ guarantees }: Tables, id: number, what: string): number =>
  guarantees.history(id).filter(({ action }) => action === what).length

function pledgesOf({ guarantees }: Tables, elector: string): number {
  const any = { owners: null, search: '', status: null, confirmation: null, group: null, ordering: '' }
  return guarantees.list({ offset: 0, limit: 10, after: null }, { ...any, elector }).count
}

/** How often the sheet was entered: each entry writes each candidate's figure once. None where it says other figures. */
function entriesOf({ voting }: Tables, index: number): number {
  const committee = sheetAt(index)
  const { cast, invalid, votes } = figuresAt(index)
  const entry = voting.entryOf(committee)
  if (entry?.total_ballots_cast !== cast || entry.invalid_ballots !== invalid) return 0
  const times = votes.map((row) => {
    const count = voting.countOf(committee, row.candidate)
    if (count?.vote_count !== row.votes) return 0
    return voting.auditOf(count.id).filter(({ action }) => action === 'CREATED' || action === 'UPDATED').length
  })
  return Math.min(...times) === 0 ? 0 : Math.max(...times)
}

/** How often it was verified; none where it is not any more. */
function verifiedTimes({ voting }: Tables, sheet: number): number {
  const committee = sheetAt(sheet)
  if (voting.entryOf(committee)?.status !== 'VERIFIED') return 0
  const times = voting
    .countsOf(committee)
    .map(({ id }) => voting.auditOf(id).filter(({ action }) => action === 'VERIFIED').length)
  return Math.max(0, ...times)
}

/** What was taken away is in no table any more: how often that was told. */
function removalsIn(store: Hub['store']): Counted {
  const removals = new Map<string, number>()
  for (let after = 0; ; ) {
    const frames = store.framesAfter(after, FRAMES)
    for (const { seq, text } of frames) {
      after = seq
      // The hub's own frame, written by it a moment ago.
      const { type, action, data } = JSON.parse(text) as { type: string; action?: string; data?: { id?: number } }
      if (action === 'deleted') add(removals, `${type} ${data?.id}`)
    }
    if (frames.length < FRAMES) return removals
  }
}

const add = (times: Map<string, number>, key: string): void => void times.set(key, (times.get(key) ?? 0) + 1)
