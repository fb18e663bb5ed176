import type { Heard, Codec, FrameFault } from '../backend.ts'
import type { Position } from '../../../shared/model/change.ts'
import { authenticateText, featuresOf, modeOf, positionOf, resumeText, STREAM_FRAMES } from '../hub/stream.ts'
import { err, ok, type Result } from '../../../shared/result.ts'
import { nestsDeeperThan } from './depth.ts'
import { type Fields, isObject, understood } from './fields.ts'
import { DATA_FRAMES, NOTED_FRAMES } from './frames.ts'

/** The deepest known frame, results, nests 5 deep. */
const DEEPEST = 32
/** Characters. The longest known frame, results of 100 candidates, has some 20 000. */
const LONGEST = 4 * 1024 * 1024

type Reader = (f: Fields) => Heard

/** Text frames of the whole server family: the plain election server, and the hub, which says more in the same words. */
export const electionCodec: Codec = {
  decode,
  ping: (sentAt) => JSON.stringify({ type: 'ping', timestamp: sentAt }),
  resume: resumeText,
  authenticate: authenticateText,
}

function decode(text: string): Result<Heard, FrameFault> {
  if (text.length > LONGEST) return fault('wrong-shape', `frame: at most ${LONGEST} characters, ${text.length} came`)
  if (nestsDeeperThan(text, DEEPEST)) return fault('too-deep', `frame: nests deeper than ${DEEPEST}`)
  const frame = parse(text)
  if (frame === undefined) return fault('not-json', `frame: not JSON, ${text.length} characters`)
  if (!isObject(frame)) return fault('not-an-object', 'frame: JSON, but not an object')
  const type = frame.type
  if (typeof type !== 'string') return fault('unknown-type', 'frame.type: text was expected')
  if (NOTED_FRAMES.has(type)) return ok({ is: 'noted', type })
  const read = readerOf(type)
  if (read === undefined) {
    const detail = `frame.type: ${JSON.stringify(type.slice(0, 40))} is not known`
    return err({ reason: 'unknown-type', detail, position: placeOf(frame) })
  }
  const heard = understood(frame, type, 'frame', read)
  return heard.ok ? heard : err({ reason: 'wrong-shape', detail: heard.error, position: placeOf(frame) })
}

const fault = (reason: FrameFault['reason'], detail: string): Result<never, FrameFault> => err({ reason, detail })

/** Where a frame that was not understood stood in the stream, so that its successor is not taken for a gap. */
function placeOf(frame: object): Position | null {
  const place = understood(frame, 'place', 'frame', positionOf)
  return place.ok ? place.value : null
}

/** Undefined when it is not JSON: JSON itself cannot say undefined. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['connection_success', hello],
  ['pong', pong],
  ...STREAM_FRAMES,
  ...[...DATA_FRAMES].map(([type, changesOf]): [string, Reader] => [type, (f) => data(f, changesOf)]),
])
const readerOf = (type: string): Reader | undefined => READERS.get(type)

const data = (f: Fields, changesOf: (f: Fields) => Extract<Heard, { is: 'changes' }>['changes']): Heard => ({
  is: 'changes',
  changes: changesOf(f),
  position: positionOf(f),
  sentAt: f.has('timestamp') ? f.moment('timestamp') : null,
})

function hello(f: Fields): Heard {
  return {
    is: 'hello',
    features: featuresOf(f),
    position: positionOf(f),
    mode: modeOf(f),
    serverTime: serverTime(f),
  }
}

/** The hub states its clock; the plain server's hello is at least stamped by it. */
function serverTime(f: Fields): number | null {
  if (f.isNumber('server_time')) return f.count('server_time')
  if (f.has('server_time')) return f.moment('server_time')
  return f.has('timestamp') ? f.momentOrNull('timestamp') : null
}

/** A ping of somebody else's making may echo anything. */
function pong(f: Fields): Heard {
  return { is: 'pong', echo: f.isNumber('timestamp') ? f.number('timestamp') : null }
}
