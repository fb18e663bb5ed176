import { startBrowserShell } from '../browser-shell.ts'
import { begin } from '../host/begin.ts'
import type { ConsoleHost } from '../host/console-host.ts'
import { meetSupervisor, type Supervisor } from '../host/supervisor.ts'
import { chooseShell } from './choose-shell.ts'
import { logDeaths, whenBroken } from './last-words.ts'
import { openWindow } from './open-window.ts'
import { EXIT, type Exit, say, untilEnd } from './out.ts'
import { runSafe } from './safe-mode.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'
import { runElectron } from './run-electron.ts'

/** `npm start`: the console in the best shell this machine has, with one line that says which and why. */
export async function startCommand(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args)
  if (!options.ok) {
    say(`start: ${options.error}`)
    return EXIT.usage
  }
  const supervisor = await meetSupervisor()
  const shell = await chooseShell(options.value.shell)
  say(shell.why)
  switch (shell.is) {
    case 'electron':
      return runElectron(shell.path, args)
    case 'none':
      return EXIT.unavailable
    case 'browser':
      return options.value.safe ? runSafe(options.value, supervisor) : runBrowser(options.value, supervisor)
  }
}

async function runBrowser(options: StartOptions, supervisor: Supervisor | null): Promise<Exit> {
  const { ended, end } = untilEnd(null)
  const another = () => started.ok && say(`Another window: ${started.value.shell.newUrl('person')}`)
  const started = await startBrowserShell({ ...options, auth: 'auto', onLinkSpent: another, supervisor })
  if (!started.ok) {
    say(`start: ${started.error.detail}`)
    return EXIT.cannotOpen
  }
  const { host, shell, stop } = started.value
  whenBroken(host.console.ports.log)
  if (supervisor) logDeaths(supervisor, host.console.ports.log)
  // The window first: what the console begins with appears in it as it comes.
  const stopBrowser = await openWindow(options, shell, supervisor, end)
  const begun = await begin(host.console, whereTo(options, supervisor))
  if (begun.ok) say(WORDS[begun.value](options))
  else say(`start: ${begun.error}`)
  if (supervisor) rememberRehearsal(host, supervisor)
  const why = begun.ok ? await ended : 'failed'
  supervisor?.stop()
  await Promise.all([stopBrowser(), stop()])
  return why === 'failed' ? EXIT.unavailable : EXIT.ok
}

const WORDS = {
  rehearsal: () => 'A rehearsal is running. "Connect to your server…" is in the window.',
  replay: ({ replay }: StartOptions) => `Replaying ${replay}. Nothing in it can be changed.`,
  server: () => 'Connecting.',
  none: () => 'This wall is not set up yet: its window asks for a pairing code.',
} as const

/** After a death: to where it was, whatever it was started with. */
function whereTo({ begin, wall }: StartOptions, supervisor: Supervisor | null): StartOptions['begin'] {
  if (!supervisor || supervisor.life === 0 || begin.is === 'replay') return begin
  if (supervisor.before.rehearsal) return { is: 'rehearsal' }
  return { is: wall ? 'known' : 'last' }
}

function rememberRehearsal({ console }: ConsoleHost, supervisor: Supervisor): void {
  let known: boolean | null = null
  const look = () => {
    const { server, servers } = console.view()
    const rehearsal = server !== null && !servers.some(({ id }) => id === server.id)
    if (rehearsal !== known) supervisor.keep({ rehearsal })
    known = rehearsal
  }
  look()
  console.onChange(look)
}
