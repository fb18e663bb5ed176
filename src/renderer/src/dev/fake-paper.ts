import type { AppContract } from '../../../shared/contract.ts'
import type { CommitteeCode } from '../../../shared/model/ids.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers, Sources } from '../../../shared/rpc/define.ts'
import type { CommitteeRow } from '../../../shared/view/board.ts'
import type { HourPoint, HoursView, PaperCount, ReconcileRow, ReconcileView } from '../../../shared/view/reconcile.ts'
import { committeeIn } from './fake-committee.ts'
import type { Whole } from './fake-sources.ts'
import { USER } from './fake-views.ts'
import type { World } from './world.ts'

const HOUR = 3_600_000

type Stock = {
  readonly world: World
  readonly now: () => number
  readonly tell: (stream: string) => void
  readonly calls: { readonly name: string; readonly input: unknown }[]
}

/** Made-up arrivals by the hour, and paper counts that are kept while the page is open. */
export function fakePaper({ world, now, tell, calls }: Stock) {
  const papers = new Map<CommitteeCode, PaperCount>()
  const second = world.committees[1]
  if (second && world.attendance.length > 0) papers.set(second.code, paperOf(second, second.attended + 4, now()))
  return {
    sources: (whole: Whole): Pick<Sources<AppContract>, 'hours' | 'reconcile' | 'committee'> => ({
      committee: whole('attendance', ({ committee }) => committeeIn(world, committee)),
      hours: whole('attendance', ({ committee }) => hoursIn(world, committee)),
      reconcile: whole('reconcile', ({ committee }) => reconcileIn(world, papers, committee, now())),
    }),
    handlers: {
      'paper.enter': async (input) => {
        calls.push({ name: 'paper.enter', input })
        const row = world.committees.find(({ code }) => code === input.committee)
        if (!row) return err('not-known')
        const before = papers.get(row.code)
        if (before && input.reason === '') return err('needs-reason')
        const { count, reason } = input
        papers.set(row.code, { ...paperOf(row, count, now()), reason, times: (before?.times ?? 0) + 1 })
        tell('reconcile')
        return ok(null)
      },
    } satisfies Partial<Handlers<AppContract>>,
  }
}

const paperOf = (row: CommitteeRow, count: number, at: number): PaperCount => ({
  ...{ count, by: USER.email, at, reason: '', times: 1, attendedThen: row.attended, waitingThen: 0 },
})

function hoursIn({ attendance }: World, committee: CommitteeCode | null): HoursView {
  const bars = new Map<number, { attended: number; own: number }>()
  for (const row of attendance) {
    if (row.status !== 'ATTENDED' || (committee !== null && row.committeeCode !== committee)) continue
    const at = Math.floor(row.attendedAt / HOUR) * HOUR
    const bar = bars.get(at) ?? { attended: 0, own: 0 }
    bar.attended += 1
    if (row.provenance.source === 'desk') bar.own += 1
    bars.set(at, bar)
  }
  const points = [...bars].map(
    ([at, bar]): HourPoint => ({
      ...{ at, ...bar, waiting: 0 },
      usual: committee === null ? null : Math.round(bar.attended * 0.9) + 1,
    }),
  )
  const sorted = points.sort((a, b) => a.at - b.at)
  return { width: HOUR, points: sorted.map((one, i) => (i === sorted.length - 1 ? { ...one, waiting: 2 } : one)) }
}

function reconcileIn(
  world: World,
  papers: ReadonlyMap<CommitteeCode, PaperCount>,
  committee: CommitteeCode | null,
  at: number,
): ReconcileView {
  const rows = world.committees
    .filter(({ code }) => committee === null || code === committee)
    .map((row) => reconcileRow(row, papers.get(row.code) ?? null))
    .sort((a, b) => Math.abs(b.apart) - Math.abs(a.apart))
  const sum = (read: (row: ReconcileRow) => number) => rows.reduce((all, row) => all + read(row), 0)
  const counted = rows.filter(({ paper }) => paper !== null)
  return {
    at,
    own: { seen: sum(({ own }) => own.seen), unsent: sum(({ own }) => own.unsent), unseen: 0, refused: 0 },
    attended: sum(({ attended }) => attended),
    pending: sum(({ pending }) => pending),
    committees: rows.length,
    counted: {
      committees: counted.length,
      paper: counted.reduce((all, { paper }) => all + (paper?.count ?? 0), 0),
      attended: counted.reduce((all, { attended }) => all + attended, 0),
    },
    rows: rows.slice(0, 60),
    beyond: Math.max(0, rows.length - 60),
  }
}

function reconcileRow(row: CommitteeRow, paper: PaperCount | null): ReconcileRow {
  const { id, code, name, electors, attended, pending } = row
  const unsent = row.id === 2 && attended > 0 ? 2 : 0
  const apart = paper === null ? 0 : paper.count - attended
  const left = apart - unsent - pending
  return {
    ...{ id, code, name, electors, attended, pending, paper, apart },
    own: { seen: Math.floor(attended / 5), unsent, unseen: 0, refused: 0 },
    standing: paper === null ? 'no-paper' : apart === 0 ? 'agrees' : apart > 0 ? 'more-on-paper' : 'fewer-on-paper',
    reasons: [
      ...(unsent > 0 ? [{ is: 'unsent' as const, count: unsent }] : []), // the literal it is named by
      ...(apart > 0 && pending > 0 ? [{ is: 'pending' as const, count: pending }] : []), // the literal it is named by
      ...(apart > 0 && left > 0 ? [{ is: 'nowhere' as const, count: left }] : []), // the literal it is named by
      ...(apart < 0 ? [{ is: 'not-on-paper' as const, count: -apart }] : []), // the literal it is named by
    ],
  }
}
