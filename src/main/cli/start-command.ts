import { browserProfile, startBrowserShell } from '../browser-shell.ts'
import { begin } from '../host/begin.ts'
import { openBrowser } from '../kiosk/open-browser.ts'
import type { Shell } from '../kiosk/shell.ts'
import { chooseShell } from './choose-shell.ts'
import { EXIT, type Exit, say, untilEnd } from './out.ts'
import { readStartOptions, type StartOptions } from './start-options.ts'
import { runElectron } from './run-electron.ts'

/** `npm start`: the console in the best shell this machine has, with one line that says which and why. */
export async function startCommand(args: readonly string[]): Promise<Exit> {
  const options = readStartOptions(args)
  if (!options.ok) {
    say(`start: ${options.error}`)
    return EXIT.usage
  }
  const shell = await chooseShell(options.value.shell)
  say(shell.why)
  switch (shell.is) {
    case 'electron':
      return runElectron(shell.path, args)
    case 'none':
      return EXIT.unavailable
    case 'browser':
      return runBrowser(options.value)
  }
}

async function runBrowser(options: StartOptions): Promise<Exit> {
  const { ended, end } = untilEnd(null)
  const another = () => started.ok && say(`Another window: ${started.value.shell.newUrl('person')}`)
  const started = await startBrowserShell({ ...options, auth: 'auto', onLinkSpent: another })
  if (!started.ok) {
    say(`start: ${started.error.detail}`)
    return EXIT.cannotOpen
  }
  const { host, shell, stop } = started.value
  // The window first: what the console begins with appears in it as it comes.
  const stopBrowser = await openWindow(options, shell, end)
  const begun = await begin(host.console, options.begin)
  if (begun.ok)
    say(
      begun.value === 'rehearsal'
        ? 'A rehearsal is running. "Connect to your server…" is in the window.'
        : begun.value === 'replay'
          ? `Replaying ${options.replay}. Nothing in it can be changed.`
          : 'Connecting.',
    )
  else say(`start: ${begun.error}`)
  const why = begun.ok ? await ended : 'failed'
  await Promise.all([stopBrowser(), stop()])
  return why === 'failed' ? EXIT.unavailable : EXIT.ok
}

/** Opens the window and gives what closes it; closing the window by hand ends the console. */
async function openWindow(options: StartOptions, shell: Shell, end: () => void): Promise<() => Promise<void>> {
  if (!options.open) return printLink('', shell)
  const profileDir = browserProfile(options.dataDir)
  const opened = await openBrowser({ url: shell.newUrl('browser'), profileDir, kiosk: options.kiosk })
  if (!opened.ok) return printLink(`${opened.error.detail}. `, shell)
  if (opened.value.note) say(`The window is ${opened.value.note}.`)
  void opened.value.exited.then(end)
  return () => opened.value.stop()
}

/** For a person on standard error, alone on standard output for a program. */
function printLink(why: string, shell: Shell): () => Promise<void> {
  const url = shell.newUrl('person')
  say(`${why}Open ${url}`)
  process.stdout.write(`${url}\n`)
  return async () => {}
}
