import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useValue } from '../../store/core-context.tsx'
import { mayMarkAt } from '../../store/may.ts'
import { OpenedArrival } from '../../ui/opened-arrival.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { ChooseCommittee } from './choose-committee.tsx'
import { KioskFoot } from './kiosk-foot.tsx'
import { KioskHead } from './kiosk-head.tsx'
import classes from './kiosk-page.module.css'
import { LastTen } from './last-ten.tsx'
import { MarkOne } from './mark-one.tsx'
import { useMarks } from './use-marks.ts'

type KioskProps = {
  /** Rehearsal and link: what may not be mistaken. */
  readonly bars: ReactNode
  readonly chip: ReactNode
}

/** One task: a number, Enter, the next. Nothing else can be reached from here but signing in and out. */
export function KioskPage({ bars, chip }: KioskProps) {
  const { t } = useTranslation()
  const [chosen, choose] = useState<string | null>(null)
  const session = useValue('session')
  const rows = useValue('committees')
  const allowed = rows?.filter((row) => mayMarkAt(session?.may, row.code)) ?? []
  const only = allowed.length === 1 ? allowed[0] : undefined
  const committee = allowed.find((row) => row.code === chosen) ?? only ?? null
  return (
    <div className={classes.kiosk}>
      <KioskHead chip={chip} committee={committee} {...(only ? {} : { onChange: () => choose(null) })} />
      <div>{bars}</div>
      <main className={classes.main}>
        <h1 className="visually-hidden">{t('lists.attendance.markTitle')}</h1>
        {!rows || !session ? (
          <Skeleton width="100%" height={320} />
        ) : committee ? (
          <Marking committee={committee} />
        ) : allowed.length === 0 ? (
          <section className="panel">
            {rows.length === 0 ? (
              <EmptyList topic="committees" leads={false} text={t('board.committeesEmpty')} />
            ) : (
              <EmptyState text={t('lists.attendance.mayNot')} />
            )}
          </section>
        ) : (
          <ChooseCommittee rows={allowed} onChoose={choose} />
        )}
      </main>
      <KioskFoot />
      <OpenedArrival />
    </div>
  )
}

function Marking({ committee }: { readonly committee: CommitteeRow }) {
  const marks = useMarks(committee.code)
  return (
    <div className={classes.marking}>
      <MarkOne committee={committee} marks={marks} />
      <LastTen />
    </div>
  )
}
