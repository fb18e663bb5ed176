import type { Mode } from '../shared/model/records.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { DoctorWishes } from '../shared/view/doctor.ts'
import type { ServerProfile, SessionView } from '../shared/view/session.ts'
import { mayOf } from './authority.ts'
import { BulkDesk } from './bulk.ts'
import type { Connect, ConnectFault, ConsoleOptions, Rehearsal } from './console-contract.ts'
import { Core } from './core.ts'
import { Doctor } from './doctor/doctor.ts'
import { EvidenceDesk } from './evidence/evidence-desk.ts'
import { KeptSettings } from './kept-settings.ts'
import { type Current, replaceable } from './patch/relay.ts'
import type { DiskFault, Ports } from './ports.ts'
import { Revocations } from './revocations.ts'
import type { Revocation } from './session/revocation.ts'
import { forgetfulVault } from './session/forgetful-vault.ts'
import { needsPlainAccepted, normalUrl, serverId } from './settings.ts'

export type { Connect, ConnectFault, ConsoleOptions, Rehearsal }

/**
 * The console of one desk: which servers it knows, which one it is at, and the core that runs for it. Choosing another
 * server stops one core and starts another; windows stay and get a fresh snapshot.
 */
export class Console {
  readonly ports: Ports
  readonly options: ConsoleOptions
  readonly settings: KeptSettings
  readonly doctor: Doctor | null
  readonly evidence: EvidenceDesk | null
  /** One change of many guarantees at a time. */
  readonly bulk: BulkDesk
  readonly #core = replaceable<Core | null>(null)
  readonly #revocations: Revocations
  #runs = 0
  readonly #listeners = new Set<() => void>()
  #rehearsal: ServerProfile | null = null

  constructor(ports: Ports, options: ConsoleOptions) {
    this.ports = ports
    this.options = options
    this.settings = new KeptSettings(ports.disk, { changed: () => this.#changed(), failed: options.diskFailed })
    this.bulk = new BulkDesk(ports.clock)
    this.evidence = options.evidence ? new EvidenceDesk(options.evidence) : null
    this.#revocations = new Revocations({
      ...{ ports, kept: () => this.settings.now.revoked, keep: (revoked) => this.settings.set({ revoked }) },
      wipe: options.wipe ?? null,
    })
    this.doctor = options.tools ? new Doctor({ ...ports, network: options.tools.network }) : null
  }

  get core(): Current<Core | null> {
    return this.#core
  }

  /** Reads the settings and takes up the server chosen last. */
  async start(): Promise<Result<void, DiskFault>> {
    const settings = this.settings.read()
    if (!settings.ok) return settings
    await this.ports.vault.probe()
    const chosen = this.settings.server(this.settings.now.chosen)
    if (chosen) await this.#run(chosen)
    return ok(undefined)
  }

  stop(): void {
    this.bulk.stop()
    this.doctor?.forget()
    this.evidence?.forget()
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
    const known = this.settings.serverAt(url)
    const id = known?.id ?? serverId(url)
    const server: ServerProfile = { ...wish, id, url, kind: known?.kind ?? null }
    const servers = [...this.settings.now.servers.filter((one) => one.id !== id), server]
    if (!this.settings.set({ servers, chosen: id })) return err('not-saved')
    await this.#run(server)
    return ok({ id })
  }

  async choose(id: string): Promise<Result<null, 'unknown-server' | 'not-saved'>> {
    const server = this.settings.server(id)
    if (!server) return err('unknown-server')
    if (!this.settings.set({ chosen: id })) return err('not-saved')
    await this.#run(server)
    return ok(null)
  }

  /**
   * Forgets a server: its profile, its tokens, which journal was last used. The journals themselves stay: what was recorded
   * is never removed by the program. Whoever looks at that server is then at none.
   */
  async forget(id: string): Promise<Result<null, 'unknown-server' | 'not-saved'>> {
    const { servers, books, chosen } = this.settings.now
    if (!this.settings.server(id)) return err('unknown-server')
    const { [id]: _gone, ...others } = books
    const rest = servers.filter((server) => server.id !== id)
    if (!this.settings.set({ servers: rest, books: others, chosen: chosen === id ? null : chosen }))
      return err('not-saved')
    const core = this.#core.now()
    if (core?.server.id === id) {
      this.doctor?.forget()
      this.evidence?.forget()
      core.stop()
      this.#core.replace(null)
      // Tells the server as well, and erases whatever a refresh under way would still have kept.
      await core.session.signOut()
    } else {
      const erased = await this.ports.vault.erase(id)
      if (!erased.ok) this.ports.log.warn('server.secret-not-erased', { is: erased.error.is })
    }
    this.#changed()
    return ok(null)
  }

  /** Begins a visit of the doctor at the running server; it goes on by itself. */
  examine(wishes: DoctorWishes): Result<null, 'no-server'> {
    const core = this.#core.now()
    if (!core || !this.doctor) return err('no-server')
    void this.doctor.run({ server: core.server, session: core.session }, wishes)
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
    const server = this.#profileOf(core)
    const user = core?.session.user() ?? null
    return {
      state: core ? core.session.state() : 'no-server',
      server,
      servers: this.settings.now.servers,
      user,
      vault: core !== null && core.server === this.#rehearsal ? 'memory' : this.ports.vault.state(),
      mode: this.#mode(core),
      modeSurprise: core?.server.mode === 'official' && this.#mode(core) === 'rehearsal',
      may: mayOf(user),
      revoked: server ? this.#revocations.view(server.id) : null,
      shares: [...(core?.shares() ?? [])],
    }
  }

  /** As it is known now: the running core was given the profile as it was when it began. */
  #profileOf(core: Core | null): ServerProfile | null {
    if (!core) return null
    return this.settings.server(core.server.id) ?? core.server
  }

  /** The journal's own word on what its figures are; the server's before one is open. */
  #mode(core: Core | null): Mode {
    return core?.book.now()?.projection.identity?.mode ?? core?.server.mode ?? 'official'
  }

  async #run(server: ServerProfile): Promise<void> {
    this.bulk.stop()
    this.doctor?.forget()
    this.evidence?.forget()
    this.#core.now()?.stop()
    const run = ++this.#runs
    if (this.#revocations.of(server.id)) {
      // Nothing of that server is looked at while it is settled what may be.
      this.#core.replace(null)
      await this.#revocations.settle(server.id)
      if (run !== this.#runs) return
    }
    const isRehearsal = server === this.#rehearsal
    const isForgetful = isRehearsal || !this.#revocations.isKept(server.id)
    const core: Core = new Core(
      isForgetful ? { ...this.ports, vault: forgetfulVault() } : this.ports,
      {
        server,
        auth: this.options.auth,
        lastBook: this.#revocations.of(server.id) ? null : (this.settings.now.books[server.id] ?? null),
        target: () => this.settings.now.alerts.target,
      },
      {
        changed: () => this.#sessionSeen(core),
        revoked: (order) => this.#revoked(core, order),
        opened: (identity) => {
          if (!isRehearsal) this.settings.set({ books: { ...this.settings.now.books, [server.id]: identity } })
          this.#changed()
        },
        greeted: (kind) => this.settings.greeted(server.id, kind),
        diskFailed: this.options.diskFailed,
      },
    )
    this.#core.replace(core)
    await core.start()
    this.#changed()
  }

  /** From here on nothing of this server is shown; the answer that said so is still on its way through the core. */
  #revoked(core: Core, order: Revocation): boolean {
    const isKept = this.#revocations.heard(core, order)
    this.#runAgain(core)
    return isKept
  }

  #sessionSeen(core: Core): void {
    if (core === this.#core.now() && this.#revocations.isDue(core)) this.#runAgain(core)
    this.#changed()
  }

  #runAgain(core: Core): void {
    const run = this.#runs
    this.ports.clock.soon(() => {
      if (run === this.#runs) void this.#run(core.server)
    })
  }

  #changed(): void {
    for (const listener of this.#listeners) listener()
  }
}
