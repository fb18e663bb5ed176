import type { ReactNode } from 'react'
import classes from './tabs.module.css'

type Tab = { readonly href: string; readonly words: string; readonly here: boolean }

type TabsProps = {
  readonly label: string
  readonly tabs: readonly Tab[]
  /** Stands at the row's end. */
  readonly end?: ReactNode
}

/** Views of one screen, each with an address of its own. */
export function Tabs({ label, tabs, end }: TabsProps) {
  return (
    <div className={classes.row}>
      <nav className={classes.tabs} aria-label={label}>
        {tabs.map(({ href, words, here }) => (
          <a key={href} href={href} aria-current={here ? 'page' : undefined}>
            {words}
          </a>
        ))}
      </nav>
      {end}
    </div>
  )
}
