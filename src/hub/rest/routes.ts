import type { FastifyInstance } from 'fastify'
import type { HubContext } from '../context.ts'
import type { Api } from '../http/api.ts'
import { addAttendance } from './attendance.ts'
import { addAuth } from './auth.ts'
import { addCommittees } from './committees.ts'
import { addElections } from './elections.ts'
import { addHealth } from './health.ts'
import { addMarking } from './marking.ts'
import { addUsers } from './users.ts'

/** Every room of the REST side, one line a room. */
export function addRoutes(api: Api, app: FastifyInstance, context: HubContext): void {
  addAuth(app, context)
  addUsers(api, app, context)
  addElections(api)
  addCommittees(api)
  addAttendance(api)
  addMarking(api)
  addHealth(api, app, context)
}
