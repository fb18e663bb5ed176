import { IconAlertTriangle, IconLogout2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LinkView } from '../../../../shared/model/link.ts'
import { readAtOf } from '../../../../shared/model/trust.ts'
import type { WallView } from '../../../../shared/view/wall.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useHostPresence, useValue } from '../../store/core-context.tsx'
import { LINK_WEIGHT, LinkIcon } from '../../ui/link-look.tsx'
import { useLinkWords } from '../../ui/use-link-words.ts'
import classes from './bands.module.css'

/** What may not be mistaken, above every scene: made-up data, figures that stand still, a sign-in that ended. */
export function Bands({ view }: { readonly view: WallView }) {
  const { t } = useTranslation()
  const link = useValue('link')
  return (
    <div className={classes.bands} role="status">
      {view.mode === 'rehearsal' && <p className={classes.rehearsal}>{t('wall.rehearsal')}</p>}
      {view.standing === 'ended' ? <Ended view={view} /> : link && link.state !== 'live' && <NotLive link={link} />}
      <HostAway />
      {view.mayTooMuch && (
        <p className={classes.band} data-weight="warning">
          <IconAlertTriangle aria-hidden className={classes.bandIcon} />
          <span>{t('wall.mayTooMuch')}</span>
        </p>
      )}
    </div>
  )
}

function NotLive({ link }: { readonly link: LinkView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const words = useLinkWords(link)
  const figures = useFiguresWords()
  return (
    <p className={classes.band} data-weight={LINK_WEIGHT[link.state]} data-band="not-live">
      <LinkIcon state={link.state} size={44} />
      <span>
        <b>{t('wall.notLive', { state: words.state, age: format.age(now - link.since) })}</b> · {figures}
        {words.next && ` · ${words.next}`}
      </span>
    </p>
  )
}

function Ended({ view }: { readonly view: WallView }) {
  const { t } = useTranslation()
  const figures = useFiguresWords()
  return (
    <p className={classes.band} data-weight="warning" data-band="ended">
      <IconLogout2 aria-hidden className={classes.bandIcon} />
      <span>
        <b>{t('wall.ended')}.</b> {figures}{' '}
        {t(view.server?.kind === 'election' ? 'wall.endedAccount' : 'wall.endedHub')}
      </span>
    </p>
  )
}

/** The page draws on although the console behind it is away. */
function HostAway() {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const presence = useHostPresence()
  if (presence.is !== 'away') return null
  return (
    <p className={classes.band} data-weight="warning" data-band="host-away">
      <IconAlertTriangle aria-hidden className={classes.bandIcon} />
      <span>
        <b>{t(presence.refused ? 'frame.hostRefused' : 'frame.hostAway')}</b>{' '}
        {t('frame.hostAwaySince', { age: format.age(now - presence.since) })}
      </span>
    </p>
  )
}

/** Of when the figures on the wall are: the oldest read any of them rests on. */
function useFiguresWords(): string {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useValue('trust')
  const read = trust ? readAtOf(trust.attendance) : null
  return read === null ? t('wall.noFigures') : t('wall.figuresOf', { time: format.clock(read) })
}
