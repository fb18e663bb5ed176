import { Button } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LinkView } from '../../../../shared/model/link.ts'
import { useValue } from '../../store/core-context.tsx'
import { useFreeze } from '../../store/freeze.ts'
import { useReplay } from '../../store/replay.ts'
import { to } from '../../store/route.ts'
import { LINK_WEIGHT, LinkIcon } from '../../ui/link-look.tsx'
import classes from './not-live-bar.module.css'
import { useLinkWords } from '../../ui/use-link-words.ts'
import { useTryNow } from '../../ui/use-try-now.ts'

/** One line under the header while the link is not live: what, since when, what it means, when it tries again. */
export function NotLiveBar({ whyAt = to('link') }: { readonly whyAt?: string | null }) {
  const view = useValue('link')
  const replay = useReplay() !== null
  const frozen = useFreeze((state) => state.since !== null)
  const isOut = view !== null && view.state !== 'live'
  const wasOut = useRef(isOut)
  // A bar that comes or goes moves all that is below it: on a frozen screen the chip in the header tells.
  if (!frozen) wasOut.current = isOut
  return wasOut.current && isOut && !replay ? <Bar view={view} whyAt={whyAt} /> : null
}

function Bar({ view, whyAt }: { readonly view: LinkView; readonly whyAt: string | null }) {
  const { t } = useTranslation()
  const words = useLinkWords(view)
  const tryNow = useTryNow()
  return (
    <section className={classes.notLive} data-weight={LINK_WEIGHT[view.state]} aria-label={t('link.lostNow')}>
      <LinkIcon state={view.state} />
      <span className={classes.what}>{words.since}</span>
      <span className={classes.means}>{words.means}</span>
      <span className={classes.next}>{words.next ?? (view.state === 'catching-up' ? '' : t('link.noTry'))}</span>
      {view.state !== 'catching-up' && (
        <Button size="compact-sm" variant="default" onClick={() => void tryNow()}>
          {t('common.tryNow')}
        </Button>
      )}
      {whyAt !== null && (
        <Button size="compact-sm" variant="subtle" component="a" href={whyAt}>
          {t('common.why')}
        </Button>
      )}
    </section>
  )
}
