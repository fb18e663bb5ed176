import type { z } from 'zod'
import { camelKey } from './keys.ts'

/** A refusal as REST says it: status, one sentence, and what was wrong with which field. */
export type RestFault = {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503
  readonly message: string
  readonly errors?: Readonly<Record<string, unknown>>
  readonly retryAfterSeconds?: number
}

export const refused = (message: string, errors?: Readonly<Record<string, unknown>>): RestFault =>
  errors === undefined ? { status: 400, message } : { status: 400, message, errors }
export const notFound = (message = 'Not found.'): RestFault => ({ status: 404, message })
export const forbidden = (message = 'You do not have permission to perform this action.'): RestFault => ({
  status: 403,
  message,
})
export const fieldFault = (field: string, words: string): RestFault =>
  refused(`${field}: ${words}`, { [camelKey(field)]: [words] })

/** A body that failed its schema, in the family's words: the message names the snake_case field, `errors` the camelCase one. */
export function bodyFault(error: z.ZodError): RestFault {
  const errors: Record<string, string[]> = {}
  let message = ''
  for (const issue of error.issues) {
    const field = issue.path.map(String).join('.') || 'non_field_errors'
    const missing = issue.code === 'invalid_type' && issue.message.endsWith('received undefined')
    const words = missing ? 'This field is required.' : issue.message
    if (message === '') message = `${field}: ${words}`
    const key = camelKey(field)
    errors[key] = [...(errors[key] ?? []), words]
  }
  return refused(message, errors)
}
