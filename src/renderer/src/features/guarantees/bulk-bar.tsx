import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { Refused, refusing } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import classes from './bulk.module.css'
import { useBulkWords } from './bulk-words.ts'

/** How far a change of many is; it can be stopped between any two. Nothing while none is or was. */
export function BulkBar() {
  const { t } = useTranslation()
  const format = useFormat()
  const call = useCall()
  const words = useBulkWords()
  const bulk = useValue('bulk')
  const past = useReplayRefusal()
  if (bulk === null || bulk.is === 'none') return null
  const { total, done, refused } = bulk
  const so = { n: format.number(done), total: format.number(total) }
  return (
    <div className={classes.bar} role="status">
      <bdi>{words(bulk.change)}</bdi>
      <progress value={done + refused} max={Math.max(1, total)} aria-label={t('pledges.bulk.progress')} />
      <span>
        {bulk.is === 'running' ? t('pledges.bulk.running', so) : t(`pledges.bulk.ended.${bulk.how}`, so)}
        {refused > 0 && <> · {t('pledges.bulk.left', { n: format.number(refused) })}</>}
      </span>
      {bulk.is === 'running' && (
        <Refused why={past}>
          <Button
            size="compact-sm"
            variant="default"
            {...(past === null ? { onClick: () => void call('bulk.cancel', null) } : refusing(past))}
          >
            {t('pledges.bulk.stop')}
          </Button>
        </Refused>
      )}
    </div>
  )
}
