import { Console } from '../../core/console.ts'
import { handlersOf } from '../../core/handlers.ts'
import type { AuthChoice } from '../../core/link/handshake.ts'
import type { DiskFault, Ports, Power, Vault } from '../../core/ports.ts'
import type { Recordings } from '../../core/replay/recordings.ts'
import { Viewing } from '../../core/replay/viewing.ts'
import { sourcesOf } from '../../core/sources.ts'
import { wallSide } from '../../core/wall/wall-sources.ts'
import { contract } from '../../shared/contract.ts'
import { wallContract } from '../../shared/wall-contract.ts'
import type { Port, Unsubscribe } from '../../shared/port.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { serve, type ServeOptions } from '../../shared/rpc/serve.ts'
import type { HostInfo } from '../../shared/view/host.ts'
import { createEvidenceMaker } from '../node/evidence/evidence-maker.ts'
import type { Handover } from '../node/handed-vault.ts'
import { createHostTools } from '../node/host-tools.ts'
import { openPorts } from '../node/ports.ts'
import { sweepBrought } from '../node/brought.ts'
import { recordingsIn } from '../node/recordings.ts'
import { finishWipes } from '../node/wipe/wipe-journals.ts'
import { wipeServer } from '../node/wipe/wipe-server.ts'
import { startHourlyBackup } from './hourly-backup.ts'
import type { RunningRehearsal } from './rehearsal.ts'

export type ConsoleHostOptions = {
  readonly dataDir: string
  readonly info: HostInfo
  /** `memory`: no secret is ever given to the keychain. */
  readonly secrets: 'keychain' | 'memory'
  readonly auth: AuthChoice
  /** The built-in rehearsal can be started from a window. */
  readonly canRehearse: boolean
  readonly power?: Power
  readonly vault?: Vault
  readonly handover?: Handover
  /** Also given each redacted log line. */
  readonly tee?: (line: string) => void
  /** A journal from anywhere: each window begins by looking at it. */
  readonly replay?: string
  readonly diskFailed?: (fault: { readonly is: string; readonly detail: string }) => void
}

/** One console with its ports, ready to serve windows. */
export type ConsoleHost = {
  readonly console: Console
  serveWindow(port: Port): Unsubscribe
  stop(): Promise<void>
}

/**
 * The console on this machine: its data directory, its core, and the rehearsal it may have started. Both shells and the
 * command line carry the same one; windows come and go over ports. It owns the ports and gives them back in `stop`.
 */
export async function startConsoleHost(options: ConsoleHostOptions): Promise<Result<ConsoleHost, DiskFault>> {
  const opened = openHere(options)
  if (!opened.ok) return opened
  const { ports, close } = opened.value
  const finished = finishWipes(options.dataDir)
  if (!finished.ok) {
    close()
    return finished
  }
  sweepBrought(options.dataDir)
  const recordings = recordingsIn(options.dataDir, options.replay ?? null)
  const unreadable = faultOf(recordings)
  if (unreadable) {
    close()
    return err(unreadable)
  }
  const rehearsal = heldRehearsal(ports)
  const console = new Console(ports, {
    host: options.info,
    auth: options.auth,
    rehearse: options.canRehearse ? rehearsal.start : null,
    diskFailed: options.diskFailed ?? (() => {}),
    tools: createHostTools(options.dataDir, options.info.version),
    evidence: createEvidenceMaker(options.dataDir, options.info.version, ports.log),
    recordings,
    wipe: (server, why) => wipeServer({ dir: options.dataDir, disk: ports.disk, server, why, now: ports.clock.now() }),
  })
  console.onChange(() => rehearsal.leftFor(console.view().server?.url))
  for (const server of finished.value) await eraseToken(ports, server)
  const started = await console.start()
  if (!started.ok) {
    close()
    return err(started.error)
  }
  const windows = servedWindows(console, recordings)
  const journal = () => console.core.now()?.journal() ?? null
  const stopBackups = startHourlyBackup({ dir: options.dataDir, clock: ports.clock, log: ports.log, journal })
  return ok({
    console,
    serveWindow: windows.serve,
    async stop() {
      stopBackups()
      windows.stop()
      console.stop()
      await rehearsal.stop()
      close()
    },
  })
}

function openHere(options: ConsoleHostOptions): ReturnType<typeof openPorts> {
  return openPorts({
    dir: options.dataDir,
    secrets: options.secrets,
    ...(options.power && { power: options.power }),
    ...(options.vault && { vault: options.vault }),
    ...(options.handover && { handover: options.handover }),
    ...(options.tee && { tee: options.tee }),
  })
}

/** The sign-in of a server whose journals were wiped, where the wipe was cut short before it. */
async function eraseToken({ vault, log }: Ports, server: string): Promise<void> {
  await vault.probe()
  const erased = await vault.erase(server)
  if (erased.ok) log.info('wipe finished', { server })
  else log.error('wipe: secret not erased', { server, is: erased.error.is })
}

/** Windows come and go; each looks at the link or, by itself, at a recording. */
function servedWindows(console: Console, recordings: Recordings) {
  const { clock, log } = console.ports
  const windows = new Set<Unsubscribe>()
  return {
    serve(port: Port): Unsubscribe {
      const viewing = new Viewing(console)
      const core = { handlers: handlersOf(console, viewing), sources: sourcesOf(console, viewing) }
      const options: ServeOptions = {
        soon: (run) => clock.soon(run),
        report: ({ where, cause }) => log.error('window', { where, cause: String(cause) }),
        refuse: (command) => viewing.refuse(command),
      }
      const stopServing = console.options.host.wall
        ? serve(wallContract, port, wallSide(core), options)
        : serve(contract, port, core, options)
      const stop = () => {
        windows.delete(stop)
        stopServing()
        viewing.stop()
      }
      windows.add(stop)
      port.onClose(stop)
      if (recordings.file) viewing.open(recordings.file.name)
      return stop
    },
    stop() {
      for (const stop of windows) stop()
    },
  }
}

/** Why the file the console was to be started on cannot be; null: it can, or none was named. */
function faultOf({ file }: Recordings): DiskFault | null {
  const opened = file?.open()
  if (!opened) return null
  if (!opened.ok) return opened.error
  opened.value.close()
  return null
}

/** The one rehearsal this host may run: another takes its place, and one nobody is at any more ends. */
function heldRehearsal({ clock, log }: Ports) {
  let running: RunningRehearsal | null = null
  const stop = async () => {
    const ending = running
    running = null
    await ending?.stop()
  }
  return {
    stop,
    async start() {
      await stop()
      // The hub and its libraries are a tenth of a second's work, for those alone who rehearse.
      const { startRehearsal } = await import('./rehearsal.ts')
      const started = await startRehearsal(clock, log)
      running = started.ok ? started.value : null
      return started
    },
    leftFor(url: string | undefined) {
      if (running !== null && url !== running.url) void stop()
    },
  }
}
