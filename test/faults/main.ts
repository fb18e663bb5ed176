import { parseArgs } from 'node:util'
import { runFaults } from './run.ts'
import { inShort, wrongsOf } from './summary.ts'

/** `npm run faults -- --minutes 10 --seed N`: the faults of a long day, as NDJSON; fails when a promise was broken. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    longest: { type: 'string' },
    log: { type: 'boolean' },
  },
})
const minutes = Number(values.minutes ?? '10')
const seed = Number(values.seed ?? Math.floor(performance.timeOrigin % 1_000_000))
const say = (line: unknown) => console.log(JSON.stringify(line))

if (!Number.isFinite(minutes) || minutes <= 0 || !Number.isSafeInteger(seed)) {
  console.error('Usage: npm run faults -- --minutes 10 --seed N [--longest SECONDS] [--log]')
  process.exitCode = 64
} else {
  const longest = Number(values.longest ?? '120') * 1_000
  say({ t: 'begin', seed, minutes })
  const report = await runFaults({
    seed,
    ms: minutes * 60_000,
    longest,
    watch: true,
    say,
    ...(values.log && { log: (email: string, line: string) => console.error(email, line) }),
  })
  const wrongs = wrongsOf(report)
  say({ t: 'summary', ...inShort(report), wrongs })
  process.exitCode = wrongs.length === 0 ? 0 : 1
}
