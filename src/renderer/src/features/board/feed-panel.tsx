import { Button } from '@mantine/core'
import { memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedItem } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { openingRecord, recordName } from '../../store/opened-record.ts'
import { to, useRoute } from '../../store/route.ts'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './board.module.css'
import { useFeedWords } from './feed-words.ts'
import { useHeldFeed } from './held-feed.ts'

export function FeedPanel() {
  const state = useStream('feed')
  const { t } = useTranslation()
  return (
    <section className={`panel ${classes.feed}`} aria-label={t('board.feed')}>
      <WhenReady state={state} loading={<Loading />}>
        {(items) => <Feed items={items} />}
      </WhenReady>
    </section>
  )
}

/** So many lines fill the panel on a tall screen; the rest is drawn once somebody looks, for on a busy day all of them are new each moment. */
const IN_SIGHT = 30

/** Holds still while it is scrolled, hovered or has the focus; "12 new ↑" lets the new lines in. */
function Feed({ items }: { readonly items: readonly FeedItem[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const list = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  const [away, setAway] = useState(false)
  const [focused, setFocused] = useState(false)
  const looking = over || away || focused
  const { shown, waiting, release } = useHeldFeed(items, looking)
  const letIn = () => {
    release()
    if (list.current) list.current.scrollTop = 0
  }
  return (
    <div
      className={classes.feedBox}
      onPointerEnter={() => setOver(true)}
      onPointerLeave={() => setOver(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <div className="panel-head">
        <h2>{t('board.feed')}</h2>
        <span className="grow" />
        <span aria-live="polite">
          {waiting > 0 && (
            <Button size="compact-xs" variant="light" onClick={letIn}>
              {t('board.feedNew', { count: waiting, n: format.number(waiting) })}
            </Button>
          )}
        </span>
      </div>
      {shown.length === 0 ? (
        <EmptyState text={t('board.feedEmpty')} />
      ) : (
        <div
          className={classes.feedList}
          ref={list}
          onScroll={(event) => setAway(event.currentTarget.scrollTop > 4)}
          tabIndex={0}
          role="group"
          aria-label={t('board.feed')}
        >
          <ol>
            {(looking ? shown : shown.slice(0, IN_SIGHT)).map((item, place) => (
              // By its place: on a busy day every line is new each moment, and is written where the one before it stood.
              <Line key={place} item={item} />
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}

const Line = memo(function Line({ item }: { readonly item: FeedItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = useFeedWords()
  const query = useRoute((route) => route.query)
  const { text, place, needsLook } = words(item)
  return (
    <li className={classes.line} data-look={needsLook || undefined}>
      <bdi dir="ltr" className="quiet">
        {format.clockSeconds(item.at)}
      </bdi>
      <a
        className={classes.lineText}
        title={text}
        href={to('board', { ...query, record: recordName(item.of) })}
        onClick={openingRecord}
      >
        {text}
      </a>
      <span>
        {place && (
          <a className="quiet" href={to('committee', { code: place })}>
            <bdi>{format.digitsOf(place)}</bdi>
          </a>
        )}
      </span>
      <span className={classes.source} title={t(`common.source.${item.source}`)}>
        {t(`common.sourceShort.${item.source}`)}
      </span>
    </li>
  )
})

function Loading() {
  const { t } = useTranslation()
  return (
    <>
      <div className="panel-head">
        <h2>{t('board.feed')}</h2>
      </div>
      <div className={classes.loadingRows}>
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} width="100%" />
        ))}
      </div>
    </>
  )
}
