import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NextStep, OutboxItem } from '../../../../shared/view/outbox.ts'
import { useFormat } from '../../i18n/format.ts'
import { arrivalOf } from '../../store/arrival-of.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useValue } from '../../store/core-context.tsx'
import { mayMarkAt } from '../../store/may.ts'
import { to } from '../../store/route.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { useAboutWords } from '../../ui/use-about-words.ts'
import { useDoesWords } from '../../ui/use-does-words.ts'
import { useLook } from './use-look.ts'
import type { Asked } from './yours-panel.tsx'
import classes from './yours.module.css'

type ItemProps = {
  readonly item: OutboxItem
  readonly onAsk: (asked: Asked) => void
  readonly onGo: () => void
}

const isDecided = ({ state, next }: OutboxItem) => state === 'conflict' && next === null

/** One action: what, how far, why not, what now. */
export function YoursItem({ item, onAsk, onGo }: ItemProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const does = useDoesWords()
  const about = useAboutWords()
  const me = useValue('session')?.user?.email
  const facts = [
    t('common.ago', { age: format.age(now - item.queuedAt) }),
    ...(item.attempts > 1 ? [t('frame.outboxTries', { count: item.attempts, n: format.number(item.attempts) })] : []),
    ...(me === item.by ? [] : [t('acts.byOther', { who: `\u2068${item.by}\u2069` })]),
    ...(item.undoes === null ? [] : [t('acts.isUndoing')]),
    ...(item.undoneBy === null ? [] : [t(item.state === 'withdrawn' ? 'acts.undone' : 'acts.undoing')]),
  ]
  const left = item.deadline !== null && item.settledAt === null && !item.accepted ? item.deadline - now : null
  return (
    <li className={classes.item} data-state={isDecided(item) ? 'decided' : item.state}>
      <span className={classes.what}>
        {does(item.does)}
        {item.about !== '' && (
          <>
            {' · '}
            <bdi>{about(item.about, item.does.startsWith('count.'))}</bdi>
          </>
        )}
      </span>
      <span className={classes.state}>
        {item.state === 'sent' && item.accepted
          ? t('acts.accepted')
          : isDecided(item)
            ? t('acts.cardDecided')
            : t(`frame.outboxState.${item.state}`)}
      </span>
      <span className={classes.facts}>
        {facts.join(' · ')}
        {left !== null && <b> · {t('acts.givenUp', { left: `\u2066${format.countdown(left)}\u2069` })}</b>}
      </span>
      <Undo item={item} onAsk={onAsk} />
      <Already item={item} />
      {item.reason !== null && (
        <p className={classes.reason}>
          <bdi>{item.reason}</bdi>
        </p>
      )}
      {(item.state === 'rejected' || item.state === 'expired') && <Look item={item} />}
      {item.next !== null && <Next item={item} next={item.next} onAsk={onAsk} onGo={onGo} />}
      {item.why !== null && (
        <p className={classes.why}>
          {t('acts.reason')}: <bdi>{item.why}</bdi>
        </p>
      )}
    </li>
  )
}

function Already({ item }: Pick<ItemProps, 'item'>) {
  const { t } = useTranslation()
  const format = useFormat()
  if (item.already === null) return null
  const { by, at } = item.already
  return (
    <p className={classes.why}>
      {by === null ? t('acts.already') : t('acts.alreadyBy', { who: `\u2068${by}\u2069` })}
      {at !== null && (
        <>
          {' · '}
          <bdi dir="ltr">{format.clock(at)}</bdi>
        </>
      )}
    </p>
  )
}

/** Undo, or why not. What came to nothing has nothing to undo, and its state says so already. */
function Undo({ item, onAsk }: Pick<ItemProps, 'item' | 'onAsk'>) {
  const { t } = useTranslation()
  const past = useReplayRefusal()
  if (item.undo === null && (item.undoBar === null || item.undoBar === 'nothing-done')) return <span />
  const why = past ?? (item.undoBar === null ? null : t(`acts.undoBar.${item.undoBar}`))
  return (
    <Refused why={why}>
      <Button
        size="compact-xs"
        variant="default"
        className={classes.undo ?? ''}
        {...(why === null ? { onClick: () => onAsk({ is: 'undo', item }) } : refusing(why))}
      >
        {t('acts.undo')}
      </Button>
    </Refused>
  )
}

/** That it was read, by whom; or the button to say so. It stays in the list. */
function Look({ item }: Pick<ItemProps, 'item'>) {
  const { t } = useTranslation()
  const format = useFormat()
  const look = useLook()
  const past = useReplayRefusal()
  if (item.lookedAt !== null)
    return (
      <p className={classes.why}>
        {t('acts.looked', { who: `\u2068${item.lookedAt.by}\u2069`, time: format.clock(item.lookedAt.at) })}
      </p>
    )
  return (
    <p className={classes.look}>
      <Refused why={past}>
        <Button
          size="compact-xs"
          variant="default"
          {...(past === null ? { onClick: () => void look([item.key]) } : refusing(past))}
        >
          {t('acts.look')}
        </Button>
      </Refused>
    </p>
  )
}

/** Nothing on a screen does it. */
const isForPeople = (next: NextStep): next is 'ask-admin' | 'not-eligible' =>
  next === 'ask-admin' || next === 'not-eligible'

type NextProps = ItemProps & { readonly next: NextStep }

/** What a person can do about it, and the way there. */
function Next({ item, next, onAsk, onGo }: NextProps) {
  const { t } = useTranslation()
  const arrival = arrivalOf(item)
  const href = useWayTo(item, next)
  const may = useValue('session')?.may
  const isOurs = arrival === null || mayMarkAt(may, arrival.committee)
  const why = useReplayRefusal() ?? (isOurs ? null : t('common.error.not-your-committee'))
  return (
    <div className={classes.next}>
      <span>{t(`acts.next.${next}`)}</span>
      {!isForPeople(next) &&
        (arrival !== null ? (
          <Refused why={why}>
            <Button
              size="compact-sm"
              {...(why === null ? { onClick: () => onAsk({ is: 'arrival', arrival }) } : refusing(why))}
            >
              {t(`acts.nextDo.${next}`)}
            </Button>
          </Refused>
        ) : (
          href !== null && (
            <Button size="compact-sm" component="a" href={href} onClick={onGo}>
              {t(`acts.nextDo.${next}`)}
            </Button>
          )
        ))}
    </div>
  )
}

/** Where the next step is taken; null: not on a screen. */
function useWayTo({ does, about }: OutboxItem, next: NextStep): string | null {
  const rows = useCommitteeNames()
  if (next === 'decide') return to('conflicts')
  if (next === 'verify-first') return to('count', { verified: 'no' })
  if (next === 'look-up-elector' || next === 'record-arrival' || isForPeople(next)) return null
  if (does.startsWith('guarantee.')) return to('guarantees')
  if (does.startsWith('results.')) return to('results')
  if (does.startsWith('attendance.')) return to('attendance', { committee: about.split(' @ ')[1] })
  const committee = rows?.find((row) => `#${row.id}` === about)?.code
  return to('count', {
    committee,
    sheet: (does === 'count.enter' || does === 'count.type') && committee ? 'open' : null,
  })
}
