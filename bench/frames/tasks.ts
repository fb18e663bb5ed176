import type { Browser, Page } from 'playwright-core'

/**
 * What the page's main thread did, from the browser's own trace: every task with its processor time, which is what this page
 * costs whatever else the machine does.
 */
export type Task = {
  /** Processor time of the task, ms. */
  readonly cpuMs: number
  /** From its begin to its end, ms. */
  readonly wallMs: number
  /** After the trace began, ms. */
  readonly atMs: number
  /** The parts that took most of it, with their processor time. */
  readonly parts: readonly string[]
}

/** An event of the trace, as far as it is read here; times in µs. */
type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: {
    readonly data?: { readonly functionName?: string; readonly url?: string; readonly type?: string }
    readonly beginData?: { readonly dirtyObjects?: number; readonly totalObjects?: number }
    readonly elementCount?: number
  }
}

const CATEGORIES = ['toplevel', 'devtools.timeline', 'v8', 'disabled-by-default-v8.gc']
const TASK = new Set(['RunTask', 'ThreadControllerImpl::RunTask'])
/** So many of the longest tasks are told with their parts. */
const TOLD = 12
/** A part of a task is told from so much, µs. */
const PART_US = 1_000

/** Traces the page while something runs; gives its longest tasks, the longest first. */
export async function longestTasks(page: Page, run: () => Promise<void>): Promise<readonly Task[]> {
  const browser: Browser | null = page.context().browser()
  if (!browser) return run().then(() => [])
  const cdp = await browser.newBrowserCDPSession()
  const events: TraceEvent[] = []
  cdp.on('Tracing.dataCollected', ({ value }) => {
    for (const each of value) events.push(each as unknown as TraceEvent) // the browser's own format
  })
  const complete = new Promise<void>((done) => cdp.once('Tracing.tracingComplete', () => done()))
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ['*'] },
  })
  try {
    await run()
  } finally {
    await cdp.send('Tracing.end')
    await complete
    await cdp.detach()
  }
  return longest(events)
}

function longest(all: readonly TraceEvent[]): readonly Task[] {
  const page = busiestPage(all)
  const events = all.filter((each) => each.ph === 'X' && threadOf(each) === page)
  const begin = Math.min(...events.slice(0, 1).map(({ ts }) => ts))
  return events
    .filter(({ name }) => TASK.has(name))
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .map((task, place) => ({
      cpuMs: (task.tdur ?? 0) / 1_000,
      wallMs: (task.dur ?? 0) / 1_000,
      atMs: (task.ts - begin) / 1_000,
      parts: place < TOLD ? partsOf(task, events) : [],
    }))
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`

/** The main thread where the page's own functions run. */
function busiestPage(events: readonly TraceEvent[]): string | undefined {
  const calls = new Map<string, number>()
  for (const each of events)
    if (each.name === 'FunctionCall' || each.name === 'FireAnimationFrame')
      calls.set(threadOf(each), (calls.get(threadOf(each)) ?? 0) + 1)
  return [...calls].sort((a, b) => b[1] - a[1])[0]?.[0]
}

function partsOf(task: TraceEvent, events: readonly TraceEvent[]): readonly string[] {
  const end = task.ts + (task.dur ?? 0)
  return events
    .filter((each) => each !== task && each.ts >= task.ts && each.ts + (each.dur ?? 0) <= end && !TASK.has(each.name))
    .filter(({ tdur = 0 }) => tdur >= PART_US)
    .sort((a, b) => (b.tdur ?? 0) - (a.tdur ?? 0))
    .map(({ name, tdur = 0, args }) => {
      const { functionName, url, type } = args?.data ?? {}
      const { dirtyObjects, totalObjects } = args?.beginData ?? {}
      const size = args?.elementCount ?? (dirtyObjects && `${dirtyObjects} of ${totalObjects}`)
      const what = [functionName, url?.split('/').at(-1), type, size].filter(Boolean).join(' ')
      return `${name}${what && `(${what})`} ${(tdur / 1_000).toFixed(1)}`
    })
}
