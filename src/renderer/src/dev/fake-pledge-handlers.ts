import type { AppContract } from '../../../shared/contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import { callsIn, turnCall } from './fake-pledges.ts'
import type { Bench } from './fake-handlers.ts'
import { USER } from './fake-views.ts'

const CLAIM_LASTS = 600_000

/** Keeps every command about guarantees and makes it so at once. */
export const fakePledgeHandlers = (bench: Bench) => ({
  ...callHandlers(bench),
  ...manyHandlers(bench),
  ...viewHandlers(bench),
})

function callHandlers({ world, phone, calls, now, tell, live, session }: Bench) {
  const isShared = () => live && session().shares.length > 0
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'call.claim': async (input) => {
      note('call.claim', input)
      const held = phone.claims.get(input.elector)
      if (held && held.window !== input.window) return err('claimed')
      const until = now() + CLAIM_LASTS
      const from = isShared() ? 'server' : 'desk'
      turnCall(phone, { does: 'claimed', by: USER.email, until, ...input }, now(), from)
      tell('calls')
      return ok({ until, from })
    },
    'call.release': async (input) => {
      note('call.release', input)
      turnCall(phone, { does: 'released', by: USER.email, ...input }, now())
      tell('calls')
      return ok(null)
    },
    'call.outcome': async (input) => {
      note('call.outcome', input)
      turnCall(phone, { does: 'called', by: USER.email, ...input }, now())
      tell('calls')
      return ok({ toServer: true, shared: isShared() })
    },
    'call.export': async (input) => {
      note('call.export', input)
      const { rows } = callsIn(world, phone, { ...input, offset: 0, limit: 200 })
      return ok({ name: 'call-list.csv', rows: rows.length, text: rows.map(({ elector }) => elector).join('\r\n') })
    },
  } satisfies Partial<Handlers<AppContract>>
}

/** Bulk changes; a change of many stands still in the middle until it is stopped. */
function manyHandlers({ world, many, calls, tell }: Bench) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'bulk.prepare': async (input) => {
      note('bulk.prepare', input)
      const { change, ids } = input
      const wanted = ids === null ? world.guarantees : world.guarantees.filter(({ id }) => ids.includes(id))
      const is = (row: (typeof wanted)[number]) =>
        change.is === 'confirmation' ? row.confirmation : change.is === 'status' ? row.status : row.group
      const shown = (rows: typeof wanted) =>
        rows.slice(0, 5).map((row) => ({
          ...{ elector: row.elector, name: row.electorName },
          before: change.is === 'group' ? row.groupName : String(is(row)),
        }))
      const theirs = wanted.filter(({ mine }) => !mine)
      const already = wanted.filter((row) => row.mine && is(row) === change.to)
      const changes = wanted.filter((row) => row.mine && is(row) !== change.to)
      many.change = change
      many.total = changes.length
      return ok({
        ...{ id: 'bulk-1', asked: wanted.length, changes: changes.length, examples: shown(changes) },
        refused: [
          { why: 'not-yours' as const, count: theirs.length, examples: shown(theirs) }, // the literal of the schema
          { why: 'already' as const, count: already.length, examples: shown(already) }, // the literal of the schema
        ].filter(({ count }) => count > 0),
      })
    },
    'bulk.start': async (input) => {
      note('bulk.start', input)
      many.bulk = { is: 'running', change: many.change, total: many.total, done: Math.ceil(many.total / 2), refused: 0 }
      tell('bulk')
      return ok(null)
    },
    'bulk.cancel': async (input) => {
      note('bulk.cancel', input)
      if (many.bulk.is === 'running') many.bulk = { ...many.bulk, is: 'ended', how: 'cancelled' }
      tell('bulk')
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

function viewHandlers({ many, calls, tell }: Bench) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'view.save': async (view) => {
      note('view.save', view)
      many.views = [...many.views.filter(({ name }) => name !== view.name), view]
      tell('views')
      return ok(null)
    },
    'view.remove': async (input) => {
      note('view.remove', input)
      many.views = many.views.filter(({ name }) => name !== input.name)
      tell('views')
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}
