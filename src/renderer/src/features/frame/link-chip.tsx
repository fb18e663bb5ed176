import { Button, Popover } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LinkView } from '../../../../shared/model/link.ts'
import { useHostPresence, useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { LINK_WEIGHT, LinkIcon } from '../../ui/link-look.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { keepFocus } from '../../ui/keep-focus.ts'
import classes from './link-chip.module.css'
import { useLinkWords } from '../../ui/use-link-words.ts'
import { useTryNow } from '../../ui/use-try-now.ts'

/** Icon, word and age of the data, always in sight; opens the cause card. */
export function LinkChip({ whyAt = to('link') }: { readonly whyAt?: string | null }) {
  const link = useStream('link')
  const presence = useHostPresence()
  if (presence.is === 'away') return <AwayChip />
  if (link.is !== 'ready') return <Skeleton width={142} height={32} />
  return <Chip view={link.value} whyAt={whyAt} />
}

/** The last known state would pretend: nobody here knows the link while the host is away. */
function AwayChip() {
  const { t } = useTranslation()
  return (
    <span className={classes.chip} data-weight="warning" data-state="away">
      <LinkIcon state="offline" />
      {t('frame.hostAway')}
    </span>
  )
}

type ChipProps = {
  readonly view: LinkView
  /** Where the proof is; null where it cannot be reached. */
  readonly whyAt: string | null
}

function Chip({ view, whyAt }: ChipProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const words = useLinkWords(view)
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.chip}
          data-weight={LINK_WEIGHT[view.state]}
          data-state={view.state}
          onClick={() => setOpen(!open)}
          aria-description={t('link.chip')}
        >
          <LinkIcon state={view.state} />
          <span>{words.state}</span>
          <span className={classes.age}>{words.age}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown ref={keepFocus} aria-label={words.since}>
        <CauseCard view={view} whyAt={whyAt} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

/** State, cause, what to do, when it tries again. */
function CauseCard({ view, whyAt, onDone }: ChipProps & { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const words = useLinkWords(view)
  const tryNow = useTryNow()
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        <LinkIcon state={view.state} />
        {words.since}
      </div>
      {words.cause && view.state !== 'live' && <p className={classes.cardCause}>{words.cause}</p>}
      <p>{words.means}</p>
      {words.step && view.state !== 'live' && <p>{words.step}</p>}
      <p className="quiet">
        {words.age} · {t(`link.by.${view.by}`)}
      </p>
      {view.cause && view.state !== 'live' && (
        <p className={classes.technician}>
          {t('link.technician')}: <code className="ltr">{view.cause.code}</code> ·{' '}
          <code className="ltr">{view.cause.proof}</code>
        </p>
      )}
      <div className={classes.actions}>
        <span className={classes.grow}>{words.next}</span>
        {view.state !== 'live' && (
          <Button size="xs" onClick={() => void tryNow()}>
            {t('common.tryNow')}
          </Button>
        )}
        {whyAt !== null && (
          <Button size="xs" variant="default" component="a" href={whyAt} onClick={onDone}>
            {t('common.why')}
          </Button>
        )}
      </div>
    </div>
  )
}
