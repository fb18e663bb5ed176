import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { ok } from '../../shared/result.ts'
import { PAIRING_LIFE_MS } from '../auth/pairings.ts'
import { isViewer } from '../auth/roles.ts'
import type { HubContext } from '../context.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { successText } from '../http/envelope.ts'
import { refused } from '../http/fault.ts'
import { snaked } from '../http/keys.ts'
import { sendFault, sendText } from '../http/server.ts'

const PATH = '/api/walls/'
const Wanted = z.object({ name: z.string().trim().min(1).max(60) })
const Code = z.object({ code: z.string().min(1).max(40) })
const WRONG = 'This code is wrong, was used, or is too old: ask an administrator for a new one.'

/**
 * Walls: devices that see figures and no person. An administrator makes a one-time code; the device that shows it gets a
 * sign-in of its own, which lives for half a year after its last use and ends when an administrator takes it away.
 */
export function addWalls(api: Api, app: FastifyInstance, context: HubContext): void {
  api.write('POST', `${PATH}codes/`, 'admin', (ask) => {
    const wanted = parsed(Wanted, ask.body)
    if (!wanted.ok) return wanted
    const code = context.pairings.issue(wanted.value.name)
    return ok({ data: { code, name: wanted.value.name, expires_in: PAIRING_LIFE_MS / 1000 }, status: 201 })
  })
  api.read(PATH, 'admin', (_ask, tables) => ok({ data: tables.users.walls() }))
  api.write('DELETE', `${PATH}:id/`, 'admin', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const found = tables.users.byId(id.value)
    const wall = there(found !== null && isViewer(found.role) ? found : null)
    if (!wall.ok) return wall
    tables.users.patch(id.value, { is_active: false })
    // its sockets end; runs after this transaction is through
    queueMicrotask(() => context.desks.review())
    return ok({ data: null, message: 'This wall sees nothing from now on' })
  })
  const limited = { config: { rateLimit: { max: context.limits.signInsPerMinute, timeWindow: 60_000 } } }
  app.post(`${PATH}pair/`, limited, (request, reply) => pair(context, request.body, reply))
}

/** Answers as a sign-in does, so that what follows is the same for a wall. */
async function pair(context: HubContext, body: unknown, reply: FastifyReply): Promise<FastifyReply> {
  const given = parsed(Code, snaked(body)?.value)
  if (!given.ok) return sendFault(reply, given.error)
  const name = context.pairings.redeem(given.value.code)
  if (name === null) return sendFault(reply, refused(WRONG, { code: [WRONG] }))
  const made = context.store.change((tables) => ok(tables.users.addWall(name, context.now())))
  if (!made.ok) return sendFault(reply, { status: 500, message: 'The wall was not kept.' })
  const { value: user, position } = made.value
  const pair = await context.tokens.issue(user.id, 'device')
  return sendText(reply, 200, successText({ data: { ...pair, user }, message: 'Paired' }, position, context.now()))
}
