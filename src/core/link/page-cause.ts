import type { CauseCode } from '../../shared/model/link.ts'
import { isOurs, safeWords } from '../backend/envelope.ts'
import type { HttpAnswer } from '../ports.ts'

/**
 * What it means that REST was answered by a stranger: a network's sign-in page or another web site, by redirect or with a
 * page of its own where the server would answer in JSON. Null: it was not.
 */
export function causeOfPage(
  answer: Pick<HttpAnswer, 'status' | 'headers' | 'body'>,
): { readonly code: CauseCode; readonly proof: string } | null {
  const { status, headers, body } = answer
  if (status >= 300 && status < 400) return { code: 'redirected', proof: `HTTP ${status}, to ${leadsTo(headers)}` }
  if (status < 200 || status >= 300 || isOurs(answer) || !/<html|<!doctype html/i.test(body)) return null
  const title = /<title[^>]*>([^<]*)/i.exec(body.slice(0, 4096))?.[1]
  const named = title === undefined ? 'a page' : `a page titled "${safeWords(title)}"`
  return { code: 'redirected', proof: `HTTP ${status} with ${named} where the server answers in JSON` }
}

/** The host a redirect leads to; never its path or query. */
export const leadsTo = (headers: Readonly<Record<string, string>>): string =>
  safeWords(/^(?:[a-z]+:)?\/\/([^/?#]+)/i.exec(headers.location ?? '')?.[1]?.replace(/^.*@/, '') ?? 'another page')
