import type { Headline } from '../../../../shared/view/board.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import classes from './cards.module.css'
import { CommitteesCard } from './committees-card.tsx'
import { CountedCard } from './counted-card.tsx'
import { PledgedCard } from './pledged-card.tsx'
import { TurnoutCard } from './turnout-card.tsx'

/** The day in four figures. */
export function BoardCards({ headline }: { readonly headline: Headline }) {
  return (
    <div className={classes.cards}>
      <TurnoutCard headline={headline} />
      <PledgedCard headline={headline} />
      <CountedCard headline={headline} />
      <CommitteesCard />
    </div>
  )
}

export function CardsLoading() {
  return (
    <div className={classes.cards}>
      {[0, 1, 2, 3].map((card) => (
        <section key={card} className={`panel ${classes.card}`}>
          <Skeleton width={90} />
          <Skeleton width={220} height={40} />
          <Skeleton width="100%" height={8} />
          <Skeleton width={180} />
        </section>
      ))}
    </div>
  )
}
