import { createLink, type Link } from '../../../src/core/link/link.ts'
import type { AuthChoice } from '../../../src/core/link/handshake.ts'
import { createProbe } from '../../../src/core/link/probe.ts'
import type { Feature } from '../../../src/core/backend/backend.ts'
import type { Cause, LinkView } from '../../../src/shared/model/link.ts'
import { createSession } from '../../../src/core/session/create-session.ts'
import { LogLines } from '../../doubles/log-lines.ts'
import { ManualClock } from '../../doubles/manual-clock.ts'
import { ScriptedDial } from '../../doubles/scripted-dial.ts'
import { failure, ScriptedHttp, success } from '../../doubles/scripted-http.ts'
import { ScriptedVault } from '../../doubles/scripted-vault.ts'
import { fixedRandom } from '../../doubles/seeded-random.ts'
import { accessToken } from '../../doubles/tokens.ts'

export const USER = { id: 7, email: 'dana@ems.example', fullName: 'Dana Test', role: 'USER', committees: [] }

type Options = { auth?: AuthChoice; origin?: string | null; chance?: number; url?: string; signedIn?: boolean }

/** A link with its real session and probe, over scripted wires and a manual clock. */
export async function desk({
  auth = 'auto',
  origin = null,
  chance = 0.5,
  url = 'https://ems.example',
  signedIn = true,
}: Options = {}) {
  const clock = new ManualClock()
  const http = new ScriptedHttp()
  const wire = new ScriptedDial()
  const log = new LogLines()
  const random = fixedRandom(chance)
  const server = { url, authority: 'PEM', origin }
  const issued: string[] = []
  const access = () => {
    issued.push(accessToken(clock.now(), 3_600_000))
    return issued.at(-1)
  }
  let user = USER
  http
    .on('POST', /login/, () => success({ access: access(), refresh: 'r0', user }))
    .on('POST', /refresh/, () => success({ access: access(), refresh: `r${issued.length}` }))
    .on('POST', /logout/, failure(403, 'no'))
    .on('GET', /users\/me/, () => success(user))
  const session = createSession({
    http: http.http,
    clock,
    random,
    vault: new ScriptedVault(),
    log,
    server,
    vaultName: 'ems',
  })
  if (signedIn) await session.signIn('dana@ems.example', 'opensesame')
  const told: string[] = []
  const downs: Cause[] = []
  const stalls: number[] = []
  const views: LinkView[] = []
  const link: Link = createLink(
    {
      clock,
      random,
      dial: wire.dial,
      session,
      codec: { ping: (sentAt) => `ping ${sentAt}`, authenticate: (token) => `authenticate ${token}` },
      probe: createProbe({ http: http.http, session, server }),
      server,
      auth,
      log,
    },
    {
      text: (frame) => void told.push(frame),
      binary: (bytes) => void told.push(`binary ${bytes}`),
      up: () => void told.push('up'),
      down: (cause) => {
        told.push('down')
        downs.push(cause)
      },
      stalled: (ms) => void stalls.push(ms),
      changed: () => void views.push(link.view()),
    },
  )
  const greet = (features: readonly Feature[] = [], serverTime: number | null = null) =>
    link.hello({ is: 'hello', features: new Set(features), position: null, mode: null, serverTime })
  /** The server answers the newest ping. */
  function pong() {
    const asked = wire.last.sent.findLast((frame) => frame.startsWith('ping '))
    if (asked !== undefined) link.pong(Number(asked.slice(5)))
  }
  return {
    pong,
    clock,
    http,
    wire,
    log,
    session,
    issued,
    link,
    told,
    downs,
    stalls,
    views,
    greet,
    state: () => link.view().state,
    become: (other: typeof USER) => void (user = other),
    /** Starts and lets the first dial go out. */
    async started() {
      link.start()
      await clock.settle()
      return wire.last
    },
    /** Opens the socket that is being dialled, greets and catches up. */
    async live(features: readonly Feature[] = []) {
      if (wire.sockets.length === 0) link.start()
      await clock.settle()
      wire.last.open()
      greet(features)
      link.caughtUp()
      return wire.last
    },
    /** Time passes while the server shows life once a second, and answers what it was asked unless it `pongs` not. */
    async alive(ms: number, pongs = true) {
      for (let passed = 0; passed < ms; passed += 1_000) {
        wire.last.alive()
        if (pongs) pong()
        await clock.advance(1_000)
      }
    },
  }
}
export type Desk = Awaited<ReturnType<typeof desk>>
