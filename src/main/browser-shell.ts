import { join } from 'node:path'
import type { AuthChoice } from '../core/link/handshake.ts'
import type { DiskFault } from '../core/ports.ts'
import { ok, type Result } from '../shared/result.ts'
import { type ConsoleHost, startConsoleHost } from './host/console-host.ts'
import { type Shell, type ShellFault, startShell } from './kiosk/shell.ts'
import { packFolder } from './node/evidence/pack-folder.ts'
import { PAGE } from './place.ts'
import { VERSION } from './version.ts'

export type BrowserShellOptions = {
  readonly dataDir: string
  /** 0: any free one. */
  readonly port: number
  readonly kiosk: boolean
  /** A journal each window begins by looking at; null or absent: none. */
  readonly replay?: string | null
  readonly auth: AuthChoice
  /** A launch link made for a person lets in no longer. */
  readonly onLinkSpent: () => void
}
export type BrowserShell = { readonly host: ConsoleHost; readonly shell: Shell; stop(): Promise<void> }

/** The console with its page on a loopback port: the shell for kiosks, and wherever Electron cannot run. */
export async function startBrowserShell(
  options: BrowserShellOptions,
): Promise<Result<BrowserShell, DiskFault | ShellFault>> {
  const can = { tray: false, notify: true, keychain: true, rehearse: true, quit: false }
  const host = await startConsoleHost({
    dataDir: options.dataDir,
    info: { kind: 'browser', version: VERSION, kiosk: options.kiosk, can },
    secrets: 'keychain',
    auth: options.auth,
    canRehearse: true,
    ...(options.replay && { replay: options.replay }),
  })
  if (!host.ok) return host
  const { console, serveWindow, stop } = host.value
  const shell = await startShell({
    rendererDir: PAGE,
    packs: packFolder(options.dataDir),
    port: options.port,
    log: console.ports.log,
    onLinkSpent: options.onLinkSpent,
    onPort: (port) => void serveWindow(port),
  })
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

/** The profile of the window's own browser, apart from the person's. */
export const browserProfile = (dataDir: string): string => join(dataDir, 'browser')
