import type { Page } from 'playwright-core'
import { longestTasks, type Task } from './tasks.ts'

/** One stretch of watching a page draw, all in ms. */
export type Drawn = {
  readonly forMs: number
  readonly frames: readonly number[]
  /** Work of the page's main thread that held it for more than 50 ms. */
  readonly longTasks: readonly number[]
  /** The same, from the browser's own account: per second. */
  readonly taskMs: number
  readonly scriptMs: number
  readonly layoutMs: number
}

/** Runs in the page: the time from each frame to the next, and the long tasks between them. */
const WATCH = `async (forMs) => {
  const frames = []
  const longTasks = []
  const observer = new PerformanceObserver((list) => { for (const entry of list.getEntries()) longTasks.push(entry.duration) })
  observer.observe({ type: 'longtask' })
  let last = await new Promise((drawn) => requestAnimationFrame(drawn))
  const end = last + forMs
  while (last < end) {
    const now = await new Promise((drawn) => requestAnimationFrame(drawn))
    frames.push(now - last)
    last = now
  }
  observer.disconnect()
  return { frames, longTasks }
}`

type Meanwhile = (until: () => boolean) => Promise<void>
export type Seen = { readonly drawn: Drawn; readonly tasks: readonly Task[] }

/** Watches for so long, while something is done to the page; with every task of it by processor time. */
export async function watchFrames(page: Page, forMs: number, meanwhile: Meanwhile = async () => {}): Promise<Seen> {
  const seen: Drawn[] = []
  const tasks = await longestTasks(page, async () => {
    seen.push(await watch(page, forMs, meanwhile))
  })
  const [drawn] = seen
  if (!drawn) throw new Error('nothing was watched')
  return { drawn, tasks }
}

async function watch(page: Page, forMs: number, meanwhile: Meanwhile): Promise<Drawn> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await metrics(cdp)
  let over = false
  const watching = page.evaluate(`(${WATCH})(${forMs})`).finally(() => {
    over = true
  })
  await meanwhile(() => over)
  const { frames, longTasks } = (await watching) as { frames: number[]; longTasks: number[] } // what WATCH gives
  const after = await metrics(cdp)
  await cdp.detach()
  const perSecond = (name: string) => (((after.get(name) ?? 0) - (before.get(name) ?? 0)) * 1_000) / (forMs / 1_000)
  return {
    forMs,
    frames,
    longTasks,
    taskMs: perSecond('TaskDuration'),
    scriptMs: perSecond('ScriptDuration'),
    layoutMs: perSecond('LayoutDuration') + perSecond('RecalcStyleDuration'),
  }
}

type Session = Awaited<ReturnType<ReturnType<Page['context']>['newCDPSession']>>
async function metrics(cdp: Session): Promise<ReadonlyMap<string, number>> {
  const { metrics: all } = await cdp.send('Performance.getMetrics')
  return new Map(all.map(({ name, value }) => [name, value]))
}

/** Begins to note how long each key takes from the press to the frame that shows it. */
export const noteKeys = (page: Page): Promise<void> =>
  page.evaluate(`
    globalThis.keyTimes = []
    addEventListener('keydown', (event) => {
      const pressed = event.timeStamp
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => globalThis.keyTimes.push(performance.now() - pressed)
        port2.postMessage(null)
      })
    }, true)
  `)

export const keyTimes = (page: Page): Promise<number[]> => page.evaluate('globalThis.keyTimes.splice(0)')
