import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeepingView } from '../../../../shared/keeping-contract.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { openNow } from '../../store/open.ts'
import { KeepingDialog } from './keeping-dialog.tsx'
import classes from './keeping.module.css'

/** As a setting counts: 1 048 576 bytes. */
const MEGABYTE = 1024 * 1024

/** How large the open journal is, from when on its events are kept, and what becomes of the oldest. */
export function KeepingPanel() {
  const { t } = useTranslation()
  const view = useValue('keeping')
  const words = useKeptWords(view)
  return (
    <section className="panel" aria-labelledby="link-keeping">
      <div className="panel-head">
        <h2 id="link-keeping">{t('keeping.panel')}</h2>
        <span className="grow" />
        <Button size="compact-xs" variant="default" onClick={() => openNow('keeping')}>
          {t('keeping.open')}
        </Button>
      </div>
      <p className={classes.kept}>{words}</p>
      <KeepingDialog words={words} />
    </section>
  )
}

function useKeptWords(view: KeepingView | null): string {
  const { t } = useTranslation()
  const format = useFormat()
  if (!view) return ''
  const { journal, keepMb } = view
  const becomes = keepMb === null ? t('keeping.neverGoes') : t('keeping.goes', { mb: format.number(keepMb) })
  if (!journal) return `${t('keeping.none')} ${becomes}`
  const { bytes, files, from } = journal
  const mb = format.number(Math.max(1, Math.round(bytes / MEGABYTE)))
  const size = t('keeping.now', { count: files, n: format.number(files), mb })
  if (!from) return `${size} ${becomes}`
  const time = `${format.date(from.at)} ${format.clock(from.at)}`
  const since =
    from.cursor === 1 ? t('keeping.all', { time }) : t('keeping.from', { time, n: format.number(from.cursor) })
  return `${size} ${since} ${becomes}`
}
