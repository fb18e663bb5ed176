import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import type { Replay } from '../../store/replay.ts'
import classes from './replay.module.css'

/** Which of the recording's days the bar shows. */
export function DayChoice({ replay, seek }: { readonly replay: Replay; readonly seek: (at: number) => void }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <select
      className={classes.day}
      aria-label={t('replay.day')}
      value={replay.day.from}
      onChange={(event) => {
        const day = replay.days.find(({ from }) => from === Number(event.currentTarget.value))
        if (day) seek(day.to)
      }}
    >
      {replay.days.map((day) => (
        <option key={day.from} value={day.from}>
          {format.date(day.from)} {format.clock(day.from)}–{format.clock(day.to)}
        </option>
      ))}
    </select>
  )
}
