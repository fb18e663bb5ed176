import { Button } from '@mantine/core'
import { IconAlertOctagonFilled, IconClock, IconEyeOff, IconGitFork } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, OutboxView } from '../../../../shared/view/outbox.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { to } from '../../store/route.ts'
import type { Arrival } from '../../store/arrival.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useLook } from './use-look.ts'
import { YoursItem } from './yours-item.tsx'
import classes from './yours.module.css'

/** What the panel leaves to a dialog. */
export type Asked =
  | { readonly is: 'undo'; readonly item: OutboxItem }
  | { readonly is: 'arrival'; readonly arrival: Arrival }

type PanelProps = {
  readonly outbox: OutboxView
  readonly onAsk: (asked: Asked) => void
  /** A link of the panel is followed. */
  readonly onGo: () => void
}

/** First how much is on its way or went wrong, then each action, newest first. */
export function YoursPanel({ outbox, onAsk, onGo }: PanelProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.panel} tabIndex={-1}>
      <h2>{t('frame.outboxTitle')}</h2>
      <Sums outbox={outbox} onGo={onGo} />
      <LookAtAll outbox={outbox} />
      {outbox.recent.length === 0 && <p className="quiet">{t('frame.outboxNone')}</p>}
      <ul>
        {outbox.recent.map((item) => (
          <YoursItem key={item.key} item={item} onAsk={onAsk} onGo={onGo} />
        ))}
      </ul>
    </div>
  )
}

/** One press for all that came to nothing and is listed. */
function LookAtAll({ outbox }: Pick<PanelProps, 'outbox'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = useLook()
  const past = useReplayRefusal()
  const news = outbox.recent.filter(
    ({ state, lookedAt }) => (state === 'rejected' || state === 'expired') && lookedAt === null,
  )
  if (news.length < 2) return null
  return (
    <p>
      <Refused why={past}>
        <Button
          size="compact-sm"
          variant="default"
          {...(past === null ? { onClick: () => void look(news.map(({ key }) => key)) } : refusing(past))}
        >
          {t('acts.lookAll', { n: format.number(news.length) })}
        </Button>
      </Refused>
    </p>
  )
}

function Sums({ outbox, onGo }: Pick<PanelProps, 'outbox' | 'onGo'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const { waiting, oldestAt, unseen, rejected, expired, conflicts } = outbox
  const told = (count: number) => ({ count, n: format.number(count) })
  return (
    <ul className={classes.sums}>
      <Sum icon={<IconClock size={16} aria-hidden />} strong={waiting > 0}>
        {waiting === 0
          ? t('acts.allSent')
          : oldestAt === null
            ? t('acts.waiting', told(waiting))
            : t('acts.waitingOldest', { ...told(waiting), age: format.age(now - oldestAt) })}
      </Sum>
      {unseen > 0 && <Sum icon={<IconEyeOff size={16} aria-hidden />}>{t('acts.unseen', told(unseen))}</Sum>}
      {rejected > 0 && (
        <Sum icon={<IconAlertOctagonFilled size={16} aria-hidden />} bad>
          {t('acts.rejected', told(rejected))}
        </Sum>
      )}
      {expired > 0 && (
        <Sum icon={<IconAlertOctagonFilled size={16} aria-hidden />} bad>
          {t('acts.expired', told(expired))}
        </Sum>
      )}
      {conflicts > 0 && (
        <Sum icon={<IconGitFork size={16} aria-hidden />} bad>
          <a href={to('conflicts')} onClick={onGo}>
            {t('acts.toDecide', told(conflicts))}
          </a>
        </Sum>
      )}
    </ul>
  )
}

type SumProps = {
  readonly icon: ReactNode
  readonly strong?: boolean
  readonly bad?: boolean
  readonly children: ReactNode
}

function Sum({ icon, strong = false, bad = false, children }: SumProps) {
  return (
    <li data-strong={strong || undefined} data-bad={bad || undefined}>
      {icon}
      <span>{children}</span>
    </li>
  )
}
