import { Button, Group, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkChange, BulkPlan } from '../../../../shared/view/bulk.ts'
import { useFormat } from '../../i18n/format.ts'
import { Figure } from '../../ui/figure.tsx'
import classes from './bulk.module.css'
import { useBeforeWords, useBulkWords } from './bulk-words.ts'

type BulkPreviewProps = {
  readonly plan: BulkPlan
  readonly change: BulkChange
  readonly fault: string | null
  readonly onBack: () => void
  readonly onStart: () => void
}

/** How many would change and how, and which would not and why. */
export function BulkPreview({ plan, change, fault, onBack, onStart }: BulkPreviewProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useBulkWords()
  const isNothing = plan.changes === 0
  return (
    <Stack gap="sm">
      <p>
        <strong>
          <bdi>{words(change)}</bdi>
        </strong>
      </p>
      <p>
        {t('pledges.bulk.changes')} <Figure value={plan.changes} topic="guarantees" level={3} />{' '}
        <span className="quiet">{t('pledges.funnel.of', { n: format.number(plan.asked) })}</span>
      </p>
      <Examples rows={plan.examples} change={change} total={plan.changes} />
      {plan.refused.map(({ why, count, examples }) => (
        <div key={why}>
          <p>
            {t(`pledges.bulk.refused.${why}`)} <Figure value={count} topic="guarantees" level={3} />
          </p>
          <Examples rows={examples} change={change} total={count} />
        </div>
      ))}
      <p className="quiet small">{t('pledges.bulk.text')}</p>
      {fault && <p role="alert">{fault}</p>}
      {isNothing && <p role="status">{t('pledges.bulk.nothing')}</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onBack}>
          {t('pledges.bulk.back')}
        </Button>
        <Button
          data-autofocus
          {...(isNothing ? { 'aria-disabled': true, 'data-disabled': true } : { onClick: onStart })}
        >
          {t('pledges.bulk.start', { count: plan.changes, n: format.number(plan.changes) })}
        </Button>
      </Group>
    </Stack>
  )
}

type ExamplesProps = { readonly rows: BulkPlan['examples']; readonly change: BulkChange; readonly total: number }

function Examples({ rows, change, total }: ExamplesProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const before = useBeforeWords()
  if (rows.length === 0) return null
  return (
    <ul className={classes.examples}>
      {rows.map((row) => (
        <li key={`${row.elector} ${row.name}`}>
          <bdi dir="ltr" className="quiet">
            {format.digitsOf(row.elector)}
          </bdi>{' '}
          <bdi>{row.name}</bdi>{' '}
          <span className="quiet">{t('pledges.bulk.now', { value: before(change, row.before) })}</span>
        </li>
      ))}
      {total > rows.length && (
        <li className="quiet">{t('pledges.bulk.more', { n: format.number(total - rows.length) })}</li>
      )}
    </ul>
  )
}
