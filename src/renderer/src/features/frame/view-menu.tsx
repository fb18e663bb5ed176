import { Popover } from '@mantine/core'
import { IconClock, IconLogout, IconMenu2, IconPlugConnected } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useValue } from '../../store/core-context.tsx'
import { useFormat } from '../../i18n/format.ts'
import { useLeave } from '../../store/leaving.ts'
import { useSignOut } from '../../store/sign-out.ts'
import { openNow } from '../../store/open.ts'
import { Looks } from '../../ui/looks.tsx'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { keepFocus } from '../../ui/keep-focus.ts'
import shared from './frame.module.css'
import classes from './view-menu.module.css'

/** How the window looks, which server, who is signed in. */
export function ViewMenu({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTranslation()
  const { zone } = useFormat()
  const [open, setOpen] = useState(false)
  const whichZone = () => {
    setOpen(false)
    openNow('zone')
  }
  const connect = () => {
    setOpen(false)
    onConnect()
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={shared.icon} aria-label={t('frame.menu')} onClick={() => setOpen(!open)}>
          <IconMenu2 size={18} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown ref={keepFocus} aria-label={t('frame.menu')} className={classes.menu}>
        <Looks />
        <hr className={classes.line} />
        <button type="button" className={classes.entry} onClick={whichZone}>
          <IconClock size={16} aria-hidden />
          {t('zone.open', { name: zone })}
        </button>
        <button type="button" className={classes.entry} onClick={connect}>
          <IconPlugConnected size={16} aria-hidden />
          {t('frame.connect')}
        </button>
        <Account onLeave={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Account({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  const user = useValue('session')?.user ?? null
  const signOut = useSignOutSaid()
  const leave = useLeave('sign-out')
  const ask = () => {
    onLeave()
    leave(() => void signOut())
  }
  if (!user) return null
  return (
    <>
      <hr className={classes.line} />
      <p className={classes.who}>
        {t('frame.userMenu', { name: `\u2068${user.name}\u2069` })} · {t(`frame.role.${user.role}`)}
      </p>
      <button type="button" className={classes.entry} onClick={ask}>
        <IconLogout size={16} aria-hidden />
        {t('frame.signOut')}
      </button>
    </>
  )
}

function useSignOutSaid(): () => Promise<void> {
  const { t } = useTranslation()
  const signOut = useSignOut()
  const failure = useFailureWords()
  return async () => {
    const result = await signOut()
    say(result.ok ? t('frame.signedOut') : failure(result.error), result.ok ? 'done' : 'failed')
  }
}
