import { IconLanguage, IconLogout, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useLeave } from '../../store/leaving.ts'
import { useSignOut } from '../../store/sign-out.ts'
import { usePreferences } from '../../store/preferences.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import classes from './kiosk-head.module.css'

type HeadProps = {
  readonly chip: ReactNode
  readonly committee: CommitteeRow | null
  /** Absent where there is nothing to choose. */
  readonly onChange?: () => void
}

/** Which election, which committee, how the link is; language, sound and signing out. */
export function KioskHead({ chip, committee, onChange }: HeadProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const election = useValue('headline')?.election
  return (
    <header className={classes.head}>
      <div className={classes.where}>
        <span className={classes.election}>{election && <bdi>{election.name}</bdi>}</span>
        {committee && (
          <span className={classes.committee}>
            <bdi>{format.digitsOf(committee.code)}</bdi>{' '}
            <bdi className="quiet" title={committee.name}>
              {committee.name}
            </bdi>
          </span>
        )}
      </div>
      {committee && onChange && (
        <button type="button" className={classes.tool} onClick={onChange}>
          {t('kiosk.change')}
        </button>
      )}
      {chip}
      <Tools />
    </header>
  )
}

function Tools() {
  const { t } = useTranslation()
  const { language, sound, set } = usePreferences()
  const SoundIcon = sound ? IconVolume : IconVolumeOff
  const other = language === 'en' ? 'ar' : 'en'
  return (
    <>
      <button
        type="button"
        className={classes.tool}
        aria-label={t('kiosk.sound')}
        aria-pressed={sound}
        title={t(sound ? 'kiosk.soundOn' : 'kiosk.soundOff')}
        onClick={() => set({ sound: !sound })}
      >
        <SoundIcon size={24} aria-hidden />
      </button>
      <button type="button" className={classes.tool} lang={other} onClick={() => set({ language: other })}>
        <IconLanguage size={22} aria-hidden />
        {t(`frame.languageOf.${other}`)}
      </button>
      <SignOut />
    </>
  )
}

/** Asked twice: a touch by mistake must not end a clerk's work. */
function SignOut() {
  const { t } = useTranslation()
  const leaveDesk = useSignOut()
  const failure = useFailureWords()
  const [asked, setAsked] = useState(false)
  const leave = useLeave('sign-out')
  const press = () => {
    if (!asked) return setAsked(true)
    leave(() => void signOut())
  }
  const signOut = async () => {
    const result = await leaveDesk()
    if (!result.ok) say(failure(result.error), 'failed')
  }
  return (
    <button
      type="button"
      className={classes.tool}
      data-asked={asked || undefined}
      onClick={press}
      onBlur={() => setAsked(false)}
    >
      <IconLogout size={22} aria-hidden />
      {t(asked ? 'kiosk.signOutSure' : 'frame.signOut')}
    </button>
  )
}
