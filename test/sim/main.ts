import { parseArgs } from 'node:util'
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads'
import { historyOf, NO_HISTORIES, type RangeReport, runRange, together } from './range.ts'

/** `npm run sim -- --seeds N [--from K]`, or `--seed K [--trace]`: histories of faults, each made by its number. */

/** Two cores are what a small machine has. */
const WORKERS = 2
const USAGE = 'Usage: npm run sim -- --seeds N [--from K] [--workers N] | --seed K [--trace]'

type Share = { readonly from: number; readonly count: number; readonly stride: number }

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      workers: { type: 'string' },
      trace: { type: 'boolean' },
    },
  })
  const [from, count] = [Number(values.from ?? '1'), Number(values.seeds ?? '1000')]
  const workers = Number(values.workers ?? WORKERS)
  if (values.seed !== undefined && Number.isSafeInteger(Number(values.seed)))
    return one(Number(values.seed), values.trace === true)
  if (![from, count, workers].every((number) => Number.isSafeInteger(number) && number > 0)) {
    console.error(USAGE)
    return 64
  }
  const began = performance.now()
  const shares = Array.from(
    { length: workers },
    (_, index): Share => ({ from: from + index, count: count - index, stride: workers }),
  )
  const reports = await Promise.all(shares.map(worked))
  const report = reports.reduce(together, NO_HISTORIES)
  for (const { seed, broken } of report.broken) console.log(`seed ${seed}: ${broken.id} ${broken.what}`)
  console.log(summaryOf(report, from, count, performance.now() - began))
  return report.broken.length === 0 ? 0 : 1
}

/** The rest of the command runs in threads of its own: every history takes its whole core. */
const worked = (share: Share): Promise<RangeReport> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: share, argv: [] })
    worker.once('message', resolve)
    worker.once('error', reject)
  })

async function one(seed: number, traced: boolean): Promise<number> {
  const { broken, trace } = await historyOf(seed, traced)
  for (const line of trace) console.log(line)
  console.log(broken ? `seed ${seed}: ${broken.id} ${broken.what}` : `seed ${seed}: every promise kept`)
  return broken ? 1 : 0
}

function summaryOf(report: RangeReport, from: number, count: number, ms: number): string {
  const { histories, broken, happenings, typed, saved, crashes, slowest } = report
  return [
    `seeds ${from} to ${from + count - 1}: ${histories} histories, ${broken.length} with a broken invariant`,
    `${happenings} happenings, ${typed} commands typed, ${saved} saved, ${crashes} crashes`,
    `${(ms / 1000).toFixed(1)} s, ${(report.ms / histories).toFixed(1)} ms a history, the slowest ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed})`,
  ].join('\n')
}

if (isMainThread) process.exitCode = await main()
else {
  const { from, count, stride } = workerData as Share // given by the main thread above
  parentPort?.postMessage(await runRange(from, count, stride))
}
