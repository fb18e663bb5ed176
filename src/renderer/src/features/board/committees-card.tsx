import { IconAlertTriangle } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { CONDITIONS, faultsFirst } from '../../ui/faults-first.ts'
import { Figure } from '../../ui/figure.tsx'
import { Card } from './card.tsx'
import classes from './cards.module.css'

/** How many committees are fine, and what is wrong with the others. Other figures change far more often than the committees' conditions. */
export const CommitteesCard = memo(function CommitteesCard() {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = useValue('committees') ?? []
  const count = (condition: CommitteeRow['condition']) => rows.filter((row) => row.condition === condition).length
  const [worst] = faultsFirst(rows)
  const fault = worst && worst.condition !== 'fine' ? worst : null
  return (
    <Card title={t('board.committees')} topic="committees" href={to('board', { only: 'faults' })}>
      <div className={classes.main}>
        <Figure value={count('fine')} topic="committees" level={1} href={to('board', { only: 'fine' })} />
        <span className={classes.of}>{t('board.fine', { count: count('fine'), n: '' }).trim()}</span>
      </div>
      <p className={classes.conditions}>
        {CONDITIONS.filter((condition) => condition !== 'fine' && count(condition) > 0).map((condition) => (
          <a key={condition} data-of={condition} href={to('board', { only: condition })}>
            <IconAlertTriangle size={14} aria-hidden />{' '}
            {t(`board.conditionCount.${condition}`, { n: format.number(count(condition)) })}
          </a>
        ))}
      </p>
      <p className={classes.below}>
        {fault ? (
          <a href={to('committee', { code: fault.code })}>
            {t('board.nextFault', { name: '' })}
            <bdi title={fault.name}>{fault.name}</bdi>
          </a>
        ) : (
          <span>{rows.length === 0 ? t('board.committeesEmpty') : t('board.noFault')}</span>
        )}
      </p>
    </Card>
  )
})
