import { DirectionProvider, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { HostOverlay } from './features/frame/host-overlay.tsx'
import { Shell } from './shell.tsx'
import { usePreferences } from './store/preferences.ts'
import { createWords, directionOf } from './i18n/words.ts'
import { theme } from './theme/theme.ts'

/** Everything a page needs around its screens: language, direction, look. */
export function App() {
  const { language, theme: look, contrast, density } = usePreferences()
  const [words] = useState(() => createWords(language))
  const direction = directionOf(language)
  useEffect(() => {
    void words.changeLanguage(language)
    const root = document.documentElement
    root.lang = language
    root.dir = direction
    root.dataset.contrast = contrast
    root.dataset.density = density
  }, [words, language, direction, contrast, density])
  return (
    <I18nextProvider i18n={words}>
      <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          {...(look === 'auto' ? {} : { forceColorScheme: look })}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <Notifications position={direction === 'rtl' ? 'bottom-left' : 'bottom-right'} limit={4} />
          <Shell />
          <HostOverlay />
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  )
}
