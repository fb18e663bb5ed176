import type { Mode } from '../shared/model/records.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { HostInfo } from '../shared/view/host.ts'
import type { ServerProfile, SessionView } from '../shared/view/session.ts'
import type { AuthChoice } from './link/handshake.ts'
import { Core, type CoreEvents } from './core.ts'
import { type Current, replaceable } from './patch/relay.ts'
import type { DiskFault, Ports } from './ports.ts'
import { needsPlainAccepted, normalUrl, NO_SETTINGS, readSettings, serverId, type Settings } from './settings.ts'

/** A rehearsal the host can start: its own hub on loopback and someone to sign in as. */
export type Rehearsal = { readonly url: string; readonly email: string; readonly password: string }
export type ConsoleOptions = {
  readonly host: HostInfo
  readonly auth: AuthChoice
  /** Starts the built-in hub with a rehearsal; null where this host cannot. */
  readonly rehearse: (() => Promise<Result<Rehearsal, string>>) | null
  readonly diskFailed: CoreEvents['diskFailed']
}
export type ConnectFault = 'bad-url' | 'plain-not-accepted' | 'not-saved'
export type Connect = Pick<ServerProfile, 'name' | 'url' | 'origin' | 'authority' | 'mode' | 'plainAccepted'>

/**
 * The console of one desk: which servers it knows, which one it is at, and the core that runs for it. Choosing another
 * server stops one core and starts another; windows stay and get a fresh snapshot.
 */
export class Console {
  readonly ports: Ports
  readonly options: ConsoleOptions
  readonly #core = replaceable<Core | null>(null)
  readonly #listeners = new Set<() => void>()
  #settings: Settings = NO_SETTINGS
  #rehearsal: ServerProfile | null = null

  constructor(ports: Ports, options: ConsoleOptions) {
    this.ports = ports
    this.options = options
  }

  get core(): Current<Core | null> {
    return this.#core
  }

  /** Reads the settings and takes up the server chosen last. */
  async start(): Promise<Result<void, DiskFault>> {
    const settings = readSettings(this.ports.disk)
    if (!settings.ok) return settings
    this.#settings = settings.value
    await this.ports.vault.probe()
    const chosen = this.#settings.servers.find((server) => server.id === this.#settings.chosen)
    if (chosen) await this.#run(chosen)
    return ok(undefined)
  }

  stop(): void {
    this.#core.now()?.stop()
    this.#core.replace(null)
    this.#listeners.clear()
  }

  /** Something in the session view or the link changed. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Adds a server, or changes the one at this address, and switches to it. */
  async connect(wish: Connect): Promise<Result<{ id: string }, ConnectFault>> {
    const url = normalUrl(wish.url)
    if (url === null) return err('bad-url')
    if (needsPlainAccepted(url) && !wish.plainAccepted) return err('plain-not-accepted')
    const id = serverId(url)
    const server: ServerProfile = { ...wish, id, url, kind: null }
    const servers = [...this.#settings.servers.filter((known) => known.id !== id), server]
    if (!this.#save({ ...this.#settings, servers, chosen: id })) return err('not-saved')
    await this.#run(server)
    return ok({ id })
  }

  async choose(id: string): Promise<Result<null, 'unknown-server' | 'not-saved'>> {
    const server = this.#settings.servers.find((known) => known.id === id)
    if (!server) return err('unknown-server')
    if (!this.#save({ ...this.#settings, chosen: id })) return err('not-saved')
    await this.#run(server)
    return ok(null)
  }

  /** Starts a rehearsal of its own and signs in to it. It is not remembered: each rehearsal is a new server. */
  async rehearse(): Promise<Result<null, 'not-here' | 'failed'>> {
    if (!this.options.rehearse) return err('not-here')
    const begun = await this.options.rehearse()
    if (!begun.ok) {
      this.ports.log.error('rehearsal not started', { detail: begun.error })
      return err('failed')
    }
    const { url, email, password } = begun.value
    const id = `rehearsal-${this.ports.clock.now().toString(36)}`
    const common = { origin: null, authority: null, kind: null, plainAccepted: true } as const
    this.#rehearsal = { id, name: 'Rehearsal', url, mode: 'rehearsal', ...common }
    await this.#run(this.#rehearsal)
    const signedIn = await this.#core.now()?.session.signIn(email, password)
    return signedIn?.ok ? ok(null) : err('failed')
  }

  view(): SessionView {
    const core = this.#core.now()
    const server = core?.server ?? null
    return {
      state: core ? core.session.state() : 'no-server',
      server,
      servers: this.#settings.servers,
      user: core?.session.user() ?? null,
      vault: this.ports.vault.state(),
      mode: this.#mode(core),
    }
  }

  /** The journal's own word on what its figures are; the server's before one is open. */
  #mode(core: Core | null): Mode {
    return core?.book.now()?.projection.identity?.mode ?? core?.server.mode ?? 'official'
  }

  async #run(server: ServerProfile): Promise<void> {
    this.#core.now()?.stop()
    const core = new Core(
      this.ports,
      { server, auth: this.options.auth, lastBook: this.#settings.books[server.id] ?? null },
      {
        changed: () => this.#changed(),
        opened: (identity) => {
          if (server !== this.#rehearsal) {
            this.#save({ ...this.#settings, books: { ...this.#settings.books, [server.id]: identity } })
          }
          this.#changed()
        },
        diskFailed: this.options.diskFailed,
      },
    )
    this.#core.replace(core)
    await core.start()
    this.#changed()
  }

  #save(settings: Settings): boolean {
    const saved = this.ports.disk.writeSettings(settings)
    if (!saved.ok) {
      this.options.diskFailed(saved.error)
      return false
    }
    this.#settings = settings
    this.#changed()
    return true
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
