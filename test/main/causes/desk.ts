import { electionCodec } from '../../../src/core/backend/election/codec.ts'
import { createLink, type Link } from '../../../src/core/link/link.ts'
import { createProbe } from '../../../src/core/link/probe.ts'
import type { Clock, Http } from '../../../src/core/ports.ts'
import { createSession } from '../../../src/core/session/create-session.ts'
import type { Session } from '../../../src/core/session/session.ts'
import { systemClock } from '../../../src/main/node/clock.ts'
import { createDial } from '../../../src/main/node/dial.ts'
import { createHttp } from '../../../src/main/node/http.ts'
import { systemRandom } from '../../../src/main/node/random.ts'
import { memoryOnlyVault } from '../../../src/main/node/vault.ts'
import type { CauseCode, LinkView } from '../../../src/shared/model/link.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { success } from '../../doubles/scripted-http.ts'
import { accessToken } from '../../doubles/tokens.ts'

const USER = { id: 7, email: 'dana@ems.example', fullName: 'Dana Test', role: 'USER', committees: [] }

export type DeskOptions = {
  readonly url: string
  readonly origin?: string | null
  readonly authority?: string | null
  readonly clock?: Clock
  /** An account of a server that signs in for real; else the token is simply there, as after a good morning. */
  readonly account?: { readonly email: string; readonly password: string }
  /** Only a refresh token is there, as after a start: the first thing asked is a new access token. */
  readonly cold?: boolean
}
export type Named = { readonly code: CauseCode; readonly proof: string; readonly ms: number; readonly view: LinkView }

/** The real link, session and probe over real sockets. */
export class Desk {
  readonly link: Link
  readonly session: Session
  readonly views: LinkView[] = []
  readonly #clock: Clock
  readonly #close: () => void
  readonly #options: DeskOptions
  readonly #waiting = new Set<() => void>()
  #began = performance.now()

  constructor(options: DeskOptions) {
    this.#options = options
    const { url, origin = null, authority = null } = options
    const clock = options.clock ?? systemClock()
    const { http: real, close } = createHttp()
    const [random, log] = [systemRandom(), new LogLines()]
    const server = { url, origin, authority }
    const http: Http = (request) => (this.#isGivenHere(request.url) ? Promise.resolve(this.#signIn()) : real(request))
    this.#clock = clock
    this.#close = close
    this.session = createSession({ http, clock, random, vault: memoryOnlyVault(), log, server, vaultName: 'desk' })
    const probe = createProbe({ http, session: this.session, server })
    const codec = electionCodec
    this.link = createLink(
      { clock, random, dial: createDial(), session: this.session, codec, probe, server, auth: 'auto', log },
      {
        text: (frame) => this.#heard(frame),
        binary: () => {},
        up: () => {},
        down: () => {},
        stalled: () => {},
        changed: () => this.#changed(),
      },
    )
  }

  async begin(): Promise<this> {
    const { account } = this.#options
    const signedIn = await this.session.signIn(account?.email ?? USER.email, account?.password ?? 'opensesame')
    if (!signedIn.ok) throw new Error(`not signed in: ${signedIn.error}`)
    this.mark()
    this.link.start()
    return this
  }
  /** What is named from here on counts from here on. */
  mark(): void {
    this.views.length = 0
    this.#began = performance.now()
  }
  end(): void {
    this.link.stop()
    this.session.stop()
    this.#close()
  }

  /** When the cause is named, or how long nothing like it was. */
  async names(code: CauseCode): Promise<Named> {
    await this.until(() => this.views.some((view) => view.cause?.code === code))
    const view = this.views.find((each) => each.cause?.code === code) as LinkView // just seen
    return { code, proof: view.cause?.proof ?? '', ms: Math.round(performance.now() - this.#began), view }
  }
  async live(): Promise<void> {
    await this.until(() => this.link.view().state === 'live')
  }
  /** Resolves with the next change after which it is so. */
  until(isSo: () => boolean): Promise<void> {
    if (isSo()) return Promise.resolve()
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
    })
  }

  #heard(frame: string): void {
    const heard = electionCodec.decode(frame)
    if (!heard.ok) return
    if (heard.value.is === 'pong') this.link.pong(heard.value.echo)
    if (heard.value.is !== 'hello') return
    this.link.hello(heard.value)
    this.link.caughtUp()
  }
  #changed(): void {
    this.views.push(this.link.view())
    for (const look of [...this.#waiting]) look()
  }
  #isGivenHere(url: string): boolean {
    return this.#options.account === undefined && url.endsWith('/api/auth/login/')
  }
  #signIn() {
    // A token that ends at once is renewed before the first dial.
    const token = accessToken(this.#clock.now(), this.#options.cold ? 0.01 : 3_600_000)
    return success({ access: token, refresh: 'r0', user: USER })
  }
}
