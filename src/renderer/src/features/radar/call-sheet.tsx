import { useEffect } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import type { CallQuery } from '../../../../shared/view/calls.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { useTrust } from '../../store/trust.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { useDoubtWords } from '../../ui/doubt-mark.tsx'
import { Mobile } from './call-dialog.tsx'
import classes from './calls.module.css'

/** Rows on paper: as many as one part of a list may have, and more than one person rings in a day. */
export const PRINTED = 200

type CallSheetProps = { readonly query: Omit<CallQuery, 'offset' | 'limit'>; readonly onDone: () => void }

/** The list on paper, with room for the answers. It is drawn for the printer alone and goes when that has it. */
export function CallSheet({ query, onDone }: CallSheetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const rehearsal = useValue('session')?.mode === 'rehearsal'
  const state = useStream('calls', { ...query, offset: 0, limit: PRINTED })
  const isReady = state.is === 'ready'
  const doubt = useDoubtWords(useTrust(useWorseTopic('guarantees', 'attendance')))
  useEffect(() => {
    if (!isReady) return
    document.documentElement.dataset.print = 'calls'
    window.addEventListener('afterprint', onDone, { once: true })
    const frame = requestAnimationFrame(() => window.print())
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('afterprint', onDone)
      delete document.documentElement.dataset.print
    }
  }, [isReady, onDone])
  if (!isReady) return null
  const { rows, total } = state.value
  const time = `${format.date(now)} ${format.clock(now)}`
  return createPortal(
    <section className={classes.sheet} aria-hidden>
      {rehearsal && <p className={classes.rehearsal}>{t('pledges.calls.printedRehearsal')}</p>}
      <h2>{t('pledges.calls.printed', { time, n: format.number(rows.length), total: format.number(total) })}</h2>
      {doubt && (
        <p>
          {doubt.why} {doubt.last}
        </p>
      )}
      <table>
        <thead>
          <tr>
            {[
              t('common.number'),
              t('common.elector'),
              t('common.committee'),
              t('pledges.calls.mobile'),
              t('pledges.calls.last'),
              t('pledges.calls.heard'),
            ].map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.elector}>
              <td>
                <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi>
              </td>
              <td>
                <bdi>{row.name}</bdi>
              </td>
              <td>
                <bdi>{row.committeeName}</bdi>
              </td>
              <td>
                <Mobile row={row} />
              </td>
              <td>{row.called ? t(`pledges.calls.outcomes.${row.called.outcome}`) : ''}</td>
              <td className={classes.blank} />
            </tr>
          ))}
        </tbody>
      </table>
    </section>,
    document.body,
  )
}
