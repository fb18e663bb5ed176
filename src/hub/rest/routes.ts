import type { FastifyInstance } from 'fastify'
import type { HubContext } from '../context.ts'
import type { Api } from '../http/api.ts'
import { addAttendance } from './attendance.ts'
import { addAuth } from './auth.ts'
import { addCalls } from './calls.ts'
import { addCandidates } from './candidates.ts'
import { addCommittees } from './committees.ts'
import { addCounts } from './counts.ts'
import { addDashboards } from './dashboards.ts'
import { addElections } from './elections.ts'
import { addElectors } from './electors.ts'
import { addEntries } from './entries.ts'
import { addGuaranteeBulk } from './guarantee-bulk.ts'
import { addGuaranteeNotes } from './guarantee-notes.ts'
import { addGuarantees } from './guarantees.ts'
import { addHealth } from './health.ts'
import { addMarking } from './marking.ts'
import { addParties } from './parties.ts'
import { addRemarks } from './remarks.ts'
import { addResults } from './results.ts'
import { addTyping } from './typing.ts'
import { addUsers } from './users.ts'
import { addWalls } from './walls.ts'

/** Every room of the REST side, one line a room. */
export function addRoutes(api: Api, app: FastifyInstance, context: HubContext): void {
  addAuth(app, context)
  addUsers(api, app, context)
  addWalls(api, app, context)
  addElections(api)
  addCommittees(api)
  addCandidates(api)
  addParties(api)
  addElectors(api)
  addAttendance(api)
  addMarking(api)
  addCounts(api)
  addEntries(api)
  addRemarks(api)
  addTyping(api)
  addResults(api)
  addGuarantees(api)
  addGuaranteeBulk(api)
  addGuaranteeNotes(api)
  addCalls(api)
  addDashboards(api)
  addHealth(api, app, context)
}
