import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Book } from '../../core/book.ts'
import type { Console } from '../../core/console.ts'
import { startConsoleHost } from '../host/console-host.ts'
import { VERSION } from '../version.ts'
import { compareWithHub, type Comparison } from './compare-with-hub.ts'
import { HubProcess } from './hub-process.ts'
import { readOptions, speedOf } from './options.ts'
import { EXIT, type Exit, emit, say, untilEnd } from './out.ts'
import { progressBar } from './progress-bar.ts'

const SPEC = {
  csv: { type: 'string' },
  contest: { type: 'string' },
  speed: { type: 'string' },
  data: { type: 'string' },
} as const

/** `tallydesk rehearse`: a day from a file, through a hub and a console, and the proof that both hold the same. */
export async function rehearseCommand(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, SPEC)
  if (!options.ok) return usage(options.error)
  const { csv, contest, data } = options.value
  if (csv === undefined) return usage('--csv FILE is needed')
  const speed = speedOf(options.value.speed, 'max')
  if (!speed.ok) return usage(speed.error)
  const dir = data ?? mkdtempSync(join(tmpdir(), 'tallydesk-rehearse-'))
  try {
    return await rehearse(csv, contest, speed.value, dir)
  } finally {
    if (data === undefined) rmSync(dir, { recursive: true, force: true })
  }
}

function usage(words: string): Exit {
  say(`rehearse: ${words}`)
  return EXIT.usage
}

async function rehearse(csv: string, contest: string | undefined, speed: number | 'max', dir: string): Promise<Exit> {
  const bar = progressBar('Playing')
  const hub = new HubProcess(
    [
      '--port',
      '0',
      '--csv',
      csv,
      '--speed',
      String(speed),
      '--data',
      join(dir, 'hub'),
      ...(contest === undefined ? [] : ['--contest', contest]),
    ],
    ({ done, total }) => bar.show(done, total),
  )
  const { ended } = untilEnd(null)
  try {
    const ready = await Promise.race([hub.ready, ended])
    if (ready === 'signal' || ready === 'time') return EXIT.failed
    if (!ready) return (await hub.ended) === EXIT.badInput ? EXIT.badInput : EXIT.cannotOpen
    const compared = await withConsole(hub, ready, dir, bar, ended)
    // Only now has the journal its last event.
    return typeof compared === 'number' ? compared : report(compared)
  } finally {
    await hub.stop()
  }
}

type Compared = { readonly book: Book; readonly comparison: Comparison }

async function withConsole(
  hub: HubProcess,
  { url, email, password }: { readonly url: string; readonly email: string; readonly password: string },
  dir: string,
  bar: ReturnType<typeof progressBar>,
  ended: Promise<unknown>,
): Promise<Compared | Exit> {
  const can = { tray: false, notify: false, keychain: false, rehearse: false, quit: true }
  const started = await startConsoleHost({
    dataDir: dir,
    info: { kind: 'browser', version: VERSION, kiosk: false, can },
    secrets: 'memory',
    auth: 'auto',
    canRehearse: false,
    diskFailed: (fault) => say(`rehearse: ${fault.detail}`),
  })
  if (!started.ok) {
    say(`rehearse: ${started.error.detail}`)
    return EXIT.cannotOpen
  }
  const { console, stop } = started.value
  try {
    await console.connect({
      name: 'Rehearsal',
      url,
      origin: null,
      authority: null,
      mode: 'rehearsal',
      plainAccepted: true,
    })
    const signedIn = await console.core.now()?.session.signIn(email, password)
    if (!signedIn?.ok) return EXIT.unavailable
    await Promise.race([live(console), ended])
    hub.play()
    const played = await Promise.race([hub.played, ended.then(() => null)])
    bar.end()
    if (!played?.ok) return EXIT.failed
    const peak = peakMemory()
    if (peak !== null) say(`Console memory at its peak: ${peak} MB`)
    say('Comparing the console with the hub…')
    const core = console.core.now()
    const book = core?.book.now()
    if (!core || !book) return EXIT.failed
    return { book, comparison: await compareWithHub(core, book) }
  } finally {
    await stop()
  }
}

/** Resolves when everything the hub has is here and the link is live. */
function live(console: Console): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (console.core.now()?.link.view().state !== 'live') return
      stop()
      resolve()
    }
    const stop = console.onChange(check)
    check()
  })
}

function report({ book, comparison: { equal, differences } }: Compared): Exit {
  const { figures, projection, journal } = book
  const counts: Record<string, number> = {}
  for (const { record } of projection.of('candidate').values())
    counts[record.name] = figures.counts.candidate(record.id).votes
  emit({
    committees: projection.of('committee').size,
    electors: figures.electors,
    attendance: figures.attendance.attended,
    counts,
    events: journal.cursor,
    consoleEqualsHub: equal,
    journalHead: journal.head,
  })
  for (const difference of differences) say(`differs: ${difference}`)
  return equal ? EXIT.ok : EXIT.failed
}

/** High-water mark of this process's memory in MB, where the system tells. */
function peakMemory(): number | null {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))
    return found ? Math.round(Number(found[1]) / 1024) : null
  } catch {
    return null
  }
}
