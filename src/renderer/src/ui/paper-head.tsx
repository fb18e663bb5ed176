import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { useNow } from '../store/clock.ts'
import { useValue } from '../store/core-context.tsx'
import { useReplay } from '../store/replay.ts'

/** The first lines of whatever is printed: what it is, of which election, of when by which clock, how the link was, and what it must not be taken for. */
export function PaperHead({ title }: { readonly title: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const headline = useValue('headline')
  const link = useValue('link')
  const mode = useValue('session')?.mode
  const replay = useReplay() !== null
  const election = headline?.election ?? null
  return (
    <>
      <p>
        <b>{title}</b> · <bdi>{election?.name ?? t('frame.noElection')}</bdi>
        {election && <> · {t(`frame.phase.${election.phase}`)}</>} · {format.date(now)}{' '}
        <bdi dir="ltr">{format.clockSeconds(now)}</bdi> {format.zone}
        {link && !replay && <> · {t(`link.state.${link.state}`)}</>}
      </p>
      {mode === 'rehearsal' && !replay && (
        <p>
          <b>{t('wall.rehearsal')}</b>
        </p>
      )}
      {replay && (
        <p>
          <b>{t('frame.paperReplay')}</b>
        </p>
      )}
    </>
  )
}
