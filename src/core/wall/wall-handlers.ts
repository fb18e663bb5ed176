import type { AppContract } from '../../shared/contract.ts'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import type { Console, ConnectFault } from '../console.ts'
import type { Core } from '../core.ts'
import { normalUrl } from '../settings.ts'

/** A server's name in the settings. */
const LONGEST_NAME = 80

type Place = { readonly url: string; readonly plainAccepted: boolean }

/** How a wall gets its sign-in: it is asked once, by whoever sets it up. */
export function wallHandlers(console: Console) {
  return {
    'wall.pair': async ({ code, ...place }) => {
      const core = await at(console, place)
      if (!core.ok) return core
      const paired = await core.value.session.pair(code)
      if (paired.ok) return began(core.value)
      switch (paired.error) {
        case 'wrong-credentials':
          return err('wrong-code')
        case 'not-a-tally-server':
          return err('not-a-hub')
        case 'too-many-tries':
        case 'no-answer':
          return err(paired.error)
        default:
          return assertNever(paired.error)
      }
    },
    'wall.sign-in': async ({ email, password, ...place }) => {
      const core = await at(console, place)
      if (!core.ok) return core
      const signedIn = await core.value.session.signIn(email, password)
      return signedIn.ok ? began(core.value) : signedIn
    },
  } satisfies Partial<Handlers<AppContract>>
}

function began(core: Core): Result<null, never> {
  core.link.start()
  return ok(null)
}

/** The core of the server at this address; its own ways there (origin, authority) stay as they were set. */
async function at(console: Console, place: Place): Promise<Result<Core, ConnectFault | 'not-a-wall'>> {
  if (console.options.host.wall !== true) return err('not-a-wall')
  const url = normalUrl(place.url)
  const known = console.view().servers.find((server) => server.url === url)
  const { origin, authority, mode } = known ?? { origin: null, authority: null, mode: 'official' as const }
  const plainAccepted = place.plainAccepted || known?.plainAccepted === true
  const name = known?.name ?? place.url.slice(0, LONGEST_NAME)
  const connected = await console.connect({ name, url: place.url, origin, authority, mode, plainAccepted })
  if (!connected.ok) return connected
  const core = console.core.now()
  return core ? ok(core) : err('bad-url')
}
