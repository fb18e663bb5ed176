import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { err, ok } from '../../shared/result.ts'
import { bearerOf } from '../auth/gate.ts'
import { isSupervisor } from '../auth/roles.ts'
import type { HubContext } from '../context.ts'
import type { Api } from '../http/api.ts'
import { idOf, parsed, there } from '../http/api.ts'
import { successText } from '../http/envelope.ts'
import { fieldFault, refused } from '../http/fault.ts'
import { snaked } from '../http/keys.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import { sendFault, sendText } from '../http/server.ts'

const UserPatch = z.object({
  role: z.enum(['SUPER_ADMIN', 'ADMIN', 'SUPERVISOR', 'USER']).optional(),
  is_active: z.boolean().optional(),
  committees: z.array(z.string().max(20)).max(1000).optional(),
  supervisor: z.number().int().nullable().optional(),
})
const Revoke = z.object({ wipe: z.boolean().default(false) })
const PasswordChange = z.object({
  old_password: z.string().max(1000),
  new_password: z.string().min(8).max(1000),
  new_password_confirm: z.string().max(1000),
})

/** Accounts: one's own for everybody, all of them for admins. Nobody raises their own role. */
export function addUsers(api: Api, app: FastifyInstance, context: HubContext): void {
  api.read('/api/users/me/', 'viewer', (ask) => ok({ data: ask.caller.user }))
  api.read('/api/users/', 'admin', (ask, tables) => {
    const page = pageOf(ask.query)
    if (!page.ok) return page
    return pageAnswer(tables.users.list(page.value, ask.query['search'] ?? ''), page.value, ask.url, (user) => user.id)
  })
  api.read('/api/users/:id/', 'admin', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const user = there(tables.users.byId(id.value))
    return user.ok ? ok({ data: user.value }) : user
  })
  api.write('PATCH', '/api/users/:id/', 'admin', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const fields = parsed(UserPatch, ask.body)
    if (!fields.ok) return fields
    const user = there(tables.users.byId(id.value))
    if (!user.ok) return user
    const { supervisor } = fields.value
    if (supervisor !== undefined && supervisor !== null) {
      const lead = tables.users.byId(supervisor)
      if (lead === null || !isSupervisor(lead.role))
        return err(fieldFault('supervisor', 'Must be a supervisor or above.'))
    }
    tables.users.patch(id.value, fields.value)
    // the rights of open sockets follow at once; runs after this transaction is through
    queueMicrotask(() => context.desks.review())
    return ok({ data: tables.users.byId(id.value), message: 'User updated successfully' })
  })
  addRevoking(api, context)
  addPasswordChange(app, context)
}

/** Takes an account away: its sockets end, its tokens are worth nothing, and each of its desks is told by whose order. */
function addRevoking(api: Api, context: HubContext): void {
  api.write('POST', '/api/users/:id/revoke/', 'admin', (ask, tables) => {
    const id = idOf(ask)
    if (!id.ok) return id
    const wanted = parsed(Revoke, ask.body)
    if (!wanted.ok) return wanted
    const user = there(tables.users.byId(id.value))
    if (!user.ok) return user
    if (user.value.id === ask.caller.user.id)
      return err(refused('Your own account is taken away by another administrator.'))
    const order = { id: randomUUID(), by: ask.caller.user.email, at: context.now(), wipe: wanted.value.wipe }
    tables.users.revoke(id.value, order)
    // its sockets end; runs after this transaction is through
    queueMicrotask(() => context.desks.review())
    return ok({ data: { ...order, email: user.value.email }, message: 'This account was taken away' })
  })
}

function addPasswordChange(app: FastifyInstance, context: HubContext): void {
  const limited = { config: { rateLimit: { max: context.limits.signInsPerMinute, timeWindow: 60_000 } } }
  app.post('/api/users/change_password/', limited, async (request, reply) => {
    const caller = await context.gate.byToken(bearerOf(request.headers.authorization))
    if (!caller.ok) return sendFault(reply, { status: 401, message: 'Authentication credentials were not provided.' })
    const given = parsed(PasswordChange, snaked(request.body)?.value)
    if (!given.ok) return sendFault(reply, given.error)
    if (given.value.new_password !== given.value.new_password_confirm) {
      return sendFault(reply, fieldFault('new_password_confirm', 'The two passwords differ.'))
    }
    const { id } = caller.value.user
    const held = context.store.read((tables) => tables.users.hashOf(id)).value
    const matches = await context.passwords.matches(given.value.old_password, held)
    const hash = matches.ok && matches.value ? await context.passwords.hash(given.value.new_password) : null
    if (!matches.ok || (hash !== null && !hash.ok)) {
      return sendFault(reply, {
        status: 503,
        message: 'The hub is busy: try again in a few seconds.',
        retryAfterSeconds: 3,
      })
    }
    if (hash === null) return sendFault(reply, fieldFault('old_password', 'Wrong password.'))
    const done = context.store.change((tables) => ok(tables.users.setPassword(id, hash.value)))
    if (!done.ok) return sendFault(reply, { status: 500, message: 'The password was not changed.' })
    const answer = { data: null, message: 'Password changed successfully' }
    return sendText(reply, 200, successText(answer, done.value.position, context.now()))
  })
}
