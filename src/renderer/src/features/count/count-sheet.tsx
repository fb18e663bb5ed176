import { Button } from '@mantine/core'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { go, to } from '../../store/route.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './count-sheet.module.css'
import { SheetFields } from './sheet-fields.tsx'
import { SheetSide } from './sheet-side.tsx'
import { useSheet } from './use-sheet.ts'

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
          {(rows) => <Entry committee={committee} rows={rows} />}
        </WhenReady>
      )}
    </section>
  )
}

function Entry({ committee, rows }: { readonly committee: CommitteeRow; readonly rows: readonly CandidateRow[] }) {
  const { t } = useTranslation()
  const candidates = useMemo(
    () => rows.filter((row) => row.active).sort((a, b) => a.number - b.number || a.id - b.id),
    [rows],
  )
  const sheet = useSheet(committee, candidates)
  useEffect(() => document.getElementById('sheet-cast')?.focus(), [])
  if (candidates.length === 0) {
    return (
      <div className="panel">
        <EmptyState text={t('sheet.noCandidates')} />
      </div>
    )
  }
  const save = async () => {
    const look = await sheet.save()
    if (look !== null) document.getElementById(look)?.focus()
  }
  const done = () => {
    sheet.putAway()
    go('count', { committee: committee.code })
  }
  const replaces = committee.entry === 'NOT_STARTED' ? null : t(`sheet.replaces.${committee.entry}`)
  return (
    <div className={`panel ${classes.sheet}`}>
      <SheetFields sheet={sheet} candidates={candidates} came={committee.attended} />
      <SheetSide sheet={sheet} candidates={candidates} notice={replaces} onSave={() => void save()} onDone={done} />
    </div>
  )
}
