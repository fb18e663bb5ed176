import type { Source } from '../../shared/rpc/define.ts'
import type { LinkView } from '../../shared/model/link.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { MetersView } from '../../shared/view/meters.ts'
import type { Recording, ReplayFault, ReplayMarks, ReplayView } from '../../shared/view/replay.ts'
import type { Console } from '../console.ts'
import { PACE, paced } from '../patch/pace.ts'
import { type Current, replaceable } from '../patch/relay.ts'
import type { Clock, DiskFault } from '../ports.ts'
import { Bringing, type Whole } from './bringing.ts'
import { Player } from './player.ts'
import { recordedLink, recordedMeters } from './recorded-views.ts'
import type { JournalReader } from './recordings.ts'
import { describe, mayOpen, recordingsOf } from './shelf-of-recordings.ts'
import type { Stage } from './stage.ts'

/** What one window's views are made of while it replays. */
export type Replaying = { readonly stage: Stage; readonly clock: Clock; link(): LinkView; meters(): MetersView }
export type OpenFault = 'not-here' | 'unknown-recording' | 'not-allowed' | 'not-readable' | 'not-saved'

/**
 * What one window looks at: the link, or a recording. The console goes on whatever a window looks at; when the window goes,
 * so does its replay. It owns at most one player.
 */
export class Viewing {
  readonly #console: Console
  readonly #replaying = replaceable<Replaying | null>(null)
  readonly #listeners = new Set<() => void>()
  #player: Player | null = null
  #fault: ReplayFault | null = null
  readonly #stops: (() => void)[]
  /** The file of another desk this window is bringing. */
  readonly bringing: Bringing

  constructor(console: Console) {
    this.#console = console
    // Who signed out may not go on looking; a file from the command line needs no sign-in.
    this.#stops = [console.onChange(() => this.#player && this.#needsSignIn && !isSignedIn(console) && this.close())]
    this.bringing = new Bringing(console)
  }
  #of: Recording | null = null
  /** Takes a file that was brought off the disk, once it is not looked at any more. */
  #drop: (() => void) | null = null
  get #needsSignIn(): boolean {
    return this.#of?.is !== 'file' || this.#drop !== null
  }

  /** Null: the link. Replaced whenever all that is shown is different. */
  get replaying(): Current<Replaying | null> {
    return this.#replaying
  }
  get isLive(): boolean {
    return this.#player === null
  }
  /** For a window that shows a recording: why this command is not for it; null when it is. */
  refuse(command: string): 'in-replay' | null {
    return this.#replaying.now() === null || ALLOWED.some((prefix) => command.startsWith(prefix)) ? null : 'in-replay'
  }
  get player(): Player | null {
    return this.#player
  }

  list(): readonly Recording[] {
    return recordingsOf(this.#console)
  }

  /** Begins to read a recording; it is shown once its chain is checked. */
  open(wanted: string | null, at: number | null = null): Result<null, OpenFault> {
    const { recordings } = this.#console.options
    if (!recordings) return err('not-here')
    const name = wanted ?? this.list().find(({ is }) => is === 'now')?.name ?? null
    if (name === null) return err('unknown-recording')
    const file = recordings.file?.name === name ? recordings.file : null
    const opened = file ? file.open() : recordings.open(name)
    if (!opened.ok) return err(OPEN_FAULTS[opened.error.is] ?? 'not-readable')
    const of = describe(this.#console, name, opened.value, file !== null)
    if (!mayOpen(this.#console, of)) {
      opened.value.close()
      return err('not-allowed')
    }
    this.#play(of, opened.value, at)
    return ok(null)
  }

  /** The file this window has brought: looked at as one given at the start is, until the window leaves it. */
  openBrought(): Result<null, 'not-brought' | 'not-readable' | 'not-saved' | 'pack-without-journal'> {
    const whole = this.bringing.end()
    if (!whole.ok) return whole
    const { name, reader, drop }: Whole = whole.value
    this.#play(describe(this.#console, name, reader, true), reader, null)
    this.#drop = drop
    return ok(null)
  }

  #play(of: Recording, reader: JournalReader, at: number | null): void {
    this.close()
    this.#of = of
    this.#player = new Player({ ...this.#ports(), at }, of, reader, {
      changed: () => this.#told(),
      replaced: () => this.#shown(),
      ended: (fault) => this.#ended(fault),
    })
    this.#told()
  }

  /** Back to the link. */
  close(): void {
    this.#fault = null
    if (this.#player) this.#leave()
    else this.#told()
  }
  stop(): void {
    for (const stop of this.#stops) stop()
    this.bringing.stop()
    this.close()
    this.#listeners.clear()
  }

  view(): ReplayView {
    return this.#player?.view() ?? { is: 'live', fault: this.#fault }
  }

  #ports() {
    const { clock, digest } = this.#console.ports
    return { clock, digest }
  }
  #leave(): void {
    this.#player?.stop()
    this.#player = null
    this.#of = null
    this.#drop?.()
    this.#drop = null
    this.#replaying.replace(null)
    this.#told()
  }
  #ended(fault: ReplayFault): void {
    this.#console.ports.log.warn('replay ended', { is: fault.is, detail: fault.detail })
    this.#fault = fault
    this.#leave()
  }
  #shown(): void {
    const player = this.#player
    const showing = player?.showing
    if (!player || !showing) return
    const now = () => player.showing ?? showing
    this.#replaying.replace({
      stage: showing.stage,
      clock: { ...steady(this.#console.ports.clock), now: () => player.at },
      link: () => recordedLink(player, now()),
      meters: () => recordedMeters(now()),
    })
    this.#told()
  }
  #told(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Told as it moves. */
  readonly source: Source<unknown, ReplayView, ReplayView> = (_input, changed) =>
    this.#source(changed, () => this.view(), PACE.figures)
  /** The marks of the day that is shown; told when that is another. */
  readonly marksSource: Source<unknown, ReplayMarks | null, ReplayMarks | null> = (_input, changed) => {
    let told: number | null = null
    const read = () => {
      const marks = this.#player?.marks() ?? null
      told = marks?.from ?? null
      return marks
    }
    const dayOf = (view: ReplayView) => (view.is === 'replay' ? view.day.from : null)
    return this.#source((key) => dayOf(this.view()) !== told && changed(key), read, PACE.list)
  }

  /** A view of the moment shown. */
  readSource<State>(read: () => State): Source<unknown, State, State> {
    return (_input, changed) => this.#source(changed, read, PACE.rows)
  }

  #source<State>(changed: (key: string) => void, read: () => State, every: number) {
    const pace = paced(this.#console.ports.clock, every, changed)
    const listener = () => pace.tell('view')
    this.#listeners.add(listener)
    return {
      snapshot: read,
      patch: read,
      stop: () => {
        this.#listeners.delete(listener)
        pace.stop()
      },
    }
  }
}

/** What a fault of the disk is to a window; any other: it does not read. */
const OPEN_FAULTS: Partial<Record<DiskFault['is'], OpenFault>> = { missing: 'unknown-recording', full: 'not-saved' }

/** What changes nothing that is shown: all else waits until the window is back at the link. */
const ALLOWED = ['replay.', 'doctor.', 'diagnostics.', 'trail.', 'zone.', 'session.sign-out', 'session.sign-in']

/** A clock of its methods: a clock may be a class. */
const steady = (clock: Clock): Clock => ({
  now: () => clock.now(),
  elapsed: () => clock.elapsed(),
  after: (ms, run) => clock.after(ms, run),
  soon: (run) => clock.soon(run),
})

const isSignedIn = (console: Console): boolean => console.view().state === 'signed-in'
