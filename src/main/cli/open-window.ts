import { browserProfile } from '../browser-shell.ts'
import type { Supervisor } from '../host/supervisor.ts'
import { adoptBrowser, openBrowser } from '../kiosk/open-browser.ts'
import type { Shell } from '../kiosk/shell.ts'
import { say } from './out.ts'
import type { StartOptions } from './start-options.ts'

type CloseWindow = () => Promise<void>

/** Opens the window, or keeps the one that is open, and gives what closes it; closing it by hand ends the console. */
export async function openWindow(
  options: Pick<StartOptions, 'open' | 'dataDir' | 'kiosk' | 'wall'>,
  shell: Shell,
  supervisor: Supervisor | null,
  end: () => void,
): Promise<CloseWindow> {
  if (!options.open) return printLink('', shell)
  const before = supervisor?.before.browser ?? null
  const adopted = before === null ? null : adoptBrowser(before)
  if (adopted) {
    void adopted.exited.then(end)
    return () => adopted.stop()
  }
  const profileDir = browserProfile(options.dataDir)
  const opened = await openBrowser({ url: shell.newUrl('browser'), profileDir, kiosk: options.kiosk || options.wall })
  if (!opened.ok) return printLink(`${opened.error.detail}. `, shell)
  if (opened.value.note) say(`The window is ${opened.value.note}.`)
  supervisor?.keep({ browser: opened.value.pid })
  void opened.value.exited.then(end)
  return () => opened.value.stop()
}

/** For a person on standard error, alone on standard output for a program. */
function printLink(why: string, shell: Shell): CloseWindow {
  const url = shell.newUrl('person')
  say(`${why}Open ${url}`)
  process.stdout.write(`${url}\n`)
  return async () => {}
}
