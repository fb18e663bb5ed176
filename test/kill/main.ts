import { parseArgs } from 'node:util'
import { resultWrongs, runResultKills } from './results.ts'
import { runKills } from './run.ts'
import { wrongsOf } from './wrongs.ts'

/** `npm run kill -- --times 1000 [--seed N]`: a desk killed so often while somebody types, as NDJSON; fails when something was lost or doubled. */
/** Of as many kills so many more, while results are added up and published in an election of their own. */
const RESULTS_OF = 0.25
const FEWEST = 10

const { values } = parseArgs({ options: { times: { type: 'string' }, seed: { type: 'string' } } })
const times = Number(values.times ?? '200')
const seed = Number(values.seed ?? Math.floor(performance.timeOrigin % 1_000_000))
const say = (line: object) => console.log(JSON.stringify(line))

if (!Number.isSafeInteger(times) || times < 1 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run kill -- --times 1000 [--seed N]')
  process.exitCode = 64
} else {
  say({ t: 'begin', times, seed })
  const report = await runKills(times, seed, say)
  const wrongs = wrongsOf(report)
  say({ t: 'summary', ...report, lost: report.lost.length, doubled: report.doubled.length, wrongs })
  const results = await runResultKills(Math.max(FEWEST, Math.round(times * RESULTS_OF)), seed)
  const resultsWrong = resultWrongs(results)
  say({ t: 'results', ...results, wrongs: resultsWrong })
  process.exitCode = wrongs.length + resultsWrong.length === 0 ? 0 : 1
}
