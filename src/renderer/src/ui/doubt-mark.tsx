import { Tooltip } from '@mantine/core'
import { IconClock, IconClockExclamation } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Topic } from '../../../shared/model/change.ts'
import { type Format, useFormat } from '../i18n/format.ts'
import { useNow } from '../store/clock.ts'
import { to } from '../store/route.ts'
import { type SeenTrust, useTrust } from '../store/trust.ts'
import classes from './figure.module.css'

type Words = { readonly why: string; readonly last: string }

/** Why a topic is in doubt and since when, in words; null while it is not. */
export function useDoubtWords(trust: SeenTrust | null): Words | null {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  return doubtWords(trust, t, format, now)
}

function doubtWords(trust: SeenTrust | null, t: TFunction, format: Format, now: number): Words | null {
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

/** When a provisional topic was read and what that is worth, in words; null while it is not provisional. */
export function useAsReadWords(trust: SeenTrust | null): Words | null {
  const { t } = useTranslation()
  const format = useFormat()
  return asReadWords(trust, t, format)
}

function asReadWords(trust: SeenTrust | null, t: TFunction, format: Format): Words | null {
  if (trust?.state !== 'provisional') return null
  const { confirmedAt, frames } = trust
  return {
    why:
      confirmedAt === null
        ? t('common.trust.neverConfirmed')
        : t('common.trust.asRead', { time: format.clockSeconds(confirmedAt) }),
    last: frames === 0 ? '' : t('common.trust.provisional', { count: frames, n: format.number(frames) }),
  }
}

type MarkProps = {
  readonly topic: Topic
  /** Where there is little room: the age alone. */
  readonly short?: boolean
}

/**
 * The clock beside figures that do not stand: strong with the age of the doubt, quiet with the age of the read; on hover or
 * focus why and since when. Leads to the link page.
 */
export function DoubtMark({ topic, short }: MarkProps) {
  const trust = useTrust(topic)
  // A board has many of these, and each of its figures stands most of the day: what is said of doubt is not asked for before.
  if (trust?.state !== 'doubtful' && trust?.state !== 'provisional') return null
  return <Mark trust={trust} short={short} />
}

type Unsure = Extract<SeenTrust, { state: 'doubtful' | 'provisional' }>

function Mark({ trust, short = false }: { readonly trust: Unsure; readonly short: boolean | undefined }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const words = doubtWords(trust, t, format, now) ?? asReadWords(trust, t, format)
  if (!words) return null
  const isDoubt = trust.state === 'doubtful'
  const age = format.age(now - (isDoubt ? trust.since : (trust.confirmedAt ?? trust.since)))
  const Icon = isDoubt ? IconClockExclamation : IconClock
  return (
    <Tooltip label={<DoubtTip why={words.why} last={words.last} />} multiline maw={360}>
      <a
        className={classes.mark}
        data-mark={trust.state}
        data-short={short || undefined}
        href={to('link')}
        aria-label={`${words.why} ${words.last}`}
      >
        <Icon size={14} stroke={isDoubt ? 2 : 1.75} aria-hidden />
        <span>{isDoubt || short ? age : t('common.trust.readAge', { age })}</span>
      </a>
    </Tooltip>
  )
}

function DoubtTip({ why, last }: Words) {
  return (
    <>
      <div>{why}</div>
      {last !== '' && <div className={classes.tipLast}>{last}</div>}
    </>
  )
}
