import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Channel, type ChannelFaults } from './channel.ts'
import { Database } from './database.ts'
import { anyAct } from './day.ts'
import { Gate } from './gate.ts'
import { type ProxyFault, Rest } from './http.ts'
import { Others } from './others.ts'
import { chanceOf, type SeedOptions, seedElection } from './seed.ts'
import { type Lifetimes, Tokens } from './tokens.ts'
import { type Truth, truthFor } from './truth.ts'

export type ElectionServerOptions = Partial<SeedOptions> & {
  readonly lifetimes?: Partial<Lifetimes>
  readonly allowedHosts?: readonly string[] | null
  /** False: the shipped production set-up, where there is no WebSocket. */
  readonly socket?: boolean
  readonly proxy?: ProxyFault
  /** Ms between a write's frames and its commit. */
  readonly commitDelay?: number
  readonly port?: number
}

/** What can go wrong, at a word. Those that last take ms and are over when their promise is. */
export type Mishaps = {
  dropNextFrames(count: number): void
  dropShare(share: number): void
  /** Sockets end 1006, the port is dark for so long, sessions stay good. */
  restart(ms: number): Promise<void>
  /** Sockets end 1011, handshakes get 403, REST goes on without a frame. */
  killRedis(): void
  /** Pings are answered, frames go nowhere. */
  freezeRedis(): void
  /** Pings are answered; handshakes are not, and are cut in the end; a write waits, with its frames, until Redis moves. */
  stopRedis(): void
  reviveRedis(): void
  /** Every connection is reset; new ones are welcome. */
  cutAll(): void
  /** Every connection is reset and so is whoever comes meanwhile. */
  cutFor(ms: number): Promise<void>
  /** Half-open: nothing arrives on either side, nobody is told. */
  stallFor(ms: number): Promise<void>
  /** The 24-hour limit: every socket ends with an unasked-for 1000. */
  closeAfterDay(): void
  /** Every socket ends with this code. */
  closeWith(code: number): void
  /** The 24-hour group membership: sockets stay and hear nothing. */
  lapseMembership(): void
  expireAccessTokens(): void
  proxy(fault: ProxyFault): void
  failWith(status: 500 | 502 | 503 | null): void
  socket(on: boolean): void
  allowedHosts(hosts: readonly string[] | null): void
}

export type ElectionServer = {
  readonly url: string
  readonly port: number
  readonly db: Database
  readonly others: Others
  readonly faults: Mishaps
  readonly meters: { readonly channel: Channel['meters']; readonly rest: Rest['meters'] }
  /** Sockets open now. */
  readonly openSockets: () => number
  /** What a console signed in as this account has to show. */
  truth(email: string): Truth
  /** One drawn act of somebody else, done when its promise is. */
  act(): Promise<void>
  readonly lifetimes: Lifetimes
  stop(): Promise<void>
}

/** Loopback, a free port, an invented election on its voting day: the real server as it is, faults and all. */
export async function startElectionServer(options: ElectionServerOptions = {}): Promise<ElectionServer> {
  const seed = options.seed ?? 1
  const chance = chanceOf(seed + 1)
  const database = new Database()
  database.commitDelay = options.commitDelay ?? 2
  const plain = { committees: 4, electorsEach: 50, candidates: 8, phase: 'VOTING_DAY' } as const
  seedElection(database, { ...plain, ...options, seed })
  const tokens = new Tokens({ accessSeconds: 3600, refreshSeconds: 7 * 86_400, ...options.lifetimes })
  const channel = new Channel(database, tokens, chance)
  Object.assign(channel.faults, {
    socket: options.socket ?? true,
    allowedHosts: options.allowedHosts ?? null,
  } satisfies Partial<ChannelFaults>)
  database.beforeCommit = () => channel.moving()
  const rest = new Rest(database, channel, tokens)
  rest.faults.proxy = options.proxy ?? null
  const server = createServer((request, response) => void rest.serve(request, response).catch(() => response.destroy()))
  server.on('upgrade', (request, socket, head) => channel.upgrade(request, socket, head))
  const gate = new Gate()
  const port = await gate.open(await listening(server), options.port ?? 0)
  rest.origin = `http://127.0.0.1:${port}`
  const others = new Others(rest, database)
  return {
    url: rest.origin,
    port,
    db: database,
    others,
    faults: mishaps(gate, channel, rest, tokens),
    meters: { channel: channel.meters, rest: rest.meters },
    openSockets: () => channel.open,
    truth: (email) => truthFor(database, userOf(database, email)),
    act: async () => void (await anyAct(others, database, chance)()),
    lifetimes: tokens.lifetimes,
    stop: () => stop(gate, channel, server),
  }
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port // listening on TCP
}

async function stop(gate: Gate, channel: Channel, server: Server): Promise<void> {
  channel.stop()
  await gate.close()
  server.closeAllConnections()
  await new Promise<void>((done) => server.close(() => done()))
}

function userOf(database: Database, email: string) {
  const user = database.all('users').find((row) => row.email === email)
  if (user === undefined) throw new Error(`no account ${email}`)
  return user
}

function mishaps(gate: Gate, channel: Channel, rest: Rest, tokens: Tokens): Mishaps {
  const darkFor = async (ms: number): Promise<void> => {
    gate.dark(true)
    await wait(ms)
    gate.dark(false)
  }
  return {
    dropNextFrames: (count) => void (channel.faults.dropNext += count),
    dropShare: (share) => void (channel.faults.dropShare = share),
    restart: darkFor,
    killRedis: () => {
      channel.faults.redis = 'dead'
      channel.moved()
      channel.endAll(1011)
    },
    freezeRedis: () => void (channel.faults.redis = 'frozen'),
    stopRedis: () => void (channel.faults.redis = 'still'),
    reviveRedis: () => {
      channel.faults.redis = 'up'
      channel.moved()
    },
    cutAll: () => gate.cut(),
    cutFor: darkFor,
    stallFor: async (ms) => {
      gate.stall(true)
      await wait(ms)
      gate.stall(false)
    },
    closeAfterDay: () => channel.endAll(1000),
    closeWith: (code) => channel.endAll(code),
    lapseMembership: () => channel.lapse(),
    expireAccessTokens: () => tokens.expireAccess(),
    proxy: (fault) => void (rest.faults.proxy = fault),
    failWith: (status) => void (rest.faults.failWith = status),
    socket: (on) => void (channel.faults.socket = on),
    allowedHosts: (hosts) => void (channel.faults.allowedHosts = hosts),
  }
}
