import { TOPICS } from '../../shared/model/change.ts'
import { createReader } from '../../core/backend/election/reader.ts'
import type { Book } from '../../core/book.ts'
import type { Core } from '../../core/core.ts'
import { difference } from '../../core/ingest/difference.ts'

export type Comparison = { readonly equal: boolean; readonly differences: readonly string[] }

/** So many differences are named. */
const NAMED = 10

/**
 * Reads everything from the hub over REST and compares it, record by record, with what the console holds. Independent of
 * the stream that made the console's figures.
 */
export async function compareWithHub(core: Core, book: Book): Promise<Comparison> {
  const reader = createReader(core.rest, { election: null })
  const differences: string[] = []
  // Nothing is newer than a read that begins in the far future: every difference counts.
  const begun = { from: Number.MAX_SAFE_INTEGER, after: Number.MAX_SAFE_INTEGER }
  for (const topic of TOPICS) {
    const read = await reader.read(
      topic,
      (part) => {
        for (const event of difference(book, { ...part, position: null }, begun)) {
          if (event.is === 'change' || event.is === 'phantom') {
            differences.push(`${event.change.kind} ${event.change.key}: ${event.change.op}`)
          }
        }
      },
      () => false,
    )
    if (!read.ok) differences.push(`${topic}: not read (${read.error.fault.is})`)
  }
  return { equal: differences.length === 0, differences: differences.slice(0, NAMED) }
}
