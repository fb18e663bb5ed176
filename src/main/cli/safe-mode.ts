import { join } from 'node:path'
import type { FoundJournal } from '../../shared/view/safe.ts'
import { type SafeHost, startSafeHost } from '../host/safe-host.ts'
import type { Supervisor } from '../host/supervisor.ts'
import { startShell } from '../kiosk/shell.ts'
import { PAGE } from '../place.ts'
import { VERSION } from '../version.ts'
import { logDeaths, whenBroken } from './last-words.ts'
import { openWindow } from './open-window.ts'
import { EXIT, type Exit, say, untilEnd } from './out.ts'
import type { StartOptions } from './start-options.ts'

const CAN = { tray: false, notify: false, keychain: false, rehearse: false, quit: false } as const

/** The console in safe mode in the browser shell: says what happened and what is left, here and in the window. */
export async function runSafe(options: StartOptions, supervisor: Supervisor | null): Promise<Exit> {
  const { ended, end } = untilEnd(null)
  let again = false
  const leave = () => {
    again = true
    // The answer goes out first.
    setImmediate(end)
  }
  const info = { kind: 'browser', version: VERSION, kiosk: options.kiosk, can: CAN } as const
  const host = await startSafeHost({
    dataDir: options.dataDir,
    info,
    deaths: supervisor?.deaths ?? [],
    leave: supervisor ? leave : null,
  })
  if (!host.ok) {
    say(`start: ${host.error.detail}`)
    return EXIT.cannotOpen
  }
  whenBroken(host.value.log)
  if (supervisor) logDeaths(supervisor, host.value.log)
  const shell = await shellOf(host.value, options.port, supervisor)
  if (!shell.ok) {
    await host.value.stop()
    say(`start: ${shell.error.detail}`)
    return EXIT.cannotOpen
  }
  const stopBrowser = await openWindow(options, shell.value, supervisor, end)
  void host.value.found.then((found) => {
    for (const line of wordsOf(found, options.dataDir)) say(line)
  })
  await ended
  supervisor?.stop()
  await Promise.all([again ? null : stopBrowser(), shell.value.stop(), host.value.stop()])
  return again ? EXIT.again : EXIT.ok
}

/** On the port the windows know; on any other when that one is taken. */
async function shellOf(host: SafeHost, wished: number, supervisor: Supervisor | null): ReturnType<typeof startShell> {
  const sessions = supervisor && {
    before: supervisor.before.sessions,
    keep: (kept: readonly string[]) => supervisor.keep({ sessions: [...kept] }),
  }
  const on = (port: number) =>
    startShell({
      rendererDir: PAGE,
      port,
      log: host.log,
      onPort: (opened) => void host.serveWindow(opened),
      ...(sessions && { sessions }),
    })
  const first = await on(supervisor?.before.port ?? wished)
  // Whoever looks at safe mode is to see the console on the same page once it runs again.
  if (first.ok) supervisor?.keep({ port: first.value.port })
  return first.ok || first.error.is !== 'port-in-use' ? first : await on(0)
}

/** What is left, and what can be done, for a person at a terminal. */
function wordsOf(found: readonly FoundJournal[], dataDir: string): readonly string[] {
  const waiting = found.reduce((sum, { waiting }) => sum + waiting, 0)
  const actions = waiting === 0 ? 'no action waits' : waiting === 1 ? '1 action waits' : `${waiting} actions wait`
  const bad = found.filter(({ state }) => state !== 'intact')
  return [
    `Safe mode: ${actions} on this desk; nothing that was saved is lost.`,
    ...bad.map(({ name, state, detail }) => `  journal ${name} is ${state}${detail === null ? '' : ` (${detail})`}`),
    'What you can do now:',
    '  try again normally     press "Start normally" in the window, or end this (Ctrl-C) and start it again',
    '  save diagnostics       press "Save diagnostics" in the window: a file for your technician',
    '  work with another desk tallydesk start --data ANOTHER_FOLDER',
    `  from a backup          end this, then tallydesk journal restore FILE --data ${dataDir} (files in ${join(dataDir, 'backups')})`,
    `  from a copy            put a copy of ${dataDir} in a new place, then tallydesk start --data THERE`,
  ]
}
