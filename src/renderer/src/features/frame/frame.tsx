import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFreeze } from '../../store/freeze.ts'
import { useRoute } from '../../store/route.ts'
import { Foot } from './foot.tsx'
import classes from './frame.module.css'
import { Header } from './header.tsx'
import { NotLiveBar } from './not-live-bar.tsx'
import { OnPaper } from './on-paper.tsx'
import { RehearsalBar } from './rehearsal-bar.tsx'
import { SideNav } from './side-nav.tsx'

type FrameProps = {
  readonly children: ReactNode
  readonly onPalette: () => void
  readonly onKeys: () => void
  readonly onConnect: () => void
  /** What else may not be mistaken, above all of it. */
  readonly bar: ReactNode
  /** More controls in the header. */
  readonly tools: ReactNode
  /** What of this desk's is on its way, in the foot. */
  readonly yours: ReactNode
}

/** What is around every screen: where one is, how the link is, what may not be mistaken. */
export function Frame({ children, onPalette, onKeys, onConnect, bar, tools, yours }: FrameProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.frame} data-frame>
      <OnPaper />
      <a className={classes.skip} href="#content" onClick={focusContent}>
        {t('frame.skip')}
      </a>
      <Header onPalette={onPalette} onKeys={onKeys} onConnect={onConnect} tools={tools} />
      <div className={classes.bars}>
        {bar}
        <RehearsalBar onConnect={onConnect} />
        <NotLiveBar />
      </div>
      <div className={classes.middle}>
        <SideNav />
        <Content>{children}</Content>
      </div>
      <Foot yours={yours} />
    </div>
  )
}

function focusContent(event: { preventDefault: () => void }) {
  event.preventDefault() // the address bar holds the screen, not an anchor
  document.getElementById('content')?.focus()
}

/** Scrolls by itself; Back returns to the same place. What the bar of a held screen lies over can be scrolled from under it. */
function Content({ children }: { readonly children: ReactNode }) {
  const screen = useRoute((route) => route.screen)
  const frozen = useFreeze((state) => state.since !== null)
  const ref = useRef<HTMLElement>(null)
  const places = useRef(new Map<string, number>())
  useEffect(() => {
    const main = ref.current
    if (!main) return
    main.scrollTop = places.current.get(screen) ?? 0
    const remember = () => void places.current.set(screen, main.scrollTop)
    main.addEventListener('scroll', remember, { passive: true })
    return () => main.removeEventListener('scroll', remember)
  }, [screen])
  return (
    <main className={classes.content} id="content" tabIndex={0} ref={ref} data-frozen={frozen || undefined}>
      {children}
    </main>
  )
}
