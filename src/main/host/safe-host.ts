import { Console } from '../../core/console.ts'
import { handlersOf } from '../../core/handlers.ts'
import type { DiskFault, Log } from '../../core/ports.ts'
import { sourcesOf } from '../../core/sources.ts'
import { contract } from '../../shared/contract.ts'
import type { Port, Unsubscribe } from '../../shared/port.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Source } from '../../shared/rpc/define.ts'
import { serve } from '../../shared/rpc/serve.ts'
import type { HostInfo } from '../../shared/view/host.ts'
import type { FoundJournal, SafeView } from '../../shared/view/safe.ts'
import { createHostTools } from '../node/host-tools.ts'
import { openPorts } from '../node/ports.ts'
import { lookIntoJournals } from './safe-look.ts'
import type { Death } from './supervisor.ts'

export type SafeHostOptions = {
  readonly dataDir: string
  readonly info: HostInfo
  readonly deaths: readonly Death[]
  /** Ends the process so that it is started anew; null: nobody would. */
  readonly leave: (() => void) | null
}
export type SafeHost = {
  readonly log: Log
  /** What was found in the data directory, once all of it was read. */
  readonly found: Promise<readonly FoundJournal[]>
  serveWindow(port: Port): Unsubscribe
  stop(): Promise<void>
}

/** What a window in safe mode may ask. */
const ALLOWED: ReadonlySet<string> = new Set(['safe.leave', 'diagnostics.make'])

/**
 * The console in safe mode, after too many deaths: the data directory is held and read, never written; no link, no
 * rehearsal, no recording, no checkpoint, no keychain. It owns the ports and gives them back in `stop`.
 */
export async function startSafeHost(options: SafeHostOptions): Promise<Result<SafeHost, DiskFault>> {
  const { dataDir, info, deaths, leave } = options
  const opened = openPorts({ dir: dataDir, secrets: 'memory' })
  if (!opened.ok) return opened
  const { ports, log, close } = opened.value
  // Never started: it reads no settings, dials nobody, and shows nothing where nothing is.
  const tools = createHostTools(dataDir, info.version)
  const console = new Console(ports, { host: info, auth: 'auto', rehearse: null, diskFailed: () => {}, tools })
  let journals: readonly FoundJournal[] = []
  let isOver = false
  const listeners = new Set<() => void>()
  const found = lookIntoJournals(
    dataDir,
    (now) => {
      journals = now
      for (const listener of listeners) listener()
    },
    () => isOver,
  )
  const view = (): SafeView => ({ dataDir, deaths: [...deaths], journals: [...journals], canLeave: leave !== null })
  const core = {
    handlers: { ...handlersOf(console), 'safe.leave': async () => leaving(leave) },
    sources: { ...sourcesOf(console), safe: sourceOf(view, listeners) },
  }
  return ok({
    log,
    found,
    serveWindow: (port) =>
      serve(contract, port, core, {
        soon: (run) => ports.clock.soon(run),
        report: ({ where, cause }) => log.error('window', { where, cause: String(cause) }),
        refuse: (command) => (ALLOWED.has(command) ? null : 'in-safe-mode'),
      }),
    async stop() {
      isOver = true
      await found
      console.stop()
      close()
    },
  })
}

const sourceOf =
  (view: () => SafeView, listeners: Set<() => void>): Source<unknown, SafeView, SafeView> =>
  (_input, changed) => {
    const tell = () => changed('view')
    listeners.add(tell)
    return { snapshot: view, patch: view, stop: () => void listeners.delete(tell) }
  }

function leaving(leave: (() => void) | null) {
  if (leave === null) return { ok: false, error: 'not-here' } as const
  leave()
  return { ok: true, value: null } as const
}
