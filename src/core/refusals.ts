import type { Cause } from '../shared/model/link.ts'
import type { Mode } from '../shared/model/records.ts'
import type { OpenFault } from './open-book.ts'

/**
 * What is practised must never reach an official election: such a server is refused. The other way round the journal and
 * the watermark follow the server's word, and the session says so. `said`: the server's own word; null: it has none.
 */
export function modeRefusal(profile: Mode, said: Mode | null, at: number): Cause | null {
  if (profile !== 'rehearsal' || said !== 'official') return null
  return { code: 'wrong-mode', proof: 'the server is official, this profile is for rehearsals', at }
}

/** A full disk may have room again soon. Anything else waits for a person, and the link says so. */
export function journalRefusal({ is, detail }: OpenFault, at: number): Cause | null {
  return is === 'full' ? null : { code: 'journal-failed', proof: `${is}: ${detail}`, at }
}
