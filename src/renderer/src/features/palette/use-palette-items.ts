import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { SCREEN_KEY } from '../../store/keys.ts'
import { useLeave } from '../../store/leaving.ts'
import { usePreferences } from '../../store/preferences.ts'
import { go, SCREENS } from '../../store/route.ts'
import { openNow } from '../../store/open.ts'
import { useSignOut } from '../../store/sign-out.ts'
import { say } from '../../ui/say.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import type { PaletteItem } from './search-items.ts'

export type PaletteActions = {
  readonly connect: () => void
  readonly keys: () => void
  readonly mark: () => void
  readonly tryNow: () => void
  readonly freeze: () => void
  readonly live: () => void
  readonly lookBack: () => void
  readonly recordings: () => void
  /** The tour of one minute, again. */
  readonly tour: () => void
}

/** Every screen, command and committee by name. */
export function usePaletteItems(actions: PaletteActions): readonly PaletteItem[] {
  const screens = useScreens()
  const commands = useCommands(actions)
  const faults = useFaults()
  const committees = useCommittees()
  return useMemo(() => [...screens, ...commands, ...faults, ...committees], [screens, commands, faults, committees])
}

function useScreens(): readonly PaletteItem[] {
  const { t } = useTranslation()
  return useMemo(
    () =>
      SCREENS.map((screen) => ({
        id: `go-${screen}`,
        title: t('session.goTo', { screen: t(`frame.screens.${screen}`) }),
        also: screen,
        keys: `g ${SCREEN_KEY[screen]}`,
        run: () => go(screen),
      })),
    [t],
  )
}

const item = (id: string, title: string, run: () => void, keys?: string): PaletteItem => ({
  id,
  title,
  run,
  ...(keys ? { keys } : {}),
})

/** Language, theme and digits. */
function useLooks(): readonly PaletteItem[] {
  const { t } = useTranslation()
  const set = usePreferences((preferences) => preferences.set)
  return [
    item('english', `${t('frame.language')}: ${t('frame.languageOf.en')}`, () => set({ language: 'en' })),
    item('arabic', `${t('frame.language')}: ${t('frame.languageOf.ar')}`, () => set({ language: 'ar' })),
    ...(['auto', 'light', 'dark'] as const).map(
      (
        theme, // the literals the preference names
      ) => item(`theme-${theme}`, `${t('frame.theme')}: ${t(`frame.themeOf.${theme}`)}`, () => set({ theme })),
    ),
    item('latn', `${t('frame.digits')}: ${t('frame.digitsOf.latn')}`, () => set({ digits: 'latn' })),
    item('arab', `${t('frame.digits')}: ${t('frame.digitsOf.arab')}`, () => set({ digits: 'arab' })),
  ]
}

function useCommands(actions: PaletteActions): readonly PaletteItem[] {
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const can = useValue('host')?.can
  const signOut = useSignOut()
  const [leave, leaveServer] = [useLeave('sign-out'), useLeave('server')]
  const rehearse = async () => {
    const result = await call('server.rehearse', null)
    if (!result.ok) say(failure(result.error), 'failed')
  }
  const reread = async () => {
    const result = await call('link.reread', null)
    say(result.ok ? t('link.rereading') : failure(result.error), result.ok ? 'done' : 'failed')
  }
  return [
    item('mark', t('lists.attendance.mark'), actions.mark, 'm'),
    item('freeze', t('replay.freeze'), actions.freeze, 'f'),
    item('look-back', t('replay.lookBack'), actions.lookBack),
    item('recordings', t('replay.days'), actions.recordings),
    item('live', t('replay.backToLive'), actions.live, 'l'),
    item('missing', t('lists.guarantees.attendanceOf.not-seen'), () =>
      go('guarantees', { status: 'GUARANTEED', attendance: 'not-seen' }),
    ),
    item('calls', t('pledges.radar.calls'), () => go('radar', { list: 'calls' })),
    item('try', t('common.tryNow'), actions.tryNow, 't'),
    item('reread', t('link.reread'), () => void reread()),
    item('evidence', t('evidence.open'), () => openNow('evidence')),
    item('zone', t('zone.title'), () => openNow('zone')),
    item('keeping', t('keeping.title'), () => go('link', { open: 'keeping' })),
    item('connect', t('frame.connect'), actions.connect),
    ...(can?.rehearse ? [item('rehearse', t('session.startRehearsal'), () => leaveServer(() => void rehearse()))] : []),
    ...useLooks(),
    item('keys', t('frame.keys'), actions.keys, '?'),
    item('tour', t('tour.again'), actions.tour),
    item('sign-out', t('frame.signOut'), () => leave(() => void signOut())),
  ]
}

/** The faults screen, as one may want to see it. */
function useFaults(): readonly PaletteItem[] {
  const { t } = useTranslation()
  return useMemo(() => {
    const faults = (id: string, words: string, query: Readonly<Record<string, string>>): PaletteItem => ({
      id,
      title: words === '' ? t('incidents.page') : `${t('incidents.page')}: ${words}`,
      run: () => go('incidents', query),
    })
    return [
      { ...faults('faults', '', {}), keys: 'n' },
      faults('my-faults', t('incidents.showMine'), { show: 'mine' }),
      faults('unowned-faults', t('incidents.showUnowned'), { show: 'unowned' }),
      faults('only-faults', t('incidents.onlyFaults'), { only: 'faults' }),
      { id: 'hand-over', title: t('incidents.shift.title'), run: () => go('incidents', { open: 'shift' }) },
      { id: 'committee-faults', title: t('board.onlyFaults'), run: () => go('board', { only: 'faults' }) },
    ]
  }, [t])
}

function useCommittees(): readonly PaletteItem[] {
  const { t } = useTranslation()
  const format = useFormat()
  const rows = useCommitteeNames()
  return useMemo(
    () =>
      (rows ?? []).flatMap((row) => [
        {
          id: `committee-${row.id}`,
          title: t('committee.page', { name: `${format.digitsOf(row.code)} · ${row.name}` }),
          also: row.code,
          run: () => go('committee', { code: row.code }),
        },
        {
          id: `attendance-${row.id}`,
          title: t('session.committeeAttendance', { name: `${format.digitsOf(row.code)} · ${row.name}` }),
          also: row.code,
          run: () => go('attendance', { committee: row.code }),
        },
      ]),
    [rows, t, format],
  )
}
