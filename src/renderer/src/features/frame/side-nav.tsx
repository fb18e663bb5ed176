import {
  IconAlertTriangle,
  IconChecklist,
  IconGitFork,
  IconHeartHandshake,
  IconLayoutDashboard,
  IconListNumbers,
  IconPlugConnected,
  IconRadar2,
  IconTrophy,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { SCREENS, to, useRoute } from '../../store/route.ts'
import { SCREEN_KEY } from '../../store/keys.ts'
import { Keys } from '../../ui/kbd.tsx'
import { useFaultCount } from './fault-count.ts'
import classes from './side-nav.module.css'

const ICON = {
  board: IconLayoutDashboard,
  guarantees: IconHeartHandshake,
  radar: IconRadar2,
  attendance: IconChecklist,
  count: IconListNumbers,
  results: IconTrophy,
  conflicts: IconGitFork,
  incidents: IconAlertTriangle,
  link: IconPlugConnected,
} as const

export function SideNav() {
  const { t } = useTranslation()
  const here = useRoute((route) => route.screen)
  return (
    <nav className={classes.nav} aria-label={t('frame.navigation')}>
      {SCREENS.map((screen) => {
        const Icon = ICON[screen]
        return (
          <a
            key={screen}
            className={classes.navLink}
            href={to(screen)}
            aria-current={here === screen ? 'page' : undefined}
          >
            <Icon size={18} stroke={1.75} aria-hidden />
            <span>{t(`frame.screens.${screen}`)}</span>
            {screen === 'conflicts' && <OpenCards />}
            {screen === 'incidents' && <FaultCount />}
            <span className={classes.navKeys} aria-hidden>
              <Keys keys={`g ${SCREEN_KEY[screen]}`} />
            </span>
          </a>
        )
      })}
    </nav>
  )
}

/** How many cards wait for a decision; nothing while none does. */
function OpenCards() {
  const { t } = useTranslation()
  const format = useFormat()
  const open = useValue('conflicts')?.open ?? 0
  if (open === 0) return null
  return (
    <b className={classes.navCount} aria-label={t('acts.toDecide', { count: open, n: format.number(open) })}>
      {format.number(open)}
    </b>
  )
}

/** How many faults call now; nothing where all is well. */
function FaultCount() {
  const format = useFormat()
  const count = useFaultCount()
  if (!count || count.all === 0) return null
  return (
    <bdi className={classes.navCount} data-weight={count.alarms > 0 ? 'alarm' : 'warning'}>
      {format.number(count.all)}
    </bdi>
  )
}
