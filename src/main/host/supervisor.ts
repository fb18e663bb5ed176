import { url as inspectorUrl } from 'node:inspector'
import { z } from 'zod'

/**
 * The console's side of whoever started it and starts it again when it dies (tools/bootstrap/supervise.mjs): one message
 * channel to the parent process. It tells that it is alive, and what its next life is to have; none of that is on disk.
 */

/** How often the console says that it is alive, ms; the supervisor counts what is missing. */
const BEAT_MS = 1_000
/** The supervisor is this machine's own process and waits for nothing; without an answer by then there is none. ms. */
const ANSWER_WITHIN_MS = 3_000

const Kept = z.object({
  /** Loopback port of the browser shell. */
  port: z.number().int().nullable().default(null),
  /** Digests of the sessions of windows let in: no window can be opened with one. */
  sessions: z.array(z.string()).max(64).default([]),
  /** The process of the window's browser. */
  browser: z.number().int().positive().nullable().default(null),
  /** It was at a rehearsal of its own. */
  rehearsal: z.boolean().default(false),
  /** Secrets that no keychain took, by name. */
  secrets: z.record(z.string(), z.string()).default({}),
})
/** What outlives a death. */
export type Kept = z.infer<typeof Kept>
const NOTHING: Kept = Kept.parse({})

const Told = z.object({
  t: z.literal('told'),
  life: z.number().int(),
  deaths: z.array(z.object({ at: z.number(), how: z.string() })),
  kept: z.unknown(),
})
/** `at` in ms since 1970; `how`: the signal or the exit code. */
export type Death = z.infer<typeof Told>['deaths'][number]

export type Supervisor = {
  /** How often it was started before; 0: the first time. */
  readonly life: number
  /** The latest deaths, the last one last. */
  readonly deaths: readonly Death[]
  readonly before: Kept
  keep(part: Partial<Kept>): void
  stop(): void
}

/** Meets whoever supervises this process; null when nobody does. */
export async function meetSupervisor(): Promise<Supervisor | null> {
  if (process.env['TALLYDESK_SUPERVISED'] !== '1' || process.send === undefined) return null
  // What this process starts is not supervised by that one.
  delete process.env['TALLYDESK_SUPERVISED']
  const told = await ask()
  if (told === null) return null
  const before = Kept.safeParse(told.kept)
  let kept: Kept = before.success ? before.data : NOTHING
  const beating = setInterval(() => tell({ t: 'alive', inspected: inspectorUrl() !== undefined }), BEAT_MS)
  beating.unref()
  return {
    life: told.life,
    deaths: told.deaths,
    before: kept,
    keep(part) {
      kept = { ...kept, ...part }
      tell({ t: 'keep', kept })
    },
    stop: () => clearInterval(beating),
  }
}

function ask(): Promise<z.infer<typeof Told> | null> {
  return new Promise((resolve) => {
    const done = (told: z.infer<typeof Told> | null) => {
      clearTimeout(late)
      process.off('message', hear)
      resolve(told)
    }
    const hear = (message: unknown) => {
      const told = Told.safeParse(message)
      if (told.success) done(told.data)
    }
    const late = setTimeout(() => done(null), ANSWER_WITHIN_MS)
    process.on('message', hear)
    tell({ t: 'born' })
  })
}

/** A supervisor that goes away meanwhile ends this process by another way. */
function tell(message: object): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}
