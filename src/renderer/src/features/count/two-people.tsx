import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SheetRow, TypedByTwo } from '../../../../shared/sheet/sheet-view.ts'
import { useFormat } from '../../i18n/format.ts'
import classes from './count-sheet.module.css'

/** One's own entry is kept: at the server for any desk, or here; somebody else has to type the same paper. */
export function Waits({ sheet }: { readonly sheet: SheetRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (sheet.first === null) return null
  return (
    <section className={`panel ${classes.note}`} role="status">
      <h2>{t('sheet.two.waits')}</h2>
      <p>{t(`sheet.two.waitsAt.${sheet.entriesFrom}`, { time: format.clock(sheet.first.at) })}</p>
    </section>
  )
}

/** Typed here, and the server has not told of it yet: nobody else knows of it. */
export function OnWay({ at }: { readonly at: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className={`panel ${classes.note}`} role="status">
      <h2>{t('sheet.two.onWay')}</h2>
      <p>{t('sheet.two.onWayText', { time: format.clock(at) })}</p>
    </section>
  )
}

/** The sheet on record is one's own work and another's; it may be typed anew. */
export function OnRecord({ typed, onAnew }: { readonly typed: TypedByTwo; readonly onAnew: () => void }) {
  const { t } = useTranslation()
  return (
    <section className={`panel ${classes.note}`} role="status">
      <h2>{t(`sheet.two.onRecord.${typed.how}`)}</h2>
      <TypedBy typed={typed} />
      <p>
        <Button variant="default" onClick={onAnew}>
          {t('sheet.two.anew')}
        </Button>
      </p>
    </section>
  )
}

/** In whose names a sheet stands that two people typed, and who decided where they did not agree. */
export function TypedBy({ typed }: { readonly typed: TypedByTwo }) {
  const { t } = useTranslation()
  const format = useFormat()
  const entry = (who: SheetRow['first']) => ({
    who: `\u2068${who?.by ?? t('common.unknown')}\u2069`,
    time: who ? format.clock(who.at) : '',
  })
  const [one, other] = [entry(typed.first), entry(typed.second)]
  return (
    <>
      <p className="quiet">
        {t('sheet.two.typedBy', { first: one.who, at: one.time, second: other.who, then: other.time })}
      </p>
      {typed.how === 'resolved' && (
        <p className="quiet">
          {t('sheet.two.decidedBy', { who: `\u2068${typed.by}\u2069`, time: format.clock(typed.at) })}{' '}
          <q>
            <bdi>{typed.reason}</bdi>
          </q>
        </p>
      )}
    </>
  )
}
