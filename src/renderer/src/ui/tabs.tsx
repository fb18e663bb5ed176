import classes from './tabs.module.css'

type Tab = { readonly href: string; readonly words: string; readonly here: boolean }

/** Views of one screen, each with an address of its own. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      {tabs.map(({ href, words, here }) => (
        <a key={href} href={href} aria-current={here ? 'page' : undefined}>
          {words}
        </a>
      ))}
    </nav>
  )
}
