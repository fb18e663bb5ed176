import type { Chance } from './chance.ts'
import { chanceOf } from './chance.ts'
import type { Weather } from './line.ts'
import type { Stage } from './server/rows.ts'

/** What somebody else does at the server, or what becomes of it. */
export type ServerDeed =
  | { readonly is: (typeof OTHERS)[number]; readonly pick: number }
  | { readonly is: 'lose'; readonly frames: number }
  | { readonly is: 'restart' | 'fault'; readonly ms: number }
  | { readonly is: 'epoch'; readonly undo: number }
  | { readonly is: 'busy'; readonly ms: number; readonly status: 429 | 503; readonly seconds: number | null }
  | { readonly is: 'expire' }
/** What becomes of a desk. */
export type DeskDeed =
  | { readonly is: 'crash'; readonly power: boolean; readonly backIn: number }
  | {
      readonly is: 'crash-at-write'
      readonly power: boolean
      readonly backIn: number
      readonly nth: number
      readonly when: 'before' | 'after'
      /** Only the writes count with which a journal goes on in a new part. */
      readonly seam?: boolean
    }
  | { readonly is: 'sleep'; readonly ms: number; readonly told: boolean; readonly stands: boolean }
  | { readonly is: 'set-clock'; readonly ms: number }
  | { readonly is: 'disk'; readonly fault: 'full' | 'read-only' | 'failed'; readonly ms: number }
  | { readonly is: 'disk-at-write'; readonly fault: 'full'; readonly nth: number; readonly ms: number }
  | { readonly is: 'weather'; readonly weather: Partial<Weather>; readonly ms: number }
  | { readonly is: 'reset' | 'sign-out' | 'reread' }
  | { readonly is: 'network'; readonly up: boolean }
  | { readonly is: 'window'; readonly how: 'reload' | 'die' | 'slow'; readonly ms: number }
/** What an operator types. `pick` chooses whom or what it is about. */
export type Typing = { readonly is: 'type'; readonly what: (typeof TYPED)[number]; readonly pick: number }

export type Step = { readonly number: number; readonly at: number } & (
  | { readonly on: 'server'; readonly deed: ServerDeed }
  | { readonly on: 'desk'; readonly desk: number; readonly deed: DeskDeed | Typing }
)
/** A whole history before it happens: what kind of server, how many desks, and every step. */
export type Plan = {
  readonly seed: number
  readonly numbered: boolean
  /** Whether it is a hub that keeps two blind entries of a sheet apart, and people type such. */
  readonly blind: boolean
  readonly stage: Stage
  readonly desks: number
  /** Whether a socket is ever to be had. */
  readonly socket: boolean
  readonly accessMs: number
  /** How little a person set each desk to keep of its journal; null: all of it is kept. */
  readonly keeping: { readonly partMb: number; readonly keepMb: number } | null
  /** Ms until faults end and everything must come to rest. */
  readonly lasts: number
  readonly steps: readonly Step[]
}

const MINUTE = 60_000

/** Draws the history of a seed. */
export function planOf(seed: number): Plan {
  const chance = chanceOf(seed, 'plan')
  const lasts = chance.between(20_000, 90_000)
  const numbered = chance.is(0.6)
  const stage = chance.of(['voting', 'voting', 'entered', 'counted'] as const)
  const desks = chance.is(0.45) ? 2 : 1
  const accessMs = chance.of([5 * MINUTE, 5 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE])
  const socket = chance.is(0.93)
  const count = chance.between(6, 34)
  // A moment for the desks to arrive, or none: a fault may meet them on the way.
  const first = chance.is(0.7) ? 3_000 : 0
  const steps = Array.from({ length: count }, (_, number): Step => {
    const at = chance.between(first, lasts)
    const desk = chance.upTo(desks)
    const kind = chance.next()
    if (kind < 0.33) return { number, at, on: 'desk', desk, deed: typing(chance, stage) }
    if (kind < 0.57) return { number, at, on: 'server', deed: others(chance, numbered, stage) }
    if (kind < 0.69) return { number, at, on: 'server', deed: trouble(chance, numbered) }
    return { number, at, on: 'desk', desk, deed: mishap(chance, desks) }
  })
  const blind = numbered && chanceOf(seed, 'blind').is(BLIND_HISTORIES)
  const { keeping, crashes } = keepingOf(seed, desks, lasts)
  steps.push(...slowSteps(seed, desks, first, lasts), ...(blind ? blindSteps(seed, desks, lasts) : []), ...crashes)
  return {
    seed,
    socket,
    numbered,
    blind,
    stage,
    desks,
    accessMs,
    keeping,
    lasts,
    steps: steps.sort((a, b) => a.at - b.at || a.number - b.number),
  }
}

/** What people do by day, some of it more often; and what they do when sheets are counted. */
const BY_DAY = [
  ...['mark', 'mark', 'mark', 'mark', 'arrival', 'arrival', 'stranger', 'correct', 'correct'],
  ...['create', 'create', 'edit', 'edit', 'edit', 'confirm', 'confirm', 'status', 'remove', 'note', 'note'],
  ...['sheet', 'sheet', 'undo', 'undo', 'decide'],
] as const
const BY_NIGHT = [
  ...['mark', 'edit', 'note', 'sheet', 'sheet', 'sheet', 'verify', 'verify', 'verify'],
  ...['generate', 'publish', 'publish', 'undo', 'undo', 'decide'],
] as const
/** Two people type each sheet: the setting, entries, and who decides between two or throws them away. */
const BLIND = ['two', 'blind', 'blind', 'blind', 'blind', 'resolve', 'resolve', 'drop'] as const
const TYPED = [...BY_DAY, ...BY_NIGHT, ...BLIND] as const

const typing = (chance: Chance, stage: Stage): Typing => ({
  is: 'type',
  what: chance.of<(typeof TYPED)[number]>(stage === 'voting' ? BY_DAY : BY_NIGHT),
  pick: chance.upTo(1_000),
})

const OTHERS_BY_DAY = [
  ...['mark', 'mark', 'mark', 'unmark', 'arrival', 'edit', 'edit', 'confirm', 'remove', 'create'],
  ...['sheet', 'phase', 'phantom', 'double', 'double'],
] as const
const OTHERS_BY_NIGHT = [
  ...['mark', 'edit', 'sheet', 'sheet', 'sheet', 'verify', 'verify', 'generate', 'publish', 'phase', 'double'],
] as const
const OTHERS_BLIND = ['blind', 'blind', 'blind', 'resolve', 'drop'] as const
const OTHERS = [...OTHERS_BY_DAY, ...OTHERS_BY_NIGHT, ...OTHERS_BLIND] as const

function others(chance: Chance, numbered: boolean, stage: Stage): ServerDeed {
  const pick = chance.upTo(1_000)
  const is = chance.of<(typeof OTHERS)[number]>(stage === 'voting' ? OTHERS_BY_DAY : OTHERS_BY_NIGHT)
  // A hub lets nobody be marked twice, and shows nobody what it did not commit.
  return { is: numbered && (is === 'phantom' || is === 'double') ? 'mark' : is, pick }
}

function trouble(chance: Chance, numbered: boolean): ServerDeed {
  const is = chance.of(['restart', 'restart', 'other', 'other', 'busy', 'fault', 'expire'] as const)
  switch (is) {
    case 'restart':
    case 'fault':
      return { is, ms: span(chance, 20_000) }
    case 'other':
      return numbered ? { is: 'epoch', undo: chance.upTo(4) } : { is: 'lose', frames: chance.between(1, 4) }
    case 'busy':
      return {
        is,
        ms: span(chance, 10_000),
        status: chance.of([429, 503]),
        seconds: chance.of([null, 1, 3, 10]),
      }
    default:
      return { is }
  }
}

function mishap(chance: Chance, desks: number): DeskDeed {
  const is = chance.of(MISHAPS)
  switch (is) {
    case 'crash':
      return { is, power: chance.is(0.5), backIn: chance.between(100, 8_000) }
    case 'crash-at-write':
      return {
        is,
        power: chance.is(0.5),
        backIn: chance.between(100, 8_000),
        nth: chance.between(1, 6),
        when: chance.of(['before', 'after']),
        seam: chance.is(0.2),
      }
    case 'sleep':
      return { is, ms: sleepOf(chance, desks), told: chance.is(0.5), stands: chance.is(0.5) }
    case 'set-clock':
      return { is, ms: (chance.is(0.5) ? 1 : -1) * chance.of([800, 4_000, 30_000, 20 * MINUTE, 12 * 60 * MINUTE]) }
    case 'disk':
      return { is, fault: chance.of(['full', 'read-only', 'failed']), ms: span(chance, 15_000) }
    case 'disk-at-write':
      return { is, fault: 'full', nth: chance.between(1, 8), ms: span(chance, 15_000) }
    case 'weather':
      return { is, weather: weather(chance), ms: span(chance, 30_000) }
    case 'window':
      return { is, how: chance.of(['reload', 'die', 'slow']), ms: chance.between(50, 6_000) }
    case 'network':
      return { is, up: chance.is(0.5) }
    default:
      return { is }
  }
}
const MISHAPS = [
  ...['crash', 'crash-at-write', 'crash-at-write', 'sleep', 'sleep', 'set-clock', 'disk', 'disk-at-write'],
  ...['weather', 'weather', 'weather', 'weather', 'reset', 'window', 'window', 'network', 'sign-out', 'reread'],
] as readonly DeskDeed['is'][] // spelled over two lines, which widens them

function weather(chance: Chance): Partial<Weather> {
  const kinds: readonly Partial<Weather>[] = [
    { cut: true },
    { hole: true },
    { hole: true },
    {
      delay: chance.of([
        [200, 1_500],
        [1_000, 4_000],
        [3_000, 9_000],
      ] as const),
    },
    { loseAnswer: 0.5 },
    { loseAnswer: 0.9, loseAsk: 0.2 },
    { loseAsk: 0.6 },
    { twice: 0.5 },
    { swap: 0.4 },
    { torn: 0.3 },
    { garbage: 0.4 },
    { noSocket: true },
    { drop: 0.4 },
    { twice: 0.3, swap: 0.3, drop: 0.2, loseAnswer: 0.3, delay: [20, 800] },
  ]
  return chance.of(kinds)
}

/** At some hubs two people type sheets on top of all else, drawn apart as well: from the desks, and elsewhere. */
function blindSteps(seed: number, desks: number, lasts: number): readonly Step[] {
  const chance = chanceOf(seed, 'blind sheets')
  return Array.from({ length: chance.between(6, 14) }, (_, index): Step => {
    const [at, number, pick] = [chance.between(3_000, lasts), BLIND_FROM + index, chance.upTo(1_000)]
    if (chance.is(0.35)) return { number, at, on: 'server', deed: { is: chance.of(OTHERS_BLIND), pick } }
    return { number, at, on: 'desk', desk: chance.upTo(desks), deed: { is: 'type', what: chance.of(BLIND), pick } }
  })
}
const BLIND_FROM = 200
const BLIND_HISTORIES = 0.3

/** Some desks keep little: parts of theirs go in the middle of all else. A row is a MB long. Drawn apart as well. */
function keepingOf(seed: number, desks: number, lasts: number): Pick<Plan, 'keeping'> & { crashes: readonly Step[] } {
  const chance = chanceOf(seed, 'keeping')
  if (!chance.is(KEEPING_HISTORIES)) return { keeping: null, crashes: [] }
  const partMb = chance.between(8, 30)
  const crashes = Array.from({ length: chance.upTo(4) }, (_, index): Step => {
    const [at, number] = [chance.between(3_000, lasts), KEEPING_FROM + index]
    const deed: DeskDeed = {
      ...{ is: 'crash-at-write', seam: true, power: chance.is(0.5), backIn: Math.floor(span(chance, 4_000)) },
      ...{ nth: chance.between(1, 5), when: chance.is(0.5) ? 'before' : 'after' },
    }
    return { number, at, on: 'desk', desk: chance.upTo(desks), deed }
  })
  return { keeping: { partMb, keepMb: chance.between(partMb, 2 * partMb) }, crashes }
}
const KEEPING_FROM = 300
const KEEPING_HISTORIES = 0.25

/** Some histories have slow lines on top of all else; drawn apart, so that the other faults keep their share. */
function slowSteps(seed: number, desks: number, first: number, lasts: number): readonly Step[] {
  const chance = chanceOf(seed, 'slow')
  if (!chance.is(SLOW_HISTORIES)) return []
  return Array.from({ length: chance.between(1, 3) }, (_, index): Step => {
    const deed: DeskDeed = { is: 'weather', weather: chance.of(SLOW), ms: chance.between(4_000, 60_000) }
    const at = chance.between(first, lasts)
    return { number: SLOW_FROM + index, at, on: 'desk', desk: chance.upTo(desks), deed }
  })
}
/** Numbers of such steps begin here. */
const SLOW_FROM = 100
const SLOW_HISTORIES = 0.3
/** Below and above what the console waits for an answer, 15 s for most and 30 s for a reading, and for life on its socket, 20 s. */
const SLOW: readonly Partial<Weather>[] = [
  { slowAnswers: [1_000, 14_000] },
  { slowAnswers: [12_000, 40_000] },
  { slowAsks: [1_000, 20_000], slowAnswers: [0, 4_000] },
  { slowFrames: [1_000, 8_000] },
  { slowFrames: [6_000, 18_000] },
  { slowFrames: [2_000, 45_000] },
  { slowFrames: [2_000, 45_000] },
  { slowFrames: [500, 4_000], slowAnswers: [5_000, 25_000] },
  { trickle: 250 },
  { trickle: 1_500 },
]

/** Ms: mostly short, sometimes long. */
const span = (chance: Chance, most: number): number => Math.floor(200 + most * chance.next() ** 2)
/** One second to twelve hours; where another desk stays awake meanwhile, to five minutes: its hours would take as long as all else. */
const sleepOf = (chance: Chance, desks: number): number =>
  Math.floor(1_000 * (desks === 1 ? 43_200 : 300) ** chance.next())
