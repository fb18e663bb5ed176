import { Button } from '@mantine/core'
import type { TFunction } from 'i18next'
import { type KeyboardEvent, memo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FeedItem } from '../../../../shared/view/board.ts'
import { type Format, useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { openingRecord, recordName } from '../../store/opened-record.ts'
import { type Route, to, useRoute } from '../../store/route.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import shared from './board.module.css'
import classes from './feed-panel.module.css'
import { type FeedWords, useFeedWords } from './feed-words.ts'
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
  const words = useFeedWords()
  const query = useRoute((route) => route.query)
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
        <EmptyList topic="attendance" text={t('board.feedEmpty')} />
      ) : (
        <div
          className={classes.feedList}
          ref={list}
          onScroll={(event) => setAway(event.currentTarget.scrollTop > 4)}
          // One stop for the whole list: two a line would be two hundred on the way to what comes after it.
          tabIndex={0}
          onKeyDown={stepWithin}
          role="group"
          aria-label={t('board.feed')}
        >
          <ol>
            {(looking ? shown : shown.slice(0, IN_SIGHT)).map((item, place) => (
              // By its place: on a busy day every line is new each moment, and is written where the one before it stood.
              <Line key={place} item={item} {...words(item)} query={query} t={t} format={format} />
            ))}
          </ol>
        </div>
      )}
    </div>
  )
}

/** Arrows go from line to line, and across to a line's committee; Home and End to the first and the last. */
function stepWithin(event: KeyboardEvent<HTMLElement>) {
  const lines = [...event.currentTarget.querySelectorAll('li')]
  const at = lines.findIndex((line) => line.contains(document.activeElement))
  const goTo = (line: Element | undefined, link: 'first' | 'last' = 'first') => {
    const links = [...(line?.querySelectorAll('a') ?? [])]
    const found = link === 'first' ? links[0] : links.at(-1)
    if (!found) return
    event.preventDefault()
    found.focus()
  }
  if (event.key === 'ArrowDown') goTo(lines[Math.min(lines.length - 1, at + 1)])
  else if (event.key === 'ArrowUp' && at > 0) goTo(lines[at - 1])
  else if (event.key === 'Home') goTo(lines[0])
  else if (event.key === 'End') goTo(lines.at(-1))
  else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
    const forwards = (event.key === 'ArrowRight') === (document.documentElement.dir !== 'rtl')
    goTo(lines[at], forwards ? 'last' : 'first')
  }
}

type LineProps = FeedWords & {
  readonly item: FeedItem
  readonly query: Route['query']
  /** Given, not asked for: lines that each listen for a change of language cost more than what they say. */
  readonly t: TFunction
  readonly format: Format
}

const Line = memo(function Line({ item, text, place, needsLook, query, t, format }: LineProps) {
  return (
    <li className={classes.line} data-look={needsLook || undefined}>
      <bdi dir="ltr" className="quiet">
        {format.clockSeconds(item.at)}
      </bdi>
      <a
        className={classes.lineText}
        tabIndex={-1}
        title={text}
        href={to('board', { ...query, record: recordName(item.of) })}
        onClick={openingRecord}
      >
        {text}
      </a>
      <span>
        {place && (
          <a className="quiet" tabIndex={-1} href={to('committee', { code: place })}>
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
      <div className={shared.loadingRows}>
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} width="100%" />
        ))}
      </div>
    </>
  )
}
