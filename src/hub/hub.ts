import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { Result } from '../shared/result.ts'
import { err, ok } from '../shared/result.ts'
import { attemptsAt } from './auth/attempts.ts'
import { gateOf } from './auth/gate.ts'
import { pairingsAt } from './auth/pairings.ts'
import { passwordsFor } from './auth/passwords.ts'
import type { Passwords } from './auth/passwords.ts'
import { ticketsAt } from './auth/tickets.ts'
import { tokensWith } from './auth/tokens.ts'
import type { Desks, HubContext, HubLimits } from './context.ts'
import { limitsFor } from './context.ts'
import { apiOn } from './http/api.ts'
import { originCheck } from './http/origin.ts'
import { makeServer } from './http/server.ts'
import { memoryLayer } from './layer/memory.ts'
import type { Layer } from './layer/layer.ts'
import type { HubLog } from './log.ts'
import { wordsOf } from './log.ts'
import { metricsOf } from './metrics/metrics.ts'
import { endOverdueClaims } from './rest/calls.ts'
import { addRoutes } from './rest/routes.ts'
import type { ElectionSeed } from './seed.ts'
import { Sockets } from './socket/sockets.ts'
import type { StoreFault } from './store/sqlite/open.ts'
import { openStore } from './store/sqlite/open.ts'
import type { Store } from './store/store.ts'
import type { Mode } from './store/records.ts'

export type HubOptions = {
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** Null keeps everything in memory. */
  readonly dataDir: string | null
  readonly mode: Mode
  /** Fills an empty store; a store that holds an election already keeps it. */
  readonly seed?: ElectionSeed
  /** Life of an access token and of a refresh token, seconds. */
  readonly accessSeconds?: number
  readonly refreshSeconds?: number
  /** Origins let in besides none, loopback and the hub's own. */
  readonly allowedOrigins?: readonly string[]
  readonly metricsToken?: string | null
  readonly limits?: Partial<HubLimits>
  /** UTC ms. */
  readonly now?: () => number
  readonly log?: HubLog
}

export type HubFault =
  | StoreFault
  | { readonly is: 'port-in-use' | 'address-refused' | 'seed-refused'; readonly sentence: string }

export type Hub = {
  /** `http://host:port`, without a final slash. */
  readonly url: string
  readonly port: number
  readonly epoch: string
  readonly store: Store
  readonly desks: Desks
  /** Tells every desk, ends every connection and closes the store. Never fails; a second call waits for the first. */
  stop(): Promise<void>
}

const ACCESS_SECONDS = 60 * 60
const REFRESH_SECONDS = 7 * 24 * 60 * 60
/** A wall that was switched off between two elections still comes back. */
const DEVICE_SECONDS = 180 * 24 * 60 * 60
/** Revoked tokens, remembered answers and the high-water mark are seen to this often. */
const PRUNE_MS = 30_000
/** A claim past its time may stand this much longer. */
const CLAIMS_MS = 2_000
/** Seed passwords hashed in one go; the queue of sign-ins takes no more. */
const HASH_BATCH = 32

/**
 * Starts the server side: one store, one HTTP server with REST, sockets and metrics. The hub returned owns all of it and
 * gives it back in `stop`. What may go wrong outside the program comes back as a fault with a sentence, never as a throw.
 */
export async function startHub(options: HubOptions): Promise<Result<Hub, HubFault>> {
  const now = options.now ?? Date.now
  const limits: HubLimits = { ...limitsFor(options.mode), ...options.limits }
  const layer = memoryLayer()
  const { mode, dataDir } = options
  const opened = openStore(dataDir, { mode, now, keepFrames: limits.keepFrames, publish: layer.publish })
  if (!opened.ok) return opened
  const store = opened.value
  const passwords = passwordsFor(mode)
  const fault = await seeded(store, options.seed, passwords)
  if (fault !== null) {
    store.close()
    return err(fault)
  }
  const context = contextOf(options, { store, layer, passwords, limits, now })
  const sockets = new Sockets(context)
  const desks = Object.assign(context.desks, { to: sockets })
  const app = await makeServer(context)
  addRoutes(apiOn(app, context), app, context)
  sockets.attach(app.server)
  const listening = await listen(app, options)
  if (!listening.ok) {
    await sockets.stop()
    await app.close()
    store.close()
    return listening
  }
  const prune = setInterval(() => store.prune(), PRUNE_MS)
  prune.unref()
  const claims = setInterval(() => endClaims(store, now(), context.log), CLAIMS_MS)
  claims.unref()
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    clearInterval(prune)
    clearInterval(claims)
    await sockets.stop()
    await app.close()
    store.close()
  }
  const { port } = listening.value
  const url = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`
  return ok({ url, port, epoch: store.epoch, store, desks, stop: () => (stopped ??= stop()) })
}

/** A disk that refuses now is asked again at the next look; until then the claims hold nothing all the same. */
function endClaims(store: Store, at: number, log: HubLog): void {
  try {
    endOverdueClaims(store, at)
  } catch (thrown) {
    log({ level: 'error', event: 'claims.end', words: wordsOf(thrown) })
  }
}

/** The rooms know each other only through this; the sockets join it once they exist. */
class LateDesks implements Desks {
  to: Desks | null = null
  get count(): number {
    return this.to?.count ?? 0
  }
  review(): void {
    this.to?.review()
  }
  endSession(sid: string): void {
    this.to?.endSession(sid)
  }
}

type Parts = Pick<HubContext, 'store' | 'passwords' | 'limits' | 'now'> & { readonly layer: Layer }

function contextOf(options: HubOptions, parts: Parts): HubContext & { readonly desks: LateDesks } {
  const { store, now } = parts
  const tokens = tokensWith({
    key: store.signingKey,
    accessSeconds: options.accessSeconds ?? ACCESS_SECONDS,
    refreshSeconds: options.refreshSeconds ?? REFRESH_SECONDS,
    deviceSeconds: DEVICE_SECONDS,
    now,
  })
  const desks = new LateDesks()
  const metrics = metricsOf({ seq: () => store.position().seq, sockets: () => desks.count })
  parts.layer.subscribe((frames) => metrics.frames.inc(frames.length))
  return {
    ...parts,
    tokens,
    gate: gateOf(store, tokens),
    tickets: ticketsAt(now),
    pairings: pairingsAt(now),
    attempts: attemptsAt(now),
    originAllowed: originCheck(options.host, options.allowedOrigins ?? []),
    metrics,
    log: options.log ?? (() => undefined),
    metricsToken: options.metricsToken ?? null,
    desks,
  }
}

async function seeded(store: Store, seed: ElectionSeed | undefined, passwords: Passwords): Promise<HubFault | null> {
  if (seed === undefined || store.hasElection()) return null
  if (seed.mode !== store.mode) {
    return {
      is: 'mode-mismatch',
      sentence: `The election to put in is ${seed.mode} and the hub was started as ${store.mode}: start it as ${seed.mode}.`,
    }
  }
  const hashes = new Map<string, string>()
  for (let first = 0; first < seed.users.length; first += HASH_BATCH) {
    const batch = seed.users.slice(first, first + HASH_BATCH)
    const hashed = await Promise.all(batch.map((user) => passwords.hash(user.password)))
    batch.forEach((user, index) => {
      const hash = hashed[index]
      if (hash?.ok === true) hashes.set(user.email, hash.value)
    })
  }
  try {
    store.seed(seed, hashes)
    return null
  } catch (thrown) {
    return {
      is: 'seed-refused',
      sentence: `The election could not be put in (${wordsOf(thrown)}); nothing was changed.`,
    }
  }
}

async function listen(app: FastifyInstance, options: HubOptions): Promise<Result<AddressInfo, HubFault>> {
  const { host, port } = options
  try {
    await app.listen({ host, port })
    const address = app.server.address()
    if (address === null || typeof address === 'string') throw new Error('no port was given')
    return ok(address)
  } catch (thrown) {
    // Node puts the cause on the errors of listen
    const { code } = thrown as { readonly code?: string }
    if (code === 'EADDRINUSE') {
      return err({
        is: 'port-in-use',
        sentence: `Port ${port} on ${host} is in use: stop what listens there, or name another with --port.`,
      })
    }
    return err({
      is: 'address-refused',
      sentence: `The hub cannot listen on ${host}:${port} (${wordsOf(thrown)}): name another with --host or --port.`,
    })
  }
}
