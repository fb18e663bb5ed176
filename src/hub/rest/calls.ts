import { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { isAdmin, seesGuaranteesOf } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { parsed } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault } from '../http/fault.ts'
import { camelized } from '../http/keys.ts'
import { pageAnswer, pageOf } from '../http/paging.ts'
import { CALL_OUTCOMES, type CallRecord } from '../store/call-tables.ts'
import type { Announce, Store } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'

/** A claim nobody keeps ends by itself: longer than a call takes, shorter than a forgotten one may stand in the way. ms. */
export const CLAIM_MS = 10 * 60_000
/** One account's calls at once, over all its windows: beyond it something claims that does not ring. */
export const MOST_HELD = 100
/** Until somebody may have given one back, s. */
const HELD_RETRY_SECONDS = 60

const elector = z.string().min(1).max(20)
const caller = z.string().trim().min(1).max(60)
const window = z.string().min(8).max(60)
const Claim = z.object({ elector, caller, window })
const Release = z.object({ elector, window })
const Outcome = z.object({
  ...{ elector, caller, window },
  outcome: z.enum(CALL_OUTCOMES),
  called_at: z.iso.datetime({ offset: true }).optional(),
})
const PATH = '/api/calls/'
const NOTHING = { claim: null, called: null } as const

/** Who rings whom, over all desks: the first claim holds until it is given back, its outcome is written, or its time is over. */
export function addCalls(api: Api): void {
  // A wall reads what desks read; it sees nobody's promises, so of calls it gets none.
  api.read(PATH, 'viewer', (ask, tables) => {
    const page = pageOf(ask.query, 'text')
    if (!page.ok) return page
    const { role, userId, team } = ask.caller.viewer
    const owners = isAdmin(role) ? null : [userId, ...team]
    return pageAnswer(tables.calls.list(page.value, owners), page.value, ask.url, (record) => record.elector)
  })
  api.write('POST', `${PATH}claim/`, 'user', claim)
  api.write('POST', `${PATH}release/`, 'user', release)
  api.write('POST', `${PATH}outcome/`, 'user', outcome)
}

function claim(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Claim, ask.body)
  if (!fields.ok) return fields
  const { elector: number, caller: name, window: key } = fields.value
  const fault = whyNotTheirs(ask, tables, number)
  if (fault !== null) return err(fault)
  const user = ask.caller.user.id
  const held = tables.calls.holderOf(number, ask.at)
  const isMine = held?.user === user && held.window === key
  if (held !== null && !isMine) return err(taken(tables, number))
  if (!isMine && tables.calls.heldBy(user, ask.at) >= MOST_HELD) return err(tooManyHeld())
  tables.calls.claim(number, { user, window: key, caller: name }, ask.at, ask.at + CLAIM_MS)
  return ok({ data: tellCall(tables, announce, number), message: 'The call is yours', status: 201 })
}

function release(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Release, ask.body)
  if (!fields.ok) return fields
  const { elector: number, window: key } = fields.value
  const fault = whyNotTheirs(ask, tables, number)
  if (fault !== null) return err(fault)
  if (!holds(ask, tables, number, key)) return ok({ data: recordOf(tables, number), message: 'It was not yours' })
  tables.calls.release(number)
  return ok({ data: tellCall(tables, announce, number), message: 'The call was given back' })
}

/** What was rung counts, whoever holds the claim by now: a desk that was cut off tells it afterwards. */
function outcome(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Outcome, ask.body)
  if (!fields.ok) return fields
  const { elector: number, caller: name, window: key, outcome: came, called_at } = fields.value
  const fault = whyNotTheirs(ask, tables, number)
  if (fault !== null) return err(fault)
  // A desk's clock that runs ahead is no reason to lose what it tells: a time to come is now.
  const said = called_at === undefined ? ask.at : Date.parse(called_at)
  if (holds(ask, tables, number, key)) tables.calls.release(number)
  tables.calls.called(number, { user: ask.caller.user.id, caller: name, outcome: came }, Math.min(said, ask.at))
  return ok({ data: tellCall(tables, announce, number), message: 'The outcome was kept', status: 201 })
}

const holds = (ask: Ask, tables: Tables, number: string, key: string): boolean => {
  const held = tables.calls.holderOf(number, ask.at)
  return held?.user === ask.caller.user.id && held.window === key
}

/** Whoever sees nobody's promise of this elector is not told that there is one. */
function whyNotTheirs(ask: Ask, tables: Tables, number: string): RestFault | null {
  const { viewer } = ask.caller
  const isTheirs = tables.calls.ownersOf(number).some((owner) => seesGuaranteesOf(viewer, owner))
  return isTheirs ? null : fieldFault('elector', 'You have no guarantee of this elector.')
}

const taken = (tables: Tables, number: string): RestFault => {
  const record = recordOf(tables, number)
  const message = `${record.claim?.caller ?? 'Somebody'} is calling this elector.`
  return { status: 409, message, errors: { current: camelized(record) } }
}
const tooManyHeld = (): RestFault => ({
  status: 429,
  message: `This account holds ${MOST_HELD} calls: give some back first.`,
  retryAfterSeconds: HELD_RETRY_SECONDS,
})

const recordOf = (tables: Tables, number: string): CallRecord =>
  tables.calls.of(number) ?? { elector: number, ...NOTHING }

/** To everybody who may see one of the elector's guarantees, and to nobody else: a frame for each collector. */
export function tellCall(tables: Tables, announce: Announce, number: string): CallRecord {
  const data = recordOf(tables, number)
  for (const owner of new Set(tables.calls.ownersOf(number)))
    announce({ type: 'call_update', action: 'updated', data, audience: { owner, committee: null } })
  return data
}

/** Ends what nobody kept, by the hub's clock, and tells it. */
export function endOverdueClaims(store: Store, at: number): void {
  if (store.read((tables) => tables.calls.overdue(at)).value.length === 0) return
  store.change((tables, announce) => {
    for (const number of tables.calls.overdue(at)) {
      tables.calls.release(number)
      tellCall(tables, announce, number)
    }
    return ok(null)
  })
}
