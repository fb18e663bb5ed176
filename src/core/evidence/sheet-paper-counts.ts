import type { Cell, Sheet } from './csv.ts'
import { type EvidenceFacts, utc } from './facts.ts'
import type { PaperMoment } from './fold.ts'
import type { PeopleView } from './people.ts'
import { standingCells } from './trust-cells.ts'

/** The moments whose count stands: the last of each committee. */
export const standingOf = (moments: readonly PaperMoment[]): ReadonlySet<PaperMoment> =>
  new Set(new Map(moments.map((moment) => [moment.turn.committee, moment])).values())

/** What people counted on paper lists, in the order typed, each beside what the server had at that moment. No server has these. */
export function paperCountsSheet({ fold }: EvidenceFacts, people: PeopleView): Sheet {
  const { figures, projection } = fold
  return {
    name: 'paper-counts.csv',
    columns: [
      ...[
        'journal_cursor',
        'committee_code',
        'committee',
        'counted_on_paper',
        'stands',
        'counted_by',
        'counted_at',
        'note',
      ],
      ...['attended_then', 'not_seen_at_server_then', 'in_doubt_then', 'trust_then', 'trust_since_then'],
      'trust_because_then',
    ],
    *rows() {
      const standing = standingOf(fold.paper)
      for (const moment of fold.paper) {
        const { committee, count, by, at, reason, attended, waiting } = moment.turn
        const id = figures.idOf.get(committee)
        const name = id === undefined ? null : (projection.of('committee').get(id)?.record.name ?? null)
        const counted: Cell[] = [committee, name, count, standing.has(moment), people.text(by), utc(at)]
        const trust = moment.trust ? standingCells(moment.trust) : UNKNOWN
        yield [moment.cursor, ...counted, people.text(reason), attended, waiting, ...trust]
      }
    },
  }
}
/** Counted before this journal began: how far attendance could be trusted then is not in it. */
const UNKNOWN: readonly Cell[] = [null, null, null, null]
