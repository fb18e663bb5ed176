import type { Console } from '../../core/console.ts'
import { normalUrl } from '../../core/settings.ts'
import { err, ok, type Result } from '../../shared/result.ts'

/** What the console begins with: the server chosen last, a new rehearsal, or the server named. */
export type Begin =
  | { readonly is: 'last' }
  /** The server chosen last, or none: a wall asks to be set up rather than show what is made up. */
  | { readonly is: 'known' }
  | { readonly is: 'rehearsal' }
  | { readonly is: 'server'; readonly url: string }
  /** A recording is looked at: the server chosen last, if any, goes on beside it. */
  | { readonly is: 'replay' }

/** Takes the console to where it begins. With no server set up that is a rehearsal, unless a recording is looked at. */
export async function begin(
  console: Console,
  where: Begin,
): Promise<Result<'rehearsal' | 'server' | 'replay' | 'none', string>> {
  if (where.is === 'replay') return ok('replay')
  if (where.is === 'server') {
    const url = normalUrl(where.url)
    if (url === null) return err(`--server ${where.url}: give an address such as https://tally.example`)
    const known = console.view().servers.find((server) => server.url === url)
    const connected = known
      ? await console.choose(known.id)
      : await console.connect({ name: url, url, origin: null, authority: null, mode: 'official', plainAccepted: false })
    if (connected.ok) return ok('server')
    return err(
      connected.error === 'plain-not-accepted'
        ? `--server ${url}: has no TLS; connect from the window, where that can be accepted in words`
        : `--server ${url}: ${connected.error}`,
    )
  }
  if (where.is === 'last' && console.view().server !== null) return ok('server')
  if (where.is === 'known') return ok(console.view().server === null ? 'none' : 'server')
  const rehearsing = await console.rehearse()
  return rehearsing.ok ? ok('rehearsal') : err('the rehearsal did not start; the log in the data directory says why')
}
