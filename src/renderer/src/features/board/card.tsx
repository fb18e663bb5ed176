import type { ReactNode } from 'react'
import type { Topic } from '../../../../shared/model/change.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import shared from './board.module.css'
import classes from './cards.module.css'

/** From here on a figure and its whole take a smaller step, so that both stay on one line. */
export const LONG = 100_000

type CardProps = { readonly title: string; readonly href: string; readonly topic: Topic; readonly children: ReactNode }

/** The title leads to the records behind the figures. */
export function Card({ title, href, topic, children }: CardProps) {
  return (
    <div className={`panel ${classes.card}`} role="group" aria-label={title}>
      <div className={classes.cardHead}>
        <h2>
          <a className={shared.cardTitle} href={href}>
            {title}
          </a>
        </h2>
        <DoubtMark topic={topic} />
      </div>
      {children}
    </div>
  )
}
