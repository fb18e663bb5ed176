import type { Rest, RestFault, RestReply } from '../../../../src/core/backend/backend.ts'
import type { Position } from '../../../../src/shared/model/change.ts'
import { err, ok, type Result } from '../../../../src/shared/result.ts'

type Answer = { readonly data: unknown; readonly pagination?: unknown; readonly position?: Position } | RestFault

/** A `Rest` that answers from a function of path and query, and remembers what was asked. Unknown paths answer 404. */
export function scriptedRest(script: (path: string, query: URLSearchParams, times: number) => Answer | null): {
  readonly rest: Rest
  readonly asked: string[]
} {
  const asked: string[] = []
  const rest: Rest = async (call) => {
    await Promise.resolve()
    asked.push(`${call.method} ${call.path}`)
    const url = new URL(call.path, 'http://server')
    const times = asked.filter((line) => line === asked.at(-1)).length
    return settled(script(url.pathname, url.searchParams, times) ?? refusal(404, 'Not found.'))
  }
  return { rest, asked }
}

function settled(answer: Answer): Result<RestReply, RestFault> {
  if ('is' in answer) return err(answer)
  const { data, pagination, position } = answer
  return ok({ data, meta: { timestamp: 'x', pagination, position }, position: position ?? null })
}

export const refusal = (status: number, message: string): RestFault => ({
  is: 'answer',
  status,
  message,
  errors: null,
  retryAfterMs: null,
})

/** A page of 50 as the plain server gives it: `page_size` ignored, `next` naming a host of its own. */
export function plainPage(items: readonly unknown[], query: URLSearchParams): Answer {
  const page = Number(query.get('page') ?? 1)
  if (page > 1 && (page - 1) * 50 >= items.length) return refusal(404, 'Invalid page.')
  const more = page * 50 < items.length
  const next = more ? `http://inside:8000/api/whatever/?after=0&page=${page + 1}&page_size=500` : null
  return { data: items.slice((page - 1) * 50, page * 50), pagination: { count: items.length, next, previous: null } }
}
