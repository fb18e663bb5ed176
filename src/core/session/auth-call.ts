import type { Result } from '../../shared/result.ts'
import type { Clock, Http, HttpAnswer, NetworkFault } from '../ports.ts'

/** Answers to sign-in and refresh are small; anything larger is not theirs. Bytes. */
const LARGEST_ANSWER = 256 * 1024

export type AuthWire = {
  readonly http: Http
  readonly server: { readonly url: string; readonly authority: string | null }
}

/** One POST of the session's own, outside the pace of the other calls. `bearer`: sent where the server wants it. */
export const post = (
  { http, server }: AuthWire,
  path: string,
  body: unknown,
  timeoutMs: number,
  bearer: string | null,
): Promise<Result<HttpAnswer, NetworkFault>> =>
  http({
    method: 'POST',
    url: `${server.url}${path}`,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }),
    },
    body: JSON.stringify(body),
    timeoutMs,
    maxBytes: LARGEST_ANSWER,
    tls: { authority: server.authority },
  })

/** Waits for work, but no longer than so many ms. */
export const atMost = (clock: Clock, ms: number, work: Promise<unknown>): Promise<void> =>
  new Promise((resolve) => {
    const stop = clock.after(ms, resolve)
    void work.then(() => {
      stop()
      resolve()
    })
  })
