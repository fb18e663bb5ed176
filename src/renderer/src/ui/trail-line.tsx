import { IconBolt, IconDatabase, IconDeviceDesktop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TrailEntry, TrailField, TrailOf } from '../../../shared/view/trail.ts'
import { en } from '../i18n/en.ts'
import { useFormat } from '../i18n/format.ts'
import classes from './trail.module.css'
import { stateWords } from './trail-value.ts'
import { useDoesWords } from './use-does-words.ts'

const ICON = { live: IconBolt, snapshot: IconDatabase, desk: IconDeviceDesktop } as const

type TrailLineProps = { readonly kind: TrailOf['kind']; readonly entry: TrailEntry }

/** One row of the journal: where it came from and when, what it said, and itself as written. */
export function TrailLine({ kind, entry }: TrailLineProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const does = useDoesWords()
  const { cursor, at, source, what, position, provisional, by, reason, fields, raw, cut } = entry
  const Icon = ICON[source]
  return (
    <li data-what={what}>
      <p className={classes.head}>
        <b>{t(`trail.what.${what}`)}</b>
        {entry.does !== null && <span>{does(entry.does)}</span>}
        {by !== null && <bdi className="quiet">{by}</bdi>}
      </p>
      <p className={classes.where}>
        <Icon size={13} stroke={1.75} aria-hidden /> {t(`common.source.${source}`)}
      </p>
      <p className={classes.where}>
        <bdi>{format.date(at)}</bdi> <bdi dir="ltr">{format.clockSeconds(at)}</bdi> ·{' '}
        {t('trail.row', { n: format.number(cursor) })}
        {position && <> · {t('trail.frame', { n: format.number(position.seq) })}</>}
        {provisional && <> · {t('trail.provisional')}</>}
      </p>
      {reason !== null && reason !== '' && <p dir="auto">{reason}</p>}
      {fields.length > 0 && (
        <dl className={classes.fields}>
          {fields.map((field) => (
            <div key={field.name}>
              <dt>{fieldWords(field.name, (known) => t(`trail.field.${known}`))}</dt>
              <dd>
                <Value kind={kind} field={field} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <details className={classes.raw}>
        <summary>{t('trail.raw')}</summary>
        <pre className="ltr" dir="ltr">
          {raw}
          {cut && '…'}
        </pre>
        {cut && <p className="quiet">{t('trail.cut')}</p>}
      </details>
    </li>
  )
}

type Known = keyof typeof en.trail.field
const isKnown = (name: string): name is Known => name in en.trail.field
const fieldWords = (name: string, known: (name: Known) => string): string => (isKnown(name) ? known(name) : name)

/** Moments are told as clocks, states in words; all else as it was written. */
const MOMENTS: ReadonlySet<string> = new Set(['attendedAt', 'createdAt', 'updatedAt', 'generatedAt', 'publishedAt'])

type ValueProps = { readonly kind: TrailOf['kind']; readonly field: TrailField }

function Value({ kind, field: { name, was, is, hidden } }: ValueProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const word = (value: string | null) => {
    if (value === null) return t('trail.empty')
    return MOMENTS.has(name)
      ? `${format.date(Number(value))} ${format.clockSeconds(Number(value))}`
      : (stateWords(t, kind, name, value) ?? format.digitsOf(value))
  }
  if (hidden) return <span className="quiet">{t('trail.hidden')}</span>
  if (was === null) return <bdi>{word(is)}</bdi>
  return <bdi>{t('trail.became', { was: `\u2068${word(was)}\u2069`, is: `\u2068${word(is)}\u2069` })}</bdi>
}
