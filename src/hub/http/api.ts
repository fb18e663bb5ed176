import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import type { Caller, GateFault } from '../auth/gate.ts'
import { bearerOf } from '../auth/gate.ts'
import type { Rank } from '../auth/roles.ts'
import { hasRank, isViewer } from '../auth/roles.ts'
import { withoutPeople } from '../auth/without-people.ts'
import type { HubContext } from '../context.ts'
import type { Announce } from '../store/store.ts'
import type { Answer } from './envelope.ts'
import { successText } from './envelope.ts'
import type { RestFault } from './fault.ts'
import { bodyFault, fieldFault, forbidden, notFound, refused } from './fault.ts'
import { snaked } from './keys.ts'
import type { Query } from './paging.ts'
import { sendFault, sendText } from './server.ts'
import { versionText } from './versions.ts'
import type { Tables } from '../store/tables.ts'

/** One request, authorised and with its body in snake_case. */
export type Ask = {
  readonly caller: Caller
  readonly query: Query
  readonly params: Readonly<Record<string, string>>
  readonly body: unknown
  /** Absolute, for the links of a page. */
  readonly url: string
  readonly ip: string
  readonly agent: string
  /** UTC ms. */
  readonly at: number
  /** The stream's epoch, and the versions the request rests on. */
  readonly epoch: string
  readonly ifMatch: string | null
  readonly ifNoneMatch: string | null
  /** A rehearsal's day runs on its own clock. */
  readonly rehearsal: boolean
}
export type Reading = (ask: Ask, tables: Tables) => Result<Answer, RestFault>
export type Writing = (ask: Ask, tables: Tables, announce: Announce) => Result<Answer, RestFault>
export type Method = 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/** Registers routes: a reading sees one moment of the store, a writing is one transaction with its frames. */
export type Api = {
  read(path: string, rank: Rank, handle: Reading): void
  write(method: Method, path: string, rank: Rank, handle: Writing, bodyBytes?: number): void
}

const GATE_WORDS: Readonly<Record<GateFault['is'], string>> = {
  missing: 'Authentication credentials were not provided.',
  invalid: 'Given token not valid for any token type',
  expired: 'Given token not valid for any token type',
  inactive: 'User is inactive',
}
const LONGEST_KEY = 200

export function apiOn(app: FastifyInstance, context: HubContext): Api {
  return {
    read: (path, rank, handle) => {
      app.get(path, async (request, reply) => {
        const ask = await askOf(request, context, rank)
        if (!ask.ok) return sendFault(reply, ask.error)
        const { value, position } = context.store.read((tables) => {
          const answer = handle(ask.value, tables)
          if (answer.ok) tag(reply, answer.value, tables, context.store.epoch)
          return answer
        })
        if (!value.ok) return sendFault(reply, value.error)
        const answer = forReader(value.value, ask.value)
        return sendText(reply, answer.status ?? 200, successText(answer, position, ask.value.at))
      })
    },
    write: (method, path, rank, handle, bodyBytes) => {
      app.route({
        method,
        url: path,
        ...(bodyBytes === undefined ? {} : { bodyLimit: bodyBytes }),
        handler: async (request, reply) => {
          const ask = await askOf(request, context, rank)
          return ask.ok ? written(request, reply, context, ask.value, handle) : sendFault(reply, ask.error)
        },
      })
    },
  }
}

/** A viewer gets figures without people, whatever it asks for; its own name is its device's. */
const forReader = (answer: Answer, { caller }: Ask): Answer =>
  isViewer(caller.viewer.role) && answer.data !== caller.user ? { ...answer, data: withoutPeople(answer.data) } : answer

/** One writing: repeated from memory when its key is known, else done and, with a key, remembered in the same transaction. */
function written(
  request: FastifyRequest,
  reply: FastifyReply,
  context: HubContext,
  ask: Ask,
  handle: Writing,
): FastifyReply {
  const header = request.headers['idempotency-key']
  const key = typeof header === 'string' && header !== '' ? header : null
  if (key !== null && key.length > LONGEST_KEY) {
    return sendFault(reply, refused(`The Idempotency-Key is longer than ${LONGEST_KEY} characters.`))
  }
  const user = ask.caller.user.id
  const digest = key === null ? '' : digestOf(request, ask.body)
  const known = key === null ? null : context.store.read((tables) => tables.answers.find(user, key)).value
  if (known !== null) {
    if (known.request === digest)
      return sendText(reply.header('idempotent-replayed', 'true'), known.status, known.answer)
    const message = 'This Idempotency-Key was used for another request: use a new key for a new request.'
    return sendFault(reply, { status: 422, message })
  }
  let text = ''
  const done = context.store.change<Answer, RestFault>(
    (tables, announce) => handle(ask, tables, announce),
    ({ value, position }, tables) => {
      text = successText(value, position, ask.at)
      tag(reply, value, tables, position.epoch)
      if (key === null) return
      tables.answers.keep(user, key, { request: digest, status: value.status ?? 200, answer: text }, ask.at)
    },
  )
  return done.ok ? sendText(reply, done.value.value.status ?? 200, text) : sendFault(reply, done.error)
}

/** The version of the record an answer shows, in its header. */
function tag(reply: FastifyReply, { record }: Answer, tables: Tables, epoch: string): void {
  if (record !== undefined) reply.header('etag', versionText({ epoch, seq: tables.versions.of(record) }))
}

const digestOf = (request: FastifyRequest, body: unknown): string =>
  createHash('sha256')
    .update(`${request.method} ${request.url}\n${JSON.stringify(body)}`)
    .digest('base64')

async function askOf(request: FastifyRequest, context: HubContext, rank: Rank): Promise<Result<Ask, RestFault>> {
  const caller = await context.gate.byToken(bearerOf(request.headers.authorization))
  if (!caller.ok) return err({ status: 401, message: GATE_WORDS[caller.error.is] })
  if (!hasRank(caller.value.user.role, rank)) return err(forbidden())
  const body = snaked(request.body)
  if (body === null) return err(refused('The request body is nested too deeply.'))
  return ok({
    caller: caller.value,
    query: queryOf(request.query),
    // fastify decodes path parameters to strings
    params: request.params as Record<string, string>,
    body: body.value,
    url: `${request.protocol}://${request.host}${request.url}`,
    ip: request.ip,
    agent: (request.headers['user-agent'] ?? '').slice(0, 255),
    at: context.now(),
    epoch: context.store.epoch,
    ifMatch: headerOf(request, 'if-match'),
    ifNoneMatch: headerOf(request, 'if-none-match'),
    rehearsal: context.store.mode === 'rehearsal',
  })
}

const headerOf = ({ headers }: FastifyRequest, name: 'if-match' | 'if-none-match'): string | null =>
  headers[name] ?? null

/** A parameter given twice counts once: the last one, as the family's server reads it. */
function queryOf(query: unknown): Query {
  const out: Record<string, string> = {}
  if (typeof query !== 'object' || query === null) return out
  for (const [name, value] of Object.entries(query)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    if (typeof last === 'string') out[name] = last
  }
  return out
}

/** The body as `schema` has it, or the family's 400. */
export function parsed<S extends z.ZodType>(schema: S, body: unknown): Result<z.output<S>, RestFault> {
  const found = schema.safeParse(body ?? {})
  return found.success ? ok(found.data) : err(bodyFault(found.error))
}

/** A path's number, or 404: an id that is no number names nothing. */
export function idOf(ask: Ask, name = 'id'): Result<number, RestFault> {
  const text = ask.params[name] ?? ''
  return /^\d{1,15}$/.test(text) ? ok(Number(text)) : err(notFound())
}

/** A record that must be there, or 404. */
export const there = <T>(record: T | null, message?: string): Result<T, RestFault> =>
  record === null ? err(notFound(message)) : ok(record)

/** One of the listed codes, null when absent. */
export function codeOf<C extends string>(query: Query, name: string, codes: readonly C[]): Result<C | null, RestFault> {
  const text = query[name]
  if (text === undefined || text === '') return ok(null)
  const found = codes.find((code) => code === text)
  return found === undefined ? err(fieldFault(name, `"${text}" is not a valid choice.`)) : ok(found)
}
