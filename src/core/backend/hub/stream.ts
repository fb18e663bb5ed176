import type { Position } from '../../../shared/model/change.ts'
import type { Mode } from '../../../shared/model/records.ts'
import type { Feature, Heard } from '../backend.ts'
import type { Fields } from '../election/fields.ts'

/** What the hub adds to the election server's protocol: a numbered stream, and words about it. */

const FEATURES: ReadonlySet<string> = new Set<Feature>([
  'seq',
  'resume',
  'authenticate',
  'bulk_mark',
  'idempotency',
  'ticket',
  'calls',
  'remarks',
  'double',
])
const NO_FEATURES: ReadonlySet<Feature> = new Set()
const isFeature = (word: string): word is Feature => FEATURES.has(word)

/** Null where the server keeps no sequence. `epoch` and `seq` come together or not at all. */
export function positionOf(f: Fields): Position | null {
  return f.has('epoch') || f.has('seq') ? position(f) : null
}
const position = (f: Fields): Position => ({ epoch: f.label('epoch'), seq: f.count('seq') })

/** Features this desk does not know are left out. */
export const featuresOf = (f: Fields): ReadonlySet<Feature> =>
  f.has('features') ? new Set(f.texts('features').filter(isFeature)) : NO_FEATURES

export const modeOf = (f: Fields): Mode | null => (f.has('mode') ? f.oneOf('mode', ['official', 'rehearsal']) : null)

/** Frames that only a numbered stream has. */
export const STREAM_FRAMES: ReadonlyMap<string, (f: Fields) => Heard> = new Map([
  ['skip', skip],
  ['resumed', (f: Fields): Heard => ({ is: 'resumed', from: f.count('from'), to: f.count('to') })],
  ['resync', (f: Fields): Heard => ({ is: 'resync', position: position(f), because: f.text('because') })],
])

function skip(f: Fields): Heard {
  const to = position(f)
  return { is: 'skip', from: f.has('from') ? f.count('from') : to.seq, position: to }
}

/** Asks for everything after a place in the stream. */
export const resumeText = (since: Position): string =>
  JSON.stringify({ type: 'resume', epoch: since.epoch, since: since.seq })

/** Shows a newer access token on the open socket. */
export const authenticateText = (token: string): string => JSON.stringify({ type: 'authenticate', token })
