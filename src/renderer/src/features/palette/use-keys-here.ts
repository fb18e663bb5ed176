import { useTranslation } from 'react-i18next'
import { useValue } from '../../store/core-context.tsx'
import { SCREEN_KEY } from '../../store/keys.ts'
import { usePreferences } from '../../store/preferences.ts'
import { useReplay } from '../../store/replay.ts'
import { SCREENS, useRoute } from '../../store/route.ts'

/** What is pressed, as printed on the keys, and what that does. */
export type KeyLine = readonly [keys: string, words: string]
export type KeysHere = { readonly here: readonly KeyLine[]; readonly everywhere: readonly KeyLine[] }

/** The keys that work on this screen as it is now, and no others. */
export function useKeysHere(): KeysHere {
  const { t } = useTranslation()
  const singleKeys = usePreferences((preferences) => preferences.singleKeys)
  const isLive = useValue('link')?.state === 'live'
  const replay = useReplay() !== null
  const here = useKeysOfScreen()
  const incidents = useRoute((route) => route.screen === 'incidents')
  const single: readonly KeyLine[] = [
    ['?', t('session.key.help')],
    ['m', t('session.key.mark')],
    // There it writes a note.
    ...(incidents ? [] : [['n', t('session.key.faults')] as const]),
    ...(replay ? [] : [['f', t('session.key.freeze')] as const]),
    ...(isLive || replay ? [] : [['t', t('session.key.tryNow')] as const]),
    ...SCREENS.map(
      (screen): KeyLine => [`g ${SCREEN_KEY[screen]}`, t('session.goTo', { screen: t(`frame.screens.${screen}`) })],
    ),
  ]
  return {
    here: here.filter(([keys]) => singleKeys || !/^[a-z/]$/.test(keys)),
    everywhere: [['Ctrl K', t('session.key.palette')], ...(singleKeys ? single : []), ['Esc', t('session.key.close')]],
  }
}

/** What this screen adds: a list that can be searched, faults, a sheet, a recorded day. */
function useKeysOfScreen(): readonly KeyLine[] {
  const { t } = useTranslation()
  const { screen, query } = useRoute()
  const replay = useReplay() !== null
  const search: readonly KeyLine[] = hasSearch() ? [['/', t('session.key.search')]] : []
  const faults: readonly KeyLine[] =
    screen === 'incidents'
      ? [
          ['↓', t('session.key.next')],
          ['j', t('session.key.next')],
          ['↑', t('session.key.before')],
          ['k', t('session.key.before')],
          ['a', t('incidents.act.acknowledge')],
          ['s', t('incidents.act.snooze')],
          ['r', t('incidents.act.resolve')],
          ['e', t('incidents.act.escalate')],
          ['n', t('incidents.act.note')],
          ['o', t('session.key.open')],
        ]
      : []
  const sheet: readonly KeyLine[] =
    screen === 'count' && query.sheet === 'open'
      ? [
          ['Enter', t('session.key.field')],
          ['F8', t('session.key.finding')],
        ]
      : []
  const day: readonly KeyLine[] = replay
    ? [
        ['Space', t('session.key.play')],
        ['← →', t('session.key.seek')],
        ['l', t('session.key.live')],
      ]
    : []
  const feed: readonly KeyLine[] = screen === 'board' ? [['↓ ↑', t('figures.feedKeys')]] : []
  return [...day, ...search, ...faults, ...sheet, ...feed]
}

/** A list that can be searched has its field on the page. */
export const hasSearch = (): boolean => document.getElementById('search') !== null
