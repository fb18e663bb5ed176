import { SegmentedControl, Switch } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePreferences } from '../store/preferences.ts'
import classes from './looks.module.css'

function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span aria-hidden>{label}</span>
      {children}
    </div>
  )
}

/** How this window looks and speaks. */
export function Looks() {
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
      onChange={(next) => pick(next)} // one of `values`, all of them V
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
