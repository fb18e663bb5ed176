import type { Console } from '../console.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type BundleParts, bundleEntries } from './bundle.ts'
import type { Archive, HostTools } from './host-tools.ts'
import { type People, peopleIn } from './people.ts'
import { scrubber } from './scrub.ts'

/** A bundle larger than this is not sent through a window, bytes. */
export const LARGEST_BUNDLE = 1_000_000
/** Characters of log taken at first; halved until the bundle fits. */
const MOST_LOG = 4_000_000

export type Bundle = Archive & { readonly name: string }

/** The bundle of a running console. */
export function makeDiagnostics(console: Console): Result<Bundle, 'not-here' | 'failed'> {
  const { tools } = console.options
  if (!tools) return err('not-here')
  return pack(tools, partsOf(console, tools), peopleOf(console))
}

/** Packs and, where it is too large, packs again with less of the log. */
export function pack(tools: HostTools, parts: Omit<BundleParts, 'logs'>, people: People): Result<Bundle, 'failed'> {
  const scrub = scrubber(people, tools.redact)
  for (let most = MOST_LOG; most > 1_000; most /= 2) {
    const zip = tools.zip(bundleEntries({ ...parts, logs: tools.logs(most) }, scrub))
    if (zip.bytes <= LARGEST_BUNDLE)
      return ok({ ...zip, name: `tallydesk-diagnostics-${Math.floor(parts.at / 1000)}.zip` })
  }
  return err('failed')
}

function partsOf(console: Console, tools: HostTools): Omit<BundleParts, 'logs'> {
  const core = console.core.now()
  const view = console.view()
  const book = core?.book.now()
  const is = book?.projection.identity
  const { state, vault, mode, modeSurprise } = view
  return {
    at: console.ports.clock.now(),
    about: { ...tools.about, shell: console.options.host.kind },
    servers: view.servers,
    chosen: view.server?.id ?? null,
    session: { state, vault, mode, modeSurprise, role: view.user?.role ?? null },
    link: core?.link.view() ?? null,
    meters: core?.meters.view() ?? null,
    doctor: console.doctor?.view() ?? null,
    journals:
      book && is
        ? [{ name: `${is.server}-${is.election}-${is.mode}`, length: book.journal.cursor, head: book.journal.head }]
        : [],
  }
}

function peopleOf(console: Console): People {
  const core = console.core.now()
  const tables = core?.book.now()?.projection.tables
  const { names, numbers } = tables ? peopleIn(tables) : { names: [], numbers: [] }
  const user = core?.session.user()
  return { names: user ? [...names, user.name, user.email] : names, numbers }
}
