import {
  atomically,
  bad,
  forbidden,
  good,
  isAdmin,
  missing,
  page,
  required,
  route,
  textOf,
  type Route,
} from '../ask.ts'
import type { Phase } from '../rows.ts'
import * as show from '../serializers.ts'

const PHASES: readonly string[] = ['SETUP', 'GUARANTEE_PHASE', 'VOTING_DAY', 'COUNTING', 'CLOSED'] satisfies Phase[]

/** Elections, committees, parties, candidates, users, health: what is set up before the day. None of it is ever broadcast. */
export const electionRoutes: readonly Route[] = [
  route('GET', /^elections\/$/, (ask) => {
    const status = ask.query.get('status')
    const rows = ask.db.all('elections').filter((row) => status === null || row.status === status)
    const newest = rows.toSorted((a, b) => b.id - a.id)
    return page(
      ask,
      '/api/elections/',
      newest.map((row) => show.election(ask.db, row)),
    )
  }),
  // It looks for a status that does not exist, so only an election still in SETUP is "current".
  route('GET', /^elections\/current\/$/, (ask) => {
    const row = ask.db.all('elections').find(({ status }) => status === 'SETUP')
    if (row === undefined) return missing('No active election found')
    const { db } = ask
    return good({
      election: show.election(db, row),
      committees: db.all('committees').map((committee) => show.committee(db, committee)),
      parties: db.all('parties').map((party) => show.party(db, party)),
      candidates: db.all('candidates').map((candidate) => show.candidate(db, candidate)),
      members: [],
    })
  }),
  route('GET', /^elections\/(\d+)\/$/, (ask) => {
    const row = ask.db.get('elections', Number(ask.params[0]))
    return row === undefined ? missing() : good(show.election(ask.db, row))
  }),
  route('PATCH', /^elections\/(\d+)\/$/, (ask) => {
    if (!isAdmin(ask.user.role)) return forbidden()
    return atomically(ask, (tx) => {
      const row = tx.get('elections', Number(ask.params[0]))
      if (row === undefined) return missing()
      const status = textOf(ask.body, 'status') ?? row.status
      if (!PHASES.includes(status)) return bad(`status: "${status}" is not a valid choice.`)
      const name = textOf(ask.body, 'name') ?? row.name
      const kept = tx.put('elections', { ...row, name, status: status as Phase, updated: Date.now() }) // one of PHASES
      return good(show.election(tx, kept))
    })
  }),
  route('GET', /^elections\/committees\/$/, (ask) => {
    const [election, gender, search] = ['election', 'gender', 'search'].map((name) => ask.query.get(name))
    const rows = ask.db
      .all('committees')
      .filter((row) => !election || row.election === Number(election))
      .filter((row) => !gender || row.gender === gender)
      .filter((row) => !search || row.code.includes(search) || row.name.includes(search))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    return page(
      ask,
      '/api/elections/committees/',
      rows.map((row) => show.committee(ask.db, row)),
    )
  }),
  route('GET', /^elections\/committees\/(\d+)\/$/, (ask) => {
    const row = ask.db.get('committees', Number(ask.params[0]))
    if (row === undefined) return missing()
    const more = {
      election_name: ask.db.get('elections', row.election)?.name,
      assigned_users: [],
      assigned_user_names: [],
    }
    return good({ ...show.committee(ask.db, row), ...more })
  }),
  // Any signed-in user may: nothing checks the role.
  route('PATCH', /^elections\/committees\/(\d+)\/$/, (ask) =>
    atomically(ask, (tx) => {
      const row = tx.get('committees', Number(ask.params[0]))
      if (row === undefined) return missing()
      const [name, location] = [textOf(ask.body, 'name') ?? row.name, textOf(ask.body, 'location') ?? row.location]
      return good(show.committee(tx, tx.put('committees', { ...row, name, location, updated: Date.now() })))
    }),
  ),
  route('GET', /^candidates\/$/, (ask) => {
    const rows = ask.db.all('candidates').toSorted((a, b) => a.number - b.number)
    return page(
      ask,
      '/api/candidates/',
      rows.map((row) => show.candidate(ask.db, row)),
    )
  }),
  route('GET', /^candidates\/parties\/$/, (ask) =>
    page(
      ask,
      '/api/candidates/parties/',
      ask.db.all('parties').map((row) => show.party(ask.db, row)),
    ),
  ),
  route('PATCH', /^candidates\/(\d+)\/$/, (ask) => {
    if (!isAdmin(ask.user.role)) return forbidden()
    return atomically(ask, (tx) => {
      const row = tx.get('candidates', Number(ask.params[0]))
      const name = textOf(ask.body, 'name')
      if (row === undefined) return missing()
      return name === null ? required('name') : good(show.candidate(tx, tx.put('candidates', { ...row, name })))
    })
  }),
  route('GET', /^users\/me\/$/, (ask) => good(show.user(ask.user))),
  route('GET', /^users\/$/, (ask) =>
    isAdmin(ask.user.role) ? page(ask, '/api/users/', ask.db.all('users').map(show.user)) : forbidden(),
  ),
]
