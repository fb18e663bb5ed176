import { Worker } from 'node:worker_threads'
import type { Plant } from './plants.ts'
import { NO_HISTORIES, type RangeReport, together } from './range.ts'
import type { Share, Worked } from './worker.ts'

/** Runs one share in a thread of its own: every history takes its whole core. */
function worked(share: Share): Promise<RangeReport> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: share })
    worker.once('message', (said: Worked) => ('report' in said ? resolve(said.report) : reject(new Error(said.fault))))
    worker.once('error', reject)
  })
}

/** A range of seeds over so many threads. */
export async function runThreads(from: number, count: number, threads: number): Promise<RangeReport> {
  const most = Number.POSITIVE_INFINITY
  const shares = Array.from({ length: threads }, (_, index) => ({
    from: from + index,
    count: count - index,
    stride: threads,
    most,
    plant: null,
  }))
  return (await Promise.all(shares.map(worked))).reduce(together, NO_HISTORIES)
}

export type Caught = {
  readonly plant: Plant
  readonly histories: number
  readonly by: RangeReport['broken'][number] | null
}

/** Looks for each plant from the first seed on, up to `count`; two at a time. */
export async function runPlanted(
  plants: readonly Plant[],
  count: number,
  threads: number,
  tell: (caught: Caught) => void,
): Promise<readonly Caught[]> {
  const all: Caught[] = []
  const waiting = [...plants]
  const next = async (): Promise<void> => {
    for (let plant = waiting.shift(); plant; plant = waiting.shift()) {
      const { histories, broken } = await worked({ from: 1, count, stride: 1, most: 1, plant })
      const caught: Caught = { plant, histories, by: broken[0] ?? null }
      all.push(caught)
      tell(caught)
    }
  }
  await Promise.all(Array.from({ length: threads }, next))
  return all
}
