import { realpathSync } from 'node:fs'
import type { DiskFault, Log, Ports, Power, Vault } from '../../core/ports.ts'
import { ok, type Result } from '../../shared/result.ts'
import { systemClock } from './clock.ts'
import { createDial } from './dial.ts'
import { sha256 } from './digest.ts'
import { openDisk } from './disk.ts'
import { createHttp } from './http.ts'
import { type Handover, handedVault } from './handed-vault.ts'
import { openLog } from './log.ts'
import { watchNetwork } from './power.ts'
import { systemRandom } from './random.ts'
import { createVault, memoryOnlyVault } from './vault.ts'

export type HostOptions = {
  /** The data directory; made when missing. */
  readonly dir: string
  /** `memory`: no secret is ever given to the keychain. */
  readonly secrets?: 'keychain' | 'memory'
  /** Instead of the ones plain Node offers. */
  readonly power?: Power
  readonly vault?: Vault
  /** Where secrets in memory outlive the death of this process; absent: they end with it. */
  readonly handover?: Handover
  /** Also given each redacted log line. */
  readonly tee?: (line: string) => void
}
export type OpenPorts = { readonly ports: Ports; readonly log: Log; close(): void }

/**
 * Everything the core asks of a host, over one data directory. Whoever opens it owns the directory until `close`; a
 * second opener, in this process or another, is told `in-use`.
 */
export function openPorts(options: HostOptions): Result<OpenPorts, DiskFault> {
  const opened = openDisk(options.dir)
  if (!opened.ok) return opened
  const clock = systemClock()
  const log = openLog(options.dir, clock, options.tee ? { tee: options.tee } : {})
  const network = options.power ? null : watchNetwork()
  const { http, close: closeHttp } = createHttp()
  const vault =
    options.vault ?? (options.secrets === 'memory' ? memoryOnlyVault() : createVault({ desk: deskOf(options.dir) }))
  const ports: Ports = {
    clock,
    random: systemRandom(),
    digest: sha256,
    dial: createDial(),
    http,
    vault: options.handover ? handedVault(vault, options.handover) : vault,
    disk: opened.value.disk,
    log,
    power: options.power ?? network?.power ?? silent,
  }
  const close = () => {
    network?.stop()
    closeHttp()
    opened.value.close()
    log.close()
  }
  return ok({ ports, log, close })
}

const silent: Power = { onSuspend: () => () => {}, onResume: () => () => {}, onNetwork: () => () => {} }

/** The same folder by whatever path, another folder never. */
function deskOf(dir: string): string {
  return sha256(realpathSync(dir)).slice(0, 16)
}
