import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { toAscii, useFormat } from '../../i18n/format.ts'
import classes from './choose-committee.module.css'

/** With more than this many a field to narrow them down helps. */
const MANY = 12

/** Where this kiosk stands. Asked once; remembered as long as the page lives. */
export function ChooseCommittee({
  rows,
  onChoose,
}: {
  readonly rows: readonly CommitteeRow[]
  readonly onChoose: (code: string) => void
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const showAll = () => {
    setTyped('')
    // The button goes with what it stood for; the next thing typed belongs into the field.
    field.current?.focus()
  }
  const wanted = toAscii(typed).trim().toLowerCase()
  const shown = rows.filter((row) => `${row.code} ${row.name}`.toLowerCase().includes(wanted))
  return (
    <section className={classes.choose} aria-labelledby="choose-committee">
      <h2 id="choose-committee">{t('kiosk.chooseTitle')}</h2>
      {rows.length > MANY && (
        <input
          ref={field}
          className={classes.narrow}
          type="search"
          value={typed}
          aria-label={t('kiosk.chooseSearch')}
          placeholder={t('kiosk.chooseSearch')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      <ul className={classes.committees}>
        {shown.map((row) => (
          <li key={row.id}>
            <button type="button" className={classes.choice} onClick={() => onChoose(row.code)}>
              <b>
                <bdi>{format.digitsOf(row.code)}</bdi>
              </b>
              <span>
                <bdi>{row.name}</bdi>
              </span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <div className={classes.none} role="status">
          <p>{t('kiosk.chooseNone', { typed: `\u2068${typed.trim()}\u2069` })}</p>
          <button type="button" className={`${classes.choice} ${classes.all}`} onClick={showAll}>
            {t('kiosk.chooseAll', { n: format.number(rows.length) })}
          </button>
        </div>
      )}
    </section>
  )
}
