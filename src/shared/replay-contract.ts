import { z } from 'zod'
import { BROUGHT_PART, Pulse, Recording, ReplayMarks, ReplayView } from './view/replay.ts'

/** What a window asks of the time machine. */
export const REPLAY_COMMANDS = {
  /** The recordings this window may look at. */
  'replay.list': { input: z.null(), output: z.array(Recording), errors: [] },
  /**
   * Reads a recording, checks its chain and then shows it in this window only; the stream `replay` tells. `name` null: the
   * one being written. `at`: the moment shown first, ms; null: its end.
   */
  'replay.open': {
    input: z.object({ name: z.string().min(1).max(1_000).nullable(), at: z.number().nullable() }),
    output: z.null(),
    errors: ['not-here', 'unknown-recording', 'not-allowed', 'not-readable', 'not-saved'],
  },
  /** A journal file of another desk follows in parts; kept apart from this desk's own, until its replay ends. */
  'replay.bring': {
    input: z.object({ name: z.string().min(1).max(300), bytes: z.number().int().min(0) }),
    output: z.null(),
    errors: ['not-here', 'not-allowed', 'not-saved', 'too-big', 'not-brought'],
  },
  /** The next part, base64. */
  'replay.bring-part': {
    input: z.object({ text: z.string().max(BROUGHT_PART) }),
    output: z.null(),
    errors: ['not-here', 'not-allowed', 'not-saved', 'too-big', 'not-brought'],
  },
  /**
   * It is whole: read, checked and shown as by `replay.open`. `pack-without-journal`: an evidence pack made without the rows of
   * its journal; `not-saved`: there is no room to unpack it.
   */
  'replay.bring-end': {
    input: z.null(),
    output: z.null(),
    errors: ['not-brought', 'not-readable', 'not-saved', 'pack-without-journal'],
  },
  /** It is not wanted after all. */
  'replay.bring-stop': { input: z.null(), output: z.null(), errors: [] },
  /** Goes to a moment, ms. Of those asked for while one is being reached, the latest wins. */
  'replay.seek': { input: z.object({ at: z.number() }), output: z.null(), errors: ['no-replay'] },
  /** Goes on from here, `speed` times as fast as the day. */
  'replay.play': {
    input: z.object({ speed: z.number().min(1).max(1_000) }),
    output: z.null(),
    errors: ['no-replay'],
  },
  'replay.pause': { input: z.null(), output: z.null(), errors: ['no-replay'] },
  /** Back to the link. */
  'replay.close': { input: z.null(), output: z.null(), errors: [] },
} as const

/** What the time machine tells a window. */
export const REPLAY_STREAMS = {
  /** What this window looks at: the link or a recording. */
  replay: { input: z.null(), snapshot: ReplayView, patch: ReplayView },
  /** How many rows the fold that is shown is made of: what came while a window held still is the difference. */
  pulse: { input: z.null(), snapshot: Pulse, patch: Pulse },
  /** The scrub bar's lanes for the day shown; null while nothing is replayed. */
  marks: { input: z.null(), snapshot: ReplayMarks.nullable(), patch: ReplayMarks.nullable() },
} as const
