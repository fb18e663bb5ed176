import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useStream } from '../../store/core-context.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './board-page.module.css'
import { BoardCards, CardsLoading } from './cards.tsx'
import { CandidatesPanel } from './candidates-panel.tsx'
import { CommitteesPanel, TILES_FROM } from './committees-panel.tsx'
import { FeedPanel } from './feed-panel.tsx'
import { TurnoutPanel } from './turnout-panel.tsx'

/** The board: is anything wrong, where, and what to do. Every panel keeps its place. */
export function BoardPage() {
  const { t } = useTranslation()
  const headline = useStream('headline')
  const committees = useStream('committees')
  const many = committees.is === 'ready' && committees.value.length > TILES_FROM
  const none = headline.is === 'ready' && headline.value.election === null
  return (
    <div className={classes.board} data-many={many || undefined}>
      <h1 className="visually-hidden">{t('board.title')}</h1>
      {none ? (
        <section className="panel">
          <EmptyList topic="phase" title={t('board.noElectionTitle')} text={t('board.noElectionText')} />
        </section>
      ) : (
        <>
          <WhenReady state={headline} loading={<CardsLoading />}>
            {(value) => <BoardCards headline={value} />}
          </WhenReady>
          <Panels />
        </>
      )}
    </div>
  )
}

/** Figures change many times a second: what they do not concern is not drawn again. */
const Panels = memo(function Panels() {
  return (
    <div className={classes.panels}>
      <TurnoutPanel />
      <CommitteesPanel />
      <CandidatesPanel />
      <FeedPanel />
    </div>
  )
})
