import { Menu, SegmentedControl, Switch } from '@mantine/core'
import { IconLogout, IconMenu2, IconPlugConnected } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useValue } from '../../store/core-context.tsx'
import { usePreferences } from '../../store/preferences.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import classes from './frame.module.css'

/** How the window looks, which server, who is signed in. */
export function ViewMenu({ onConnect }: { readonly onConnect: () => void }) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-start" shadow="md" closeOnItemClick={false} keepMounted={false}>
      <Menu.Target>
        <button type="button" className={classes.icon} aria-label={t('frame.menu')}>
          <IconMenu2 size={18} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Looks />
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlugConnected size={16} aria-hidden />} onClick={onConnect} closeMenuOnClick>
          {t('frame.connect')}
        </Menu.Item>
        <Account />
      </Menu.Dropdown>
    </Menu>
  )
}

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.menuGroup}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  )
}

function Looks() {
  const { t } = useTranslation()
  const { set, ...looks } = usePreferences()
  const choice = <V extends string>(
    value: V,
    values: readonly V[],
    words: (value: V) => string,
    label: string,
    pick: (value: V) => void,
  ) => (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={value}
      data={values.map((each) => ({ value: each, label: words(each) }))}
      onChange={(next) => pick(next as V)} // one of `values`, all of them V
    />
  )
  return (
    <>
      <Row label={t('frame.language')}>
        {choice(
          looks.language,
          ['en', 'ar'],
          (v) => t(`frame.languageOf.${v}`),
          t('frame.language'),
          (language) => set({ language }),
        )}
      </Row>
      <Row label={t('frame.digits')}>
        {choice(
          looks.digits,
          ['latn', 'arab'],
          (v) => t(`frame.digitsOf.${v}`),
          t('frame.digits'),
          (digits) => set({ digits }),
        )}
      </Row>
      <Row label={t('frame.theme')}>
        {choice(
          looks.theme,
          ['auto', 'light', 'dark'],
          (v) => t(`frame.themeOf.${v}`),
          t('frame.theme'),
          (theme) => set({ theme }),
        )}
      </Row>
      <Row label={t('frame.density')}>
        {choice(
          looks.density,
          ['comfortable', 'compact'],
          (v) => t(`frame.densityOf.${v}`),
          t('frame.density'),
          (density) => set({ density }),
        )}
      </Row>
      <Row label={t('frame.contrast')}>
        <Switch
          size="sm"
          aria-label={t('frame.contrast')}
          checked={looks.contrast === 'more'}
          onChange={(event) => set({ contrast: event.currentTarget.checked ? 'more' : 'normal' })}
        />
      </Row>
      <Row label={t('frame.singleKeys')}>
        <Switch
          size="sm"
          aria-label={t('frame.singleKeys')}
          checked={looks.singleKeys}
          onChange={(event) => set({ singleKeys: event.currentTarget.checked })}
        />
      </Row>
    </>
  )
}

function Account() {
  const { t } = useTranslation()
  const user = useValue('session')?.user ?? null
  const signOut = useSignOut()
  if (!user) return null
  return (
    <>
      <Menu.Divider />
      <Menu.Label>
        {t('frame.userMenu', { name: user.name })} · {t(`frame.role.${user.role}`)}
      </Menu.Label>
      <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => void signOut()} closeMenuOnClick>
        {t('frame.signOut')}
      </Menu.Item>
    </>
  )
}

function useSignOut(): () => Promise<void> {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  return async () => {
    const result = await call('session.sign-out', null)
    say(result.ok ? t('frame.signedOut') : failure(result.error), result.ok ? 'done' : 'failed')
  }
}
