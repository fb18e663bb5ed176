import { Tooltip } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { useFormat } from '../i18n/format.ts'
import { useNow } from '../store/clock.ts'
import { to } from '../store/route.ts'
import { type SeenTrust, useTrust } from '../store/trust.ts'
import classes from './figure.module.css'

/** Why a topic is in doubt and since when, in words; null while it is not. */
export function useDoubtWords(trust: SeenTrust | null): { readonly why: string; readonly last: string } | null {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  if (trust?.state !== 'doubtful') return null
  const why = t('common.trust.doubtful', {
    age: format.age(now - trust.since),
    why: t(`common.doubt.${trust.because}`),
  })
  const confirmed = trust.confirmedAt
  const last =
    confirmed === null
      ? t('common.trust.neverConfirmed')
      : t('common.trust.lastConfirmed', { age: format.age(now - confirmed), time: format.clock(confirmed) })
  return { why, last }
}

/** The clock beside a doubtful figure: its age, and on hover or focus why and since when. Leads to the link page. */
export function DoubtMark({ topic }: { readonly topic: Topic }) {
  const trust = useTrust(topic)
  const words = useDoubtWords(trust)
  const format = useFormat()
  const now = useNow()
  if (trust?.state !== 'doubtful' || !words) return null
  return (
    <Tooltip label={<DoubtTip why={words.why} last={words.last} />}>
      <a className={classes.mark} href={to('link')} aria-label={`${words.why} ${words.last}`}>
        <IconClockExclamation size={14} stroke={2} aria-hidden />
        <span>{format.age(now - trust.since)}</span>
      </a>
    </Tooltip>
  )
}

function DoubtTip({ why, last }: { readonly why: string; readonly last: string }) {
  return (
    <>
      <div>{why}</div>
      <div className={classes.tipLast}>{last}</div>
    </>
  )
}
