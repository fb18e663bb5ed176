import { candidateRows } from '../src/core/patch/candidates.ts'
import { committeeRow } from '../src/core/patch/committees.ts'
import { headlineOf } from '../src/core/patch/headline.ts'
import { turnoutOf } from '../src/core/projection/turnout.ts'
import { startConsoleHost } from '../src/main/host/console-host.ts'

/**
 * One start of a desk for the start benchmark, in a process of its own: takes up the server chosen last, which does not
 * answer, and makes the whole board. Prints what it saw, then ends in good order, which leaves a checkpoint behind.
 */
const [dataDir = '', spawnedAt = '0', wait = '0'] = process.argv.slice(2)
const sinceSpawn = () => Date.now() - Number(spawnedAt)
const cpu = () => Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000)
const loaded = { ms: sinceSpawn(), cpu: cpu() }

let lines = ''
const host = await startConsoleHost({
  dataDir,
  info: {
    kind: 'browser',
    version: '0',
    can: { tray: false, notify: false, keychain: false, rehearse: false, quit: false },
    kiosk: false,
  },
  secrets: 'memory',
  auth: 'auto',
  canRehearse: false,
  tee: (line) => {
    lines += `${line}\n`
  },
})
if (!host.ok) throw new Error(host.error.detail)
const { console: desk } = host.value
const book = desk.core.now()?.book.now()
if (!book) throw new Error('no book is open')
const now = Date.now()
const headline = headlineOf(book, now, null)
const committees = [...book.projection.of('committee').values()].map(({ record }) => committeeRow(book, record, now))
const board = [headline, committees, candidateRows(book), turnoutOf(book, { committee: null }), book.feed.items]
const boardText = JSON.stringify([board, book.projection.trust.view()])
const toBoard = sinceSpawn()
const cpuToBoard = cpu()

const lag = await worstLag(Number(wait))
const stopping = performance.now()
await host.value.stop()
const { attended, pledged, votes } = headline
process.stdout.write(
  `${JSON.stringify({
    loaded,
    toBoard,
    cpuToBoard,
    events: book.journal.cursor,
    board: { bytes: boardText.length, committees: committees.length, attended, pledged, votes },
    state: desk.core.now()?.link.view().state ?? null,
    worstLag: lag,
    checked: lines.includes('journal checked'),
    stop: Math.round(performance.now() - stopping),
    memory: Math.round(process.memoryUsage().rss / 1e6),
  })}\n`,
)

/** How long this process was ever held up while it ran for so long, ms. */
async function worstLag(ms: number): Promise<number> {
  let worst = 0
  for (let last = performance.now(), end = last + ms; last < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 5))
    const after = performance.now()
    worst = Math.max(worst, after - last - 5)
    last = after
  }
  return Math.round(worst)
}
