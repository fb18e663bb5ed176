import { err, ok, type Result } from '../../shared/result.ts'
import { readOptions, wholeNumber } from './options.ts'
import { defaultDataDir } from './out.ts'

export type StartOptions = {
  readonly shell: 'any' | 'browser' | 'electron'
  readonly begin:
    | { readonly is: 'last' }
    | { readonly is: 'known' }
    | { readonly is: 'rehearsal' }
    | { readonly is: 'server'; readonly url: string }
    | { readonly is: 'replay' }
  readonly port: number
  readonly open: boolean
  readonly dataDir: string
  readonly kiosk: boolean
  /** Shows only, and is told nothing of people. */
  readonly wall: boolean
  /** No link, no rehearsal, nothing is written: the console says what is left. */
  readonly safe: boolean
  /** An earlier life of this process broke; said by that process itself. */
  readonly again: boolean
  /** A journal to look at, of this desk or another; null: none. */
  readonly replay: string | null
}

const SPEC = {
  web: { type: 'boolean' },
  electron: { type: 'boolean' },
  rehearsal: { type: 'boolean' },
  server: { type: 'string' },
  port: { type: 'string' },
  'no-open': { type: 'boolean' },
  data: { type: 'string' },
  kiosk: { type: 'boolean' },
  wall: { type: 'boolean' },
  safe: { type: 'boolean' },
  again: { type: 'boolean' },
  replay: { type: 'string' },
} as const

/** Flags of `npm start -- …`. */
export function readStartOptions(args: readonly string[]): Result<StartOptions, string> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return options
  const {
    web,
    electron,
    rehearsal,
    server,
    data,
    kiosk = false,
    wall = false,
    safe = false,
    again = false,
    replay = null,
  } = options.value
  if (web && electron) return err('--web and --electron: choose one')
  if (rehearsal && server !== undefined) return err('--rehearsal and --server: choose one')
  if (replay !== null && kiosk) return err('--replay and --kiosk: choose one; a kiosk only marks attendance')
  if (wall && kiosk) return err('--wall and --kiosk: choose one; a wall takes nothing in')
  if (wall && replay !== null) return err('--wall and --replay: choose one; a recording holds names')
  if (wall && safe) return err('--wall and --safe: choose one; safe mode is for a person at the desk')
  const port = wholeNumber('port', options.value.port, { least: 0, most: 65_535, fallback: 0 })
  if (!port.ok) return port
  return ok({
    shell: web ? 'browser' : electron ? 'electron' : 'any',
    begin:
      server !== undefined
        ? { is: 'server', url: server }
        : rehearsal
          ? { is: 'rehearsal' }
          : { is: replay !== null ? 'replay' : wall ? 'known' : 'last' },
    port: port.value,
    open: !options.value['no-open'],
    // Apart from an operator's desk on the same machine: a wall must not find their sign-in.
    dataDir: data ?? (wall ? `${defaultDataDir()}-wall` : defaultDataDir()),
    kiosk,
    wall,
    safe,
    again,
    replay,
  })
}
