import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import classes from './count-sheet.module.css'
import type { SheetState } from './use-sheet.ts'

/** Saved here → sent → confirmed, or refused with the server's words. Only a confirmed sheet is put away. */
export function SheetOutcome({ sheet, onDone }: { readonly sheet: SheetState; readonly onDone: () => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { item, failed, fixed } = sheet
  const state = item?.state ?? (fixed ? 'queued' : null)
  return (
    <div className={classes.outcome} role="status" data-state={failed ? 'rejected' : (state ?? 'none')}>
      {failed && <p>{failed}</p>}
      {!failed && state !== null && (
        <p>
          <strong>{t(`sheet.outcome.${state}`)}</strong>
          {state === 'confirmed' && item?.settledAt && <> {format.clock(item.settledAt)}</>}
        </p>
      )}
      {!failed && state === 'rejected' && (
        <p>
          <bdi>{item?.reason ?? t('common.unknown')}</bdi> {t('sheet.rejectedStep')}
        </p>
      )}
      {state === 'confirmed' && (
        <Button size="md" fullWidth onClick={onDone}>
          {t('sheet.done')}
        </Button>
      )}
    </div>
  )
}
