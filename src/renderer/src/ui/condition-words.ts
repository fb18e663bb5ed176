import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../shared/view/board.ts'
import { useFormat } from '../i18n/format.ts'
import { useNow } from '../store/clock.ts'
import { useSelected, useValue } from '../store/core-context.tsx'

/** What is also on the faults screen. */
export const hasIncident = ({ condition, ballotsCast, attended }: Said): boolean =>
  condition === 'silent' || condition === 'over' || (condition === 'count' && ballotsCast > attended)

type Said = Pick<CommitteeRow, 'condition' | 'lastMarkAt' | 'ballotsCast' | 'attended'>

/** A silence is told in minutes: its clock need not move with every mark, ms. */
const CLOCK_STEP_MS = 5_000
const sameStep = (before: number | null, after: number | null): boolean =>
  before !== null && after !== null ? Math.abs(after - before) < CLOCK_STEP_MS : before === after

/** `7 ballots too many`; `silent 9 min`: how long, by the clock the marks carry. */
export function useConditionWords(): (row: Said) => string {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const mode = useValue('session')?.mode
  const latest = useSelected('headline', ({ latestAttendanceAt }) => latestAttendanceAt, sameStep)
  // A rehearsal's day runs on its own clock, which the latest mark tells.
  const here = mode === 'rehearsal' && latest !== null ? latest : now
  const [over, behind, fine] = [t('board.condition.over'), t('board.condition.behind'), t('board.condition.fine')]
  const unchanging = { over, behind, fine }
  return (row) => {
    if (row.condition === 'count') {
      const apart = row.ballotsCast - row.attended
      return t(apart > 0 ? 'board.ballotsMore' : 'board.ballotsFewer', { n: format.number(Math.abs(apart)) })
    }
    if (row.condition !== 'silent') return unchanging[row.condition]
    return row.lastMarkAt === null
      ? t('board.noMarks')
      : t('board.silentFor', { age: format.age(here - row.lastMarkAt) })
  }
}
