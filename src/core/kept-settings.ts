import { ok, type Result } from '../shared/result.ts'
import type { ServerProfile } from '../shared/view/session.ts'
import type { Disk, DiskFault } from './ports.ts'
import { NO_SETTINGS, readSettings, type Settings } from './settings.ts'

export type KeptSettingsEvents = {
  /** Something is set anew, and on disk. */
  changed(): void
  /** The disk refused, and all is as it was. */
  failed(fault: DiskFault): void
}

/**
 * What this desk remembers, as it is now. It owns the settings: read once, written whole at each change, and never other here
 * than on disk. What a setting is for, whoever sets it knows.
 */
export class KeptSettings {
  readonly #disk: Disk
  readonly #on: KeptSettingsEvents
  #now: Settings = NO_SETTINGS

  constructor(disk: Disk, on: KeptSettingsEvents) {
    this.#disk = disk
    this.#on = on
  }

  get now(): Settings {
    return this.#now
  }

  read(): Result<void, DiskFault> {
    const read = readSettings(this.#disk)
    if (!read.ok) return read
    this.#now = read.value
    return ok(undefined)
  }

  /** What is left out stays. False: the disk refused, and all is as it was. */
  set(change: Partial<Settings>): boolean {
    const settings = { ...this.#now, ...change }
    const saved = this.#disk.writeSettings(settings)
    if (!saved.ok) {
      this.#on.failed(saved.error)
      return false
    }
    this.#now = settings
    this.#on.changed()
    return true
  }

  /** The server of this name; null: this desk does not know it. */
  server(id: string | null): ServerProfile | null {
    return this.#now.servers.find((known) => known.id === id) ?? null
  }
  serverAt(url: string): ServerProfile | null {
    return this.#now.servers.find((known) => known.url === url) ?? null
  }

  /** The hello told what the server is: remembered with its profile. */
  greeted(id: string, kind: NonNullable<ServerProfile['kind']>): void {
    const { servers } = this.#now
    if (!servers.some((server) => server.id === id && server.kind !== kind)) return
    this.set({ servers: servers.map((one) => (one.id === id ? { ...one, kind } : one)) })
  }
}
