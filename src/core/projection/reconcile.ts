import type { CommitteeCode } from '../../shared/model/ids.ts'
import type { Committee } from '../../shared/model/records.ts'
import {
  type OwnMarks,
  type PaperCount,
  type Reason,
  RECONCILE_ROWS,
  type ReconcileRow,
  type ReconcileView,
  type Standing,
} from '../../shared/view/reconcile.ts'
import { NO_MARKS, ownMarks, ownSums } from './own-marks.ts'
import type { Shown } from './shown.ts'

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Marked at this desk, said by the server, counted on paper: of one committee, or of all, those that differ first. */
export function reconcileOf(
  shown: Shown,
  committee: CommitteeCode | null,
  isShown: (committee: Committee) => boolean,
): Omit<ReconcileView, 'at'> {
  const own = ownSums(ownMarks(shown.projection, committee))
  const rows = [...shown.projection.of('committee').values()].flatMap(({ record }) =>
    isShown(record) && (committee === null || record.code === committee)
      ? [rowOf(shown, record, own.get(record.code) ?? NO_MARKS)]
      : [],
  )
  const counted = rows.filter(({ paper }) => paper !== null)
  const sum = (of: readonly ReconcileRow[], read: (row: ReconcileRow) => number) =>
    of.reduce((all, row) => all + read(row), 0)
  return {
    own: rows.reduce((all, row) => added(all, row.own), NO_MARKS),
    attended: sum(rows, ({ attended }) => attended),
    pending: sum(rows, ({ pending }) => pending),
    committees: rows.length,
    counted: {
      committees: counted.length,
      paper: sum(counted, ({ paper }) => paper?.count ?? 0),
      attended: sum(counted, ({ attended }) => attended),
    },
    rows: rows
      .toSorted((a, b) => rankOf(a) - rankOf(b) || apart(b) - apart(a) || inOrder(a.code, b.code))
      .slice(0, RECONCILE_ROWS),
    beyond: Math.max(0, rows.length - RECONCILE_ROWS),
  }
}

function rowOf({ figures, projection }: Shown, committee: Committee, own: OwnMarks): ReconcileRow {
  const { attended, pending } = figures.attendance.of(committee.code)
  const paper = projection.paper.of(committee.code)
  const standing = standingOf(paper, attended, own)
  return {
    ...{ id: committee.id, code: committee.code, name: committee.name, electors: committee.electors },
    ...{ own, attended, pending, paper, standing, apart: paper === null ? 0 : paper.count - attended },
    reasons: reasonsOf(paper, { own, attended, pending }).filter(({ count }) => count > 0),
  }
}

function standingOf(paper: PaperCount | null, attended: number, own: OwnMarks): Standing {
  if (paper === null) return 'no-paper'
  const { count, attendedThen, waitingThen } = paper
  if (count === attended) return 'agrees'
  if (count === attended + own.unsent + own.unseen) return 'when-sent'
  if (attended > count && (count === attendedThen || count === attendedThen + waitingThen)) return 'agreed'
  return count > attended ? 'more-on-paper' : 'fewer-on-paper'
}

/** What is certain about this desk comes first; what is left over nobody here can know. */
function reasonsOf(
  paper: PaperCount | null,
  { own, attended, pending }: { readonly own: OwnMarks; readonly attended: number; readonly pending: number },
): readonly Reason[] {
  const here: Reason[] = [
    { is: 'unsent', count: own.unsent },
    { is: 'unseen', count: own.unseen },
    { is: 'refused', count: own.refused },
  ]
  if (paper === null || paper.count === attended) return here
  if (paper.count > attended) {
    const known = own.unsent + own.unseen + own.refused + pending
    return [...here, { is: 'pending', count: pending }, { is: 'nowhere', count: paper.count - attended - known }]
  }
  const later = Math.max(0, attended - paper.attendedThen - paper.waitingThen)
  return [
    ...here,
    { is: 'later', count: later },
    { is: 'not-on-paper', count: attended - paper.count - later },
    { is: 'others', count: attended - own.seen },
  ]
}

const RANK = {
  'more-on-paper': 0,
  'fewer-on-paper': 0,
  'when-sent': 1,
  agreed: 2,
  'no-paper': 3,
  agrees: 4,
} as const satisfies Record<Standing, number>
/** Marks that are stuck here go before what is only not counted yet. */
const rankOf = ({ standing, own }: ReconcileRow): number =>
  RANK[standing] > 1 && own.unsent + own.unseen + own.refused > 0 ? 1.5 : RANK[standing]
const apart = (row: ReconcileRow): number => Math.abs(row.apart)

const added = (a: OwnMarks, b: OwnMarks): OwnMarks => ({
  seen: a.seen + b.seen,
  unsent: a.unsent + b.unsent,
  unseen: a.unseen + b.unseen,
  refused: a.refused + b.refused,
})
