import { resolve } from 'node:path'
import { sourcesOf } from '../core/sources.ts'
import { err, ok } from '../shared/result.ts'
import { BROKEN, defaultDataDir, EXIT, say } from './cli/out.ts'
import { readStartOptions, type StartOptions } from './cli/start-options.ts'
import { LAUNCHED } from './cli/run-electron.ts'
import { endNow, ownWords, type ShellGiven, startShell } from './electron/app.ts'
import { afterBreak } from './electron/crash.ts'
import { incidentSigns } from './electron/incident-signs.ts'
import { laterLog } from './electron/later-log.ts'
import { linkSigns } from './electron/link-sign.ts'
import { begin } from './host/begin.ts'
import { startSafeHost } from './host/safe-host.ts'
import { startConsoleHost } from './host/console-host.ts'

/** The Electron entry: the console of this machine, carried by the Electron shell. */

const early = laterLog()

async function startSafely({ dataDir }: StartOptions, { info }: ShellGiven) {
  const started = await startSafeHost({ dataDir, info, deaths: [], leave: null })
  if (!started.ok) return err(started.error.detail)
  early.passTo(started.value.log)
  return ok(started.value)
}

async function startConsole(options: StartOptions, { info, power, sign, notify, flash }: ShellGiven) {
  const started = await startConsoleHost({
    dataDir: options.dataDir,
    info,
    power,
    secrets: 'keychain',
    auth: 'auto',
    canRehearse: info.can.rehearse,
    ...(options.replay !== null && { replay: options.replay }),
  })
  if (!started.ok) return err(started.error.detail)
  const { console, serveWindow, stop } = started.value
  const { log } = console.ports
  early.passTo(log)
  const signal = linkSigns(sign, (note) => notify?.(note))
  const link = sourcesOf(console).link(null, () => signal(link.snapshot().state))
  signal(link.snapshot().state)
  const stopSigns = incidentSigns(console, { note: (note) => notify?.(note), flash })
  // The window first: what the console begins with appears in it as it comes.
  void begin(console, options.begin).then((begun) => {
    if (begun.ok) return log.info('begun', { with: begun.value })
    say(`start: ${begun.error}`)
    log.error('not begun', { why: begun.error })
  })
  return ok({
    serveWindow,
    async stop() {
      stopSigns()
      link.stop()
      await stop()
    },
  })
}

/** After an error nobody caught nothing here can be relied on: it is logged, and this process ends and is started anew. */
function endWhenBroken({ safe, again }: StartOptions) {
  const launched = process.env[LAUNCHED] === '1'
  process.on('uncaughtException', (cause) => {
    const then = afterBreak({ launched, safe, again, livedMs: performance.now() })
    early.log.error('core.broke', {
      cause: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
      then,
    })
    endNow(BROKEN, then === 'end' ? null : [then === 'safe' ? '--safe' : '--again'])
  })
}

const options = readStartOptions(ownWords())
if (options.ok) {
  endWhenBroken(options.value)
  const { dataDir, kiosk, wall } = options.value
  startShell({
    startConsole: (given) => (options.value.safe ? startSafely : startConsole)(options.value, given),
    dataDir: dataDir || defaultDataDir(),
    kiosk,
    wall,
    page: resolve(import.meta.dirname, '../renderer'),
    preload: resolve(import.meta.dirname, '../preload/index.cjs'),
    log: early.log,
    elapsed: () => performance.now(),
  }).catch((cause: unknown) => {
    say(`Tallydesk could not start: ${String(cause)}`)
    process.exit(EXIT.failed)
  })
} else {
  say(`start: ${options.error}`)
  process.exit(EXIT.usage)
}
