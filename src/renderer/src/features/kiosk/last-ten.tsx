import {
  IconAlertOctagonFilled,
  IconArrowBackUp,
  IconChecks,
  IconClockX,
  IconDeviceFloppy,
  IconGitFork,
  IconSend,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import { useFormat } from '../../i18n/format.ts'
import { openArrival } from '../../store/arrival.ts'
import { arrivalOf } from '../../store/arrival-of.ts'
import { useValue } from '../../store/core-context.tsx'
import { mayMarkAt } from '../../store/may.ts'
import classes from './last-ten.module.css'

const SHOWN = 10
const ICON = {
  queued: IconDeviceFloppy,
  sent: IconSend,
  confirmed: IconChecks,
  rejected: IconAlertOctagonFilled,
  conflict: IconGitFork,
  expired: IconClockX,
  withdrawn: IconArrowBackUp,
} as const

const ABOUT_ATTENDANCE: ReadonlySet<string> = new Set(['attendance.mark', 'attendance.pending'])

/** The last marks of this desk and how far each has come. */
export function LastTen() {
  const { t } = useTranslation()
  const outbox = useValue('outbox')
  const marks = outbox?.recent.filter((item) => ABOUT_ATTENDANCE.has(item.does)).slice(0, SHOWN) ?? []
  return (
    <section className={classes.last} aria-labelledby="last-ten">
      <h2 id="last-ten">{t('kiosk.lastTen')}</h2>
      {marks.length === 0 ? (
        <p className="quiet">{t('kiosk.lastNone')}</p>
      ) : (
        <ol>
          {marks.map((item) => (
            <Line key={item.key} item={item} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Line({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = ICON[item.state]
  const arrival = arrivalOf(item)
  const may = useValue('session')?.may
  const about = format.digitsOf(item.about)
  return (
    <li className={classes.line} data-state={item.state}>
      <bdi dir="ltr" className="quiet">
        {format.clockSeconds(item.queuedAt)}
      </bdi>
      <bdi dir={item.does === 'attendance.pending' ? 'auto' : 'ltr'} className={classes.about}>
        {item.does === 'attendance.pending' ? t('kiosk.pendingOf', { about: `\u2068${about}\u2069` }) : about}
      </bdi>
      <span className={classes.state}>
        <Icon size={18} aria-hidden />
        {t(`kiosk.state.${item.state}`)}
      </span>
      {item.state === 'rejected' && <bdi className={classes.reason}>{item.reason ?? t('common.unknown')}</bdi>}
      {item.next === 'not-eligible' && <p className={classes.reason}>{t('acts.next.not-eligible')}</p>}
      {arrival && mayMarkAt(may, arrival.committee) && (
        <button type="button" className={classes.step} onClick={() => openArrival(arrival)}>
          {t('acts.pending.button')}
        </button>
      )}
    </li>
  )
}
