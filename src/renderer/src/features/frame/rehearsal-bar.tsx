import { useTranslation } from 'react-i18next'
import { useValue } from '../../store/core-context.tsx'
import { useReplay } from '../../store/replay.ts'
import classes from './rehearsal-bar.module.css'

/** A striped bar that cannot be mistaken, on every screen, while the data is made up; a kiosk cannot leave it. */
export function RehearsalBar({ onConnect }: { readonly onConnect?: () => void }) {
  const { t } = useTranslation()
  const session = useValue('session')
  const replay = useReplay()
  // Of a recording its own word counts: its bar says it.
  if (replay || session?.mode !== 'rehearsal' || session.state === 'no-server') return null
  return (
    <section className={classes.rehearsal} aria-label={t('frame.rehearsal')}>
      <span className={classes.rehearsalText}>
        <b>{t('frame.rehearsal')}</b> {/* Without a space the last Arabic letter would join the next word. */}
        {t(session.modeSurprise ? 'frame.rehearsalSurprise' : 'frame.rehearsalText')}
      </span>
      <span className={classes.grow} />
      {onConnect && (
        <button type="button" className={classes.rehearsalButton} onClick={onConnect}>
          {t('frame.connect')}
        </button>
      )}
    </section>
  )
}
