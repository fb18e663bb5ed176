import type { Http, HttpAnswer, HttpRequest, NetworkFault } from '../../src/core/ports.ts'
import { err, ok, type Result } from '../../src/shared/result.ts'

export type Said = Result<HttpAnswer, NetworkFault>
type Reply = Said | Promise<Said>
type Rule = { readonly method: string; readonly path: RegExp; readonly reply: (request: HttpRequest) => Reply }

/** A JSON answer. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Said =>
  ok({ status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
/** An answer in the server's envelope. */
export const success = (data: unknown, meta: unknown = {}): Said => json(200, { status: 'success', data, meta })
export const failure = (status: number, message: string, headers: Record<string, string> = {}): Said =>
  json(status, { status: 'error', data: null, message }, headers)
/** Somebody's page. */
export const page = (status: number, title: string, headers: Record<string, string> = {}): Said =>
  ok({
    status,
    headers: { 'content-type': 'text/html', ...headers },
    body: `<!doctype html><html><title>${title}</title></html>`,
  })
export const fault = (is: NetworkFault['is'], detail = is as string): Said => err({ is, detail })

/** An answer the test gives when it likes. */
export function later(): { readonly reply: Promise<Said>; give(said: Said): void } {
  let give: (said: Said) => void = () => {}
  const reply = new Promise<Said>((resolve) => {
    give = resolve
  })
  return { reply, give: (said) => give(said) }
}

/** An HTTP port that answers by rule; the newest rule for a path wins. Keeps what was asked. */
export class ScriptedHttp {
  readonly requests: HttpRequest[] = []
  readonly #rules: Rule[] = []
  inFlight = 0
  mostInFlight = 0

  readonly http: Http = async (request) => {
    this.requests.push(request)
    this.inFlight += 1
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight)
    try {
      const path = request.url.replace(/^[a-z]+:\/\/[^/]+/, '')
      const rule = this.#rules.findLast(({ method, path: form }) => method === request.method && form.test(path))
      if (rule === undefined) throw new Error(`no rule for ${request.method} ${path}`)
      return await rule.reply(request)
    } finally {
      this.inFlight -= 1
    }
  }
  on(method: HttpRequest['method'], path: RegExp, reply: Reply | ((request: HttpRequest) => Reply)): this {
    this.#rules.push({ method, path, reply: typeof reply === 'function' ? reply : () => reply })
    return this
  }
  /** What was asked of the paths that match. */
  asked(path: RegExp): readonly HttpRequest[] {
    return this.requests.filter(({ url }) => path.test(url))
  }
}
