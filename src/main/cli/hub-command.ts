import { createInterface } from 'node:readline'
import { type Hub, startHub } from '../../hub/hub.ts'
import { describePlayFault } from '../../hub/rehearsal/play-fault.ts'
import { play } from '../../hub/rehearsal/player.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { systemClock } from '../node/clock.ts'
import { type ElectionSource, emptyElection, fromCsv, generated } from './election-source.ts'
import { readOptions, speedOf, type Values, wholeNumber } from './options.ts'
import { EXIT, type Exit, emit, say, untilEnd } from './out.ts'
import { revokeTask } from './revoke-task.ts'
import { isWallTask, wallTask } from './wall-tasks.ts'

const SPEC = {
  port: { type: 'string' },
  host: { type: 'string' },
  data: { type: 'string' },
  rehearsal: { type: 'boolean' },
  csv: { type: 'string' },
  contest: { type: 'string' },
  speed: { type: 'string' },
  /** For a program that starts the hub: the day begins at a line `play`, and the hub ends with its standard input. */
  attached: { type: 'boolean' },
} as const

/** Between two lines of progress, ms. */
const PROGRESS_EVERY = 500
const DEFAULT_PORT = 8000

async function electionOf(
  options: Values<typeof SPEC>,
): Promise<Result<ElectionSource & { password?: string }, string>> {
  if (options.csv !== undefined) return fromCsv(options.csv, options.contest)
  if (options.contest !== undefined) return err('--contest goes with --csv FILE')
  return ok(options.rehearsal ? generated() : emptyElection())
}

/** `tallydesk hub`: the server side, with the day of a rehearsal where one is asked for. */
export async function hubCommand(args: readonly string[]): Promise<Exit> {
  const [first = '', ...rest] = args
  if (isWallTask(first)) return wallTask(first, rest)
  if (first === 'revoke') return revokeTask(rest)
  const options = readOptions(args, SPEC)
  if (!options.ok) return usage(options.error)
  const port = wholeNumber('port', options.value.port, { least: 0, most: 65_535, fallback: DEFAULT_PORT })
  if (!port.ok) return usage(port.error)
  const speed = speedOf(options.value.speed, 60)
  if (!speed.ok) return usage(speed.error)
  const election = await electionOf(options.value)
  if (!election.ok) {
    say(election.error)
    return EXIT.badInput
  }
  const { seed, plan } = election.value
  const started = await startHub({
    host: options.value.host ?? '127.0.0.1',
    port: port.value,
    dataDir: options.value.data ?? null,
    mode: seed.mode,
    seed,
  })
  if (!started.ok) {
    say(`hub: ${started.error.sentence}`)
    return EXIT.cannotOpen
  }
  const hub = started.value
  const { ended, end } = untilEnd(null)
  const begin = options.value.attached ? attachedTo(end) : Promise.resolve()
  announce(hub, election.value)
  const ending = new AbortController()
  void ended.then(() => ending.abort())
  const day = plan
    ? begin.then(() =>
        playDay(hub, { seed, plan, fromFile: options.value.csv !== undefined }, speed.value, ending.signal),
      )
    : Promise.resolve()
  await ended
  // A day that was never begun is not waited for.
  await Promise.race([day, ended])
  await hub.stop()
  return EXIT.ok
}

function usage(words: string): Exit {
  say(`hub: ${words}`)
  return EXIT.usage
}

function announce(hub: Hub, { seed, password }: ElectionSource & { password?: string }): void {
  const admin = seed.users.find((user) => user.role === 'ADMIN')
  // The rehearsal's password is the same for everyone and opens nothing else; an official one is shown once, to a person.
  const shown = seed.mode === 'rehearsal' ? { email: admin?.email, password: admin?.password } : { email: admin?.email }
  emit({ t: 'hub', url: hub.url, mode: seed.mode, epoch: hub.epoch, ...shown })
  say(`Hub at ${hub.url} (${seed.mode}).`)
  if (password !== undefined) say(`If this hub is new: sign in as ${admin?.email} with ${password} and change it.`)
}

/** Resolves at a line `play`; ends the hub with the input. */
function attachedTo(end: () => void): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin })
    lines.on('line', (line) => line.trim() === 'play' && resolve())
    lines.on('close', end)
  })
}

type Day = {
  readonly seed: ElectionSource['seed']
  readonly plan: NonNullable<ElectionSource['plan']>
  /** A file's day keeps its own date; a generated one begins now. */
  readonly fromFile: boolean
}

async function playDay(
  hub: Hub,
  { seed, plan, fromFile }: Day,
  speed: number | 'max',
  signal: AbortSignal,
): Promise<void> {
  let toldAt = 0
  const played = await play(plan, {
    url: hub.url,
    fetch: globalThis.fetch,
    clock: systemClock(),
    users: seed.users,
    speed,
    ...(!fromFile && { dayStart: Date.now() }),
    ownTime: true,
    signal,
    refusals: 'note',
    onRefusal: (fault) => say(`refused: ${describePlayFault(fault)}`),
    onProgress: ({ done, total, dayTime }) => {
      const at = performance.now()
      if (at - toldAt < PROGRESS_EVERY && done < total) return
      toldAt = at
      emit({ t: 'progress', done, total, dayTime })
    },
  })
  if (!played.ok) say(`the day ended early: ${describePlayFault(played.error)}`)
  emit({ t: 'played', ok: played.ok, ...(played.ok && played.value), ...(played.ok && { expected: plan.expected }) })
}
