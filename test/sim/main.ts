import { parseArgs } from 'node:util'
import { planOf } from './plan.ts'
import { PLANTS } from './plants.ts'
import { historyOf, NO_HISTORIES, type RangeReport, together } from './range.ts'
import { shrunk } from './shrink.ts'
import { storyOf } from './story.ts'
import { runPlanted, runThreads } from './threads.ts'

/** `npm run sim`: histories of faults, each made by its number. */
const USAGE = 'Usage: npm run sim -- --seeds N [--from K] [--threads N] | --seed K [--trace] | --planted [--seeds N]'
/** Two cores are what a small machine has. */
const THREADS = '2'
/** A long run says how far it is after so many. */
const SLICE = 5_000
/** A planted bug has to be found among so many histories. */
const PLANTED = '2000'

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      threads: { type: 'string', default: THREADS },
      trace: { type: 'boolean', default: false },
      planted: { type: 'boolean', default: false },
    },
  })
  const [from, threads, seed] = [Number(values.from), Number(values.threads), Number(values.seed ?? '1')]
  const count = Number(values.seeds ?? (values.planted ? PLANTED : '1000'))
  if (![from, threads, seed, count].every((number) => Number.isSafeInteger(number) && number > 0)) {
    console.error(USAGE)
    return 64
  }
  if (values.planted) return planted(count, threads)
  return values.seed === undefined ? range(from, count, threads) : one(seed, values.trace)
}

async function range(from: number, count: number, threads: number): Promise<number> {
  const began = performance.now()
  let report = NO_HISTORIES
  for (let at = from; at < from + count; at += SLICE) {
    const slice = await runThreads(at, Math.min(SLICE, from + count - at), threads)
    for (const { seed, broken } of slice.broken) console.log(`seed ${seed}: ${broken.id} ${broken.what}`)
    report = together(report, slice)
    if (count > SLICE)
      console.log(`up to seed ${at + slice.histories - 1}: ${report.broken.length} with a broken invariant`)
  }
  console.log(summaryOf(report, from, count, performance.now() - began))
  return report.broken.length === 0 ? 0 : 1
}

function summaryOf(report: RangeReport, from: number, count: number, ms: number): string {
  const { histories, broken, happenings, typed, saved, crashes, letGo, slowest } = report
  const each = `${(report.ms / histories).toFixed(1)} ms a history`
  return [
    `seeds ${from} to ${from + count - 1}: ${histories} histories, ${broken.length} with a broken invariant`,
    `${happenings} happenings, ${typed} commands typed, ${saved} saved, ${crashes} crashes`,
    `${letGo.parts} parts of journals let go in ${letGo.histories} histories`,
    `${(ms / 1000).toFixed(1)} s, ${each}, the slowest ${slowest.ms.toFixed(0)} ms (seed ${slowest.seed})`,
  ].join('\n')
}

/** One history. A broken one is made as short as it goes and told; any other is told whole when asked for. */
async function one(seed: number, traced: boolean): Promise<number> {
  const plan = planOf(seed)
  const { broken, trace } = await historyOf(plan, traced)
  if (!broken) {
    for (const line of trace) console.log(line)
    console.log(`seed ${seed}: every promise kept`)
    return 0
  }
  const least = await shrunk(plan, broken.id, (smaller) => historyOf(smaller))
  const told = await historyOf(least, true)
  for (const line of storyOf(plan, least, told, traced)) console.log(line)
  return 1
}

async function planted(count: number, threads: number): Promise<number> {
  const all = await runPlanted(PLANTS, count, threads, ({ plant, histories, by }) => {
    const found = by ? `caught by seed ${by.seed} (${by.broken.id}) of ${histories}` : `NOT caught by ${histories}`
    console.log(`${plant.name}: ${found} — ${plant.what}`)
  })
  const caught = all.filter(({ by }) => by !== null).length
  console.log(`${caught} of ${PLANTS.length} planted bugs caught`)
  return caught === PLANTS.length ? 0 : 1
}

process.exitCode = await main()
