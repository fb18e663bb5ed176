import type { Database } from './database.ts'
import type { Others } from './others.ts'
import { ACCOUNTS } from './seed.ts'

type Act = () => Promise<unknown>

/** One thing somebody does, drawn by chance: mostly marks and pledges, now and then something the server keeps quiet about. */
export function anyAct(others: Others, database: Database, chance: () => number): Act {
  const acts: readonly (readonly [share: number, act: Act])[] = [
    [40, () => markAnyone(others, database, chance)],
    [10, () => editPledge(others, database, chance)],
    [8, () => pledge(others, database, chance)],
    [3, () => withRow(database, 'guarantees', chance, (row) => others.deleteGuarantee(row.id))],
    [3, () => withRow(database, 'attendance', chance, (row) => others.deleteAttendance(row.id))],
    [3, () => withRow(database, 'attendance', chance, (row) => others.editAttendance(row.id, { notes: 'corrected' }))],
    [3, () => sortGroups(others, database, chance)],
    [2, () => withRow(database, 'guarantees', chance, (row) => others.note(row.id, 'spoke to the family'))],
    [2, () => wrongPlace(others, database, chance)],
    [2, () => bulkUpdate(others, database, chance)],
    [8, () => countSheet(others, database, chance)],
    [3, () => withRow(database, 'entries', chance, (row) => others.verifyEntry(row.id))],
    [1, () => withRow(database, 'counts', chance, (row) => others.deleteCount(row.id))],
    [2, () => phantom(others, database, chance)],
    [1, () => others.finishCount(() => Math.floor(chance() * 40))],
    [1, () => others.publishResults()],
    [1, () => others.setPhase(chance() < 0.5 ? 'VOTING_DAY' : 'COUNTING')],
  ]
  let left = chance() * acts.reduce((sum, [share]) => sum + share, 0)
  for (const [share, act] of acts) {
    left -= share
    if (left < 0) return act
  }
  return () => Promise.resolve()
}

const any = <T>(list: readonly T[], chance: () => number): T | undefined => list[Math.floor(chance() * list.length)]

async function withRow<T extends 'guarantees' | 'attendance' | 'entries' | 'counts'>(
  database: Database,
  table: T,
  chance: () => number,
  act: (row: { readonly id: number }) => Promise<unknown>,
): Promise<unknown> {
  const row = any(database.all(table), chance)
  return row === undefined ? undefined : act(row)
}

async function markAnyone(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const elector = any(database.all('electors'), chance)
  const place = database.get('committees', elector?.committee ?? 0)
  return elector === undefined || place === undefined ? undefined : others.mark(elector.id, place.code)
}
async function wrongPlace(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const [elector, place] = [any(database.all('electors'), chance), any(database.all('committees'), chance)]
  return elector === undefined || place === undefined ? undefined : others.addPending(elector.id, place.code)
}
async function pledge(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const elector = any(database.all('electors'), chance)
  const email = any([ACCOUNTS.admin, ACCOUNTS.supervisor, ACCOUNTS.user, ACCOUNTS.other], chance)
  return elector === undefined ? undefined : others.guarantee(elector.id, email)
}
const editPledge = (others: Others, database: Database, chance: () => number): Promise<unknown> =>
  withRow(database, 'guarantees', chance, (row) =>
    others.editGuarantee(row.id, {
      guarantee_status: chance() < 0.5 ? 'PENDING' : 'GUARANTEED',
      quick_note: `call ${Math.floor(chance() * 100)}`,
    }),
  )
async function bulkUpdate(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const own = database.all('guarantees').filter((row) => row.user === 1 && chance() < 0.2)
  return others.bulkUpdate(
    own.map((row) => row.id),
    chance() < 0.5 ? 'PENDING' : 'GUARANTEED',
  )
}
/** Makes, renames or drops a group, or moves a pledge to another of its collector's; only the last is told. */
async function sortGroups(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const group = any(database.all('groups'), chance)
  const drawn = chance()
  if (group === undefined || drawn < 0.2) return others.createGroup(`Group ${Math.floor(chance() * 1000)}`)
  if (drawn < 0.4) return others.editGroup(group.id, { name: `Group ${Math.floor(chance() * 1000)}` })
  if (drawn < 0.5) return others.deleteGroup(group.id)
  const pledges = database.all('guarantees').filter((row) => row.user === group.user)
  const pledge = any(pledges, chance)
  return pledge && others.editGuarantee(pledge.id, { group: chance() < 0.3 ? null : group.id })
}
async function countSheet(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const place = any(database.all('committees'), chance)
  if (place === undefined) return undefined
  const votes = new Map(database.all('candidates').map((row) => [row.id, Math.floor(chance() * 40)]))
  return others.enterCounts(place.id, votes, 40 + Math.floor(chance() * 10), Math.floor(chance() * 3))
}
async function phantom(others: Others, database: Database, chance: () => number): Promise<unknown> {
  const [place, candidate] = [any(database.all('committees'), chance), any(database.all('candidates'), chance)]
  if (place === undefined || candidate === undefined) return undefined
  return others.phantom(place.id, candidate.id, 1000 + Math.floor(chance() * 1000))
}
