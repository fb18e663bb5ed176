import { join } from 'node:path'
import type { AuthChoice } from '../core/link/handshake.ts'
import type { DiskFault, Log } from '../core/ports.ts'
import type { Port } from '../shared/port.ts'
import { ok, type Result } from '../shared/result.ts'
import { type ConsoleHost, startConsoleHost } from './host/console-host.ts'
import type { Supervisor } from './host/supervisor.ts'
import type { Handover } from './node/handed-vault.ts'
import { type Shell, type ShellFault, startShell } from './kiosk/shell.ts'
import { packFolder } from './node/evidence/pack-folder.ts'
import { PAGE } from './place.ts'
import { VERSION } from './version.ts'

export type BrowserShellOptions = {
  readonly dataDir: string
  /** 0: any free one. */
  readonly port: number
  readonly kiosk: boolean
  readonly wall?: boolean
  /** A journal each window begins by looking at; null or absent: none. */
  readonly replay?: string | null
  readonly auth: AuthChoice
  /** A launch link made for a person lets in no longer. */
  readonly onLinkSpent: () => void
  /** Who starts it again should it die; null: nobody. */
  readonly supervisor: Supervisor | null
}
export type BrowserShell = { readonly host: ConsoleHost; readonly shell: Shell; stop(): Promise<void> }

/** The console with its page on a loopback port: the shell for kiosks, and wherever Electron cannot run. */
export async function startBrowserShell(
  options: BrowserShellOptions,
): Promise<Result<BrowserShell, DiskFault | ShellFault>> {
  const can = { tray: false, notify: true, keychain: true, rehearse: true, quit: false }
  const host = await startConsoleHost({
    dataDir: options.dataDir,
    info: { kind: 'browser', version: VERSION, kiosk: options.kiosk, wall: options.wall === true, can },
    secrets: 'keychain',
    auth: options.auth,
    canRehearse: true,
    ...(options.replay && { replay: options.replay }),
    ...(options.supervisor && { handover: handoverTo(options.supervisor) }),
  })
  if (!host.ok) return host
  const { serveWindow, stop } = host.value
  const shell = await serveOn(options, host.value.console.ports.log, (port) => void serveWindow(port))
  if (!shell.ok) {
    await stop()
    return shell
  }
  return ok({
    host: host.value,
    shell: shell.value,
    async stop() {
      await shell.value.stop()
      await stop()
    },
  })
}

const handoverTo = ({ before, keep }: Supervisor): Handover => ({
  secrets: before.secrets,
  keep: (secrets) => keep({ secrets }),
})

type ServingOptions = Pick<BrowserShellOptions, 'dataDir' | 'port' | 'onLinkSpent' | 'supervisor'>

/** The page on its loopback port: after a death the same port, for the same windows. */
async function serveOn(
  { dataDir, port, onLinkSpent, supervisor }: ServingOptions,
  log: Log,
  onPort: (port: Port) => void,
): Promise<Result<Shell, ShellFault>> {
  const shell = await startShell({
    rendererDir: PAGE,
    packs: packFolder(dataDir),
    port: supervisor?.before.port ?? port,
    log,
    onLinkSpent,
    onPort,
    ...(supervisor && {
      sessions: {
        before: supervisor.before.sessions,
        keep: (sessions) => supervisor.keep({ sessions: [...sessions] }),
      },
    }),
  })
  if (shell.ok) supervisor?.keep({ port: shell.value.port })
  return shell
}

/** The profile of the window's own browser, apart from the person's. */
export const browserProfile = (dataDir: string): string => join(dataDir, 'browser')
