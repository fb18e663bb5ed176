import type { Beat, LinkEffect, Now, Ping, Pongs } from './link-model.ts'
import { LINK_WAITS, MISSED_PONGS } from './waits.ts'

/** Pings remembered at most; older ones will not be answered any more. */
const MOST_PINGS = 8

/** The life signs of a socket that just opened. */
export function firstBeat(now: Now): Beat {
  const { recycleFrom, recycleTo } = LINK_WAITS
  return {
    openedAt: now.elapsed,
    greetedAt: null,
    recycleAt: now.elapsed + recycleFrom + Math.floor((recycleTo - recycleFrom) * now.chance),
    pingDueAt: now.elapsed,
    pings: [],
    notBefore: now.elapsed,
    proof: null,
    stalledSince: null,
    roundTrip: null,
    skewAtHello: null,
  }
}

export type Held = { readonly passed: number; readonly late: boolean }
/** `heardAt`: when the server was last heard, elapsed ms. */
export type Signs = { readonly heardAt: number | null; readonly pongs: Pongs }
/** What one look at the watch shows. */
export type Look =
  | { readonly is: 'well'; readonly beat: Beat; readonly effects: readonly LinkEffect[] }
  | { readonly is: 'no-hello' | 'recycled' | 'asleep' }
  | { readonly is: 'silent' | 'behind'; readonly ms: number }

/** Looks at the watch. `passed`: ms since the last look; `late`: we were held up ourselves. */
export function look(beat: Beat, now: Now, signs: Signs, { passed, late }: Held): Look {
  const heardAt = Math.max(signs.heardAt ?? beat.openedAt, beat.openedAt)
  if (now.elapsed >= beat.recycleAt) return { is: 'recycled' }
  if (late) return heldUp(beat, now, passed)
  if (now.elapsed < beat.notBefore) return ping(beat, now)
  const silentMs = now.elapsed - heardAt
  if (beat.proof !== null && now.elapsed >= beat.proof.until) {
    if (beat.proof.because === 'asleep' && beat.greetedAt !== null) return { is: 'asleep' }
    if (heardAt < beat.proof.from) return { is: 'silent', ms: silentMs }
    return ping({ ...beat, proof: null }, now)
  }
  if (silentMs >= LINK_WAITS.silence) return { is: 'silent', ms: silentMs }
  if (beat.greetedAt === null)
    return now.elapsed - beat.openedAt >= LINK_WAITS.hello ? { is: 'no-hello' } : { is: 'well', beat, effects: [] }
  const behindMs = signs.pongs === 'none' ? 0 : waitedFor(beat, now)
  if (behindMs >= LINK_WAITS.behind) return { is: 'behind', ms: behindMs }
  return ping(stall(beat, now), now)
}

/** Ms the oldest unanswered ping has waited. */
const waitedFor = ({ pings: [oldest] }: Beat, now: Now): number => (oldest ? now.elapsed - oldest.sentAt : 0)

/** We were held up: what waits in the buffers is heard first. After a long hold-up only a pong to a ping of now is life. */
function heldUp(beat: Beat, now: Now, passed: number): Look {
  const notBefore = now.elapsed + LINK_WAITS.grace
  const long = passed >= LINK_WAITS.tick + LINK_WAITS.slept
  const until = now.elapsed + LINK_WAITS.proveLife
  const proof = long ? ({ from: now.elapsed, until, because: 'asleep' } as const) : beat.proof
  return ping({ ...beat, notBefore, proof, ...(long ? { pingDueAt: now.elapsed } : {}) }, now)
}

/** From now on the link has a moment to show life: the network changed under it. */
export const demandLife = (beat: Beat, now: Now): Beat => ({
  ...beat,
  pingDueAt: now.elapsed,
  proof: { from: now.elapsed, until: now.elapsed + LINK_WAITS.proveLife, because: 'silent' },
})

/** Sends the ping that is due. Only a greeted server is pinged. */
export function ping(beat: Beat, now: Now): Extract<Look, { is: 'well' }> {
  if (beat.greetedAt === null || now.elapsed < beat.pingDueAt) return { is: 'well', beat, effects: [] }
  const newest = beat.pings.at(-1)?.echo ?? 0
  // Unlike any other under way, even when the wall clock stands or was set back.
  const echo = Math.max(now.wall, newest + 1)
  const pings = [...beat.pings, { echo, sentAt: now.elapsed }].slice(-MOST_PINGS)
  return {
    is: 'well',
    beat: { ...beat, pings, pingDueAt: now.elapsed + LINK_WAITS.ping },
    effects: [{ do: 'ping', echo }],
  }
}

/** Pongs are missing while other life goes on: the server's own code is stuck. */
function stall(beat: Beat, now: Now): Beat {
  const missed = beat.pings.filter(({ sentAt }) => now.elapsed - sentAt >= LINK_WAITS.pong).length
  if (missed < MISSED_PONGS) return beat
  return { ...beat, stalledSince: beat.stalledSince ?? now.wall }
}

/** The pong that answers one of our pings; null echo: the oldest. Round trip only where it is certain. */
export function answered(beat: Beat, echo: number | null, now: Now): Beat {
  const at = echo === null ? 0 : beat.pings.findIndex((ping) => ping.echo === echo)
  const found: Ping | undefined = beat.pings[at]
  if (found === undefined) return beat
  const roundTrip = echo === null ? beat.roundTrip : Math.max(0, now.elapsed - found.sentAt)
  const isProof = beat.proof !== null && found.sentAt >= beat.proof.from
  const proof = isProof ? null : beat.proof
  return { ...beat, pings: beat.pings.slice(at + 1), stalledSince: null, roundTrip, proof }
}

/** Server clock minus this desk's, ms: the hello travelled about half a round trip. */
export const skewOf = (beat: Beat): number | null =>
  beat.skewAtHello === null ? null : Math.round(beat.skewAtHello + (beat.roundTrip ?? 0) / 2)
