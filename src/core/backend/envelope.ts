import { Position } from '../../shared/model/change.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { HttpAnswer } from '../ports.ts'
import type { RestFault, RestReply } from './backend.ts'

/** How much of a stranger's text may travel in a fault, characters. */
const WORDS = 240
/** No server may silence the console for longer than this, ms. */
const LONGEST_RETRY_AFTER = 600_000

/** What one answer says: data in the envelope, bare data, an error in the server's words, or nothing of ours. */
export function readAnswer(answer: HttpAnswer): Result<RestReply, RestFault> {
  const { status } = answer
  if (status >= 300 && status < 400) return err({ is: 'not-ours', status, detail: `redirected to ${hostOf(answer)}` })
  if (status >= 200 && status < 300 && answer.body.trim() === '') return ok({ data: null, meta: null, position: null })
  const parsed = parseJson(answer.body)
  if (!parsed.ok) return err(pageFault(answer))
  const body = parsed.value
  const said = own(body, 'status')
  if (status >= 200 && status < 300 && said !== 'error') {
    if (said === 'success' && isObject(body) && Object.hasOwn(body, 'data')) {
      const meta = own(body, 'meta') ?? null
      return ok({ data: own(body, 'data'), meta, position: positionOf(meta) })
    }
    return ok({ data: body, meta: null, position: null })
  }
  return err({
    is: 'answer',
    status,
    message: messageOf(body) ?? `the server answered ${status}`,
    errors: own(body, 'errors') ?? null,
    retryAfterMs: retryAfterMs(answer.headers),
  })
}

/** True when the body is this server's JSON object rather than somebody's page. */
export const isOurs = (answer: HttpAnswer): boolean => {
  const parsed = parseJson(answer.body)
  return parsed.ok && isObject(parsed.value)
}

/** `Retry-After` in ms: seconds, or a date measured against the answer's own `Date`, so a wrong desk clock does not matter. */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | null {
  const text = headers['retry-after']?.trim()
  if (text === undefined || text === '') return null
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_RETRY_AFTER)
  const until = Date.parse(text)
  const from = Date.parse(headers.date ?? '')
  return Number.isNaN(until) || Number.isNaN(from) ? null : Math.min(Math.max(0, until - from), LONGEST_RETRY_AFTER)
}

/** JSON to a value. `__proto__` keys are left out: they are nobody's data and some code's trap. */
export function parseJson(text: string): Result<unknown, string> {
  try {
    const suspicious = text.includes('__proto__') || /\\u005f/i.test(text)
    return ok(
      suspicious
        ? JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value))
        : JSON.parse(text),
    )
  } catch (fault) {
    return err(fault instanceof Error ? fault.message : 'not JSON')
  }
}

/** A stranger's words, fit for a log: short, on one line, nothing that looks like a token. */
export const safeWords = (text: string): string =>
  text
    .slice(0, 4 * WORDS)
    .replace(/[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g, '(token)')
    .replace(/((?:token|ticket|password|authorization)=)[^\s&]+/gi, '$1(hidden)')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, WORDS)

/** The error's words in any of the shapes the server family uses. */
function messageOf(body: unknown): string | null {
  for (const name of ['message', 'error', 'detail']) {
    const value = own(body, name)
    if (typeof value === 'string' && value !== '') return safeWords(value)
  }
  return null
}

function pageFault(answer: HttpAnswer): RestFault {
  const { status } = answer
  const title = /<title[^>]*>([^<]*)/i.exec(answer.body.slice(0, 4096))?.[1]
  const detail = title === undefined ? 'an answer that is not JSON' : `a page titled "${safeWords(title)}"`
  // A proxy's 502 or the server's own HTML error page is still an error answer, not a stranger.
  if (status >= 500 || status === 429)
    return {
      is: 'answer',
      status,
      message: `${status}: ${detail}`,
      errors: null,
      retryAfterMs: retryAfterMs(answer.headers),
    }
  return { is: 'not-ours', status, detail: `${status}: ${detail}` }
}

const hostOf = (answer: HttpAnswer): string =>
  /^[a-z]+:\/\/([^/?#]+)/i.exec(answer.headers.location ?? '')?.[1]?.replace(/^.*@/, '') ?? 'another page'

const positionOf = (meta: unknown): Position | null => {
  const parsed = Position.safeParse(own(meta, 'position'))
  return parsed.success ? parsed.data : null
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const own = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
