import { z } from 'zod'
import type { HubContext } from '../context.ts'
import type { Desk } from './desk.ts'
import { Outgoing } from './wire.ts'

/** Frames handed to one reader before the next chunk waits for them to leave: bounds memory, not speed. */
const CHUNK = 256

export const Resume = z.object({ epoch: z.string().max(100), since: z.number().int().nonnegative() })
type Resume = z.output<typeof Resume>

/**
 * Answers a resume. The missed frames and the live ones join without a seam: the desk stays out of the live stream until
 * a look at the store, in the same turn, shows nothing after what it was sent.
 */
export function resume(context: HubContext, desk: Desk, wish: Resume): void {
  const { epoch, seq } = context.store.position()
  const because = whyNot(context, wish, epoch, seq)
  if (because !== null) {
    context.metrics.resumes.inc({ outcome: because })
    desk.say({ type: 'resync', epoch, seq, because })
    return
  }
  context.metrics.resumes.inc({ outcome: 'resumed' })
  desk.say({ type: 'resumed', epoch, from: wish.since, to: seq })
  replay(context, desk, desk.beginReplay(wish.since))
}

function whyNot(context: HubContext, wish: Resume, epoch: string, seq: number): 'epoch' | 'ahead' | 'too-old' | null {
  if (wish.epoch !== epoch) return 'epoch'
  if (wish.since > seq) return 'ahead'
  return wish.since < context.store.resumableFrom() ? 'too-old' : null
}

function replay(context: HubContext, desk: Desk, run: ReplayRun): void {
  if (!desk.open || !desk.isReplay(run)) return
  const frames = context.store.framesAfter(run.cursor, CHUNK)
  const [first, last] = [frames[0], frames.at(-1)]
  if (first === undefined || last === undefined) {
    desk.endReplay(run)
    return
  }
  if (first.seq !== run.cursor + 1) {
    // the reader was so slow that the store let go of what it still needed
    const { epoch, seq } = context.store.position()
    context.metrics.resumes.inc({ outcome: 'overtaken' })
    desk.endReplay(run)
    desk.say({ type: 'resync', epoch, seq, because: 'too-old' })
    return
  }
  run.cursor = last.seq
  desk.waitingSince = context.now()
  const outgoing = frames.map((frame) => new Outgoing(frame))
  const count = desk.deliver(outgoing, () => {
    desk.waitingSince = null
    replay(context, desk, run)
  })
  context.metrics.sent.inc(count)
}

/** One run of missed frames to one desk; a later resume of the same desk ends it. */
export type ReplayRun = { cursor: number }
