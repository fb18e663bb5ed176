import type { ReactNode } from 'react'
import type { Topic } from '../../../shared/model/change.ts'
import { DoubtMark } from './doubt-mark.tsx'
import { Figure } from './figure.tsx'
import classes from './list-page.module.css'

/** `href`: where the records behind it are; `hint`: what it counts. */
type Fact = { readonly label: string; readonly value: number | string; readonly href?: string; readonly hint?: string }

/** A list's title and its sums; the clock appears once, beside them. */
export function ListHead({
  title,
  topic,
  facts,
  children,
}: {
  readonly title: string
  readonly topic: Topic
  readonly facts: readonly Fact[]
  readonly children?: ReactNode
}) {
  return (
    <div className={classes.head}>
      <h1>{title}</h1>
      <div className={classes.facts}>
        {facts.map((fact) => (
          <span key={fact.label} title={fact.hint}>
            <span>{fact.label}</span>{' '}
            <Figure
              value={fact.value}
              topic={topic}
              level={3}
              {...(fact.href === undefined ? {} : { href: fact.href })}
            />
          </span>
        ))}
        <DoubtMark topic={topic} />
      </div>
      {children}
    </div>
  )
}
