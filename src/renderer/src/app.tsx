import { DirectionProvider, MantineProvider, useDirection } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useLayoutEffect, useState } from 'react'
import { I18nextProvider } from 'react-i18next'
import { HostOverlay } from './features/frame/host-overlay.tsx'
import { useSceneAddress } from './features/wall/scene-address.ts'
import { Shell } from './shell.tsx'
import { usePreferences } from './store/preferences.ts'
import { createWords, directionOf } from './i18n/words.ts'
import { theme } from './theme/theme.ts'

/** The foot says what waits and what failed: no note lies over it. */
const ABOVE_THE_FOOT = { marginBlockEnd: 'var(--s5)' } as const // a literal

/** Everything a page needs around its screens: language, direction, look. */
export function App() {
  const { language, theme: look, contrast, density } = usePreferences()
  const [words] = useState(() => createWords(language))
  const direction = directionOf(language)
  // Whoever set the machine up liked it light or dark; a wall is read from afar.
  const wall = useSceneAddress(({ at }) => at !== null)
  const scheme = wall ? 'dark' : look
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
      <DirectionProvider initialDirection={direction} detectDirection={false}>
        <Turn to={direction} />
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          {...(scheme === 'auto' ? {} : { forceColorScheme: scheme })}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <Notifications
            position={direction === 'rtl' ? 'bottom-left' : 'bottom-right'}
            limit={4}
            style={ABOVE_THE_FOOT}
          />
          <Shell />
          {!wall && <HostOverlay />}
        </MantineProvider>
      </DirectionProvider>
    </I18nextProvider>
  )
}

/** Turns the page where it stands: what was typed and what is open stay. */
function Turn({ to }: { readonly to: ReturnType<typeof directionOf> }) {
  const { dir, setDirection } = useDirection()
  useLayoutEffect(() => {
    if (dir !== to) setDirection(to)
  }, [dir, to, setDirection])
  return null
}
