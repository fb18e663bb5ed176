import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './count-sheet.module.css'
import { Entries } from './entries.tsx'

/** A committee's count sheet, entered whole. Nothing typed goes before the server confirmed it. */
export function CountSheet({ committee }: { readonly committee: CommitteeRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const candidates = useStream('candidates')
  const may = useValue('session')?.may
  return (
    <section className={classes.page} aria-labelledby="sheet-title">
      <div className={classes.head}>
        <h1 id="sheet-title">
          <span>
            {t('sheet.title')} · <bdi>{format.digitsOf(committee.code)}</bdi>
          </span>
          <bdi className="quiet" title={committee.name}>
            {committee.name}
          </bdi>
        </h1>
        <span className="quiet">
          {t('lists.count.came', { n: format.number(committee.attended) })} ·{' '}
          {t('sheet.electors', { n: format.number(committee.electors) })}
        </span>
        <DoubtMark topic="attendance" />
        <span className={classes.grow} />
        <Button variant="default" component="a" href={to('count', { committee: committee.code })}>
          {t('sheet.back')}
        </Button>
      </div>
      {may && !may.enterCounts ? (
        <div className="panel">
          <EmptyState text={t('sheet.mayNot')} />
        </div>
      ) : (
        <WhenReady state={candidates} loading={<Skeleton width="100%" height={480} />}>
          {(rows) => <Entries committee={committee} rows={rows} />}
        </WhenReady>
      )}
    </section>
  )
}
