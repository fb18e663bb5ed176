import { parseArgs } from 'node:util'
import type { Target } from './client.ts'
import { RULES, Suite } from './suite.ts'

/** `npm run test:backend -- --server URL --email E --password-env VAR [--origin O]`: the rules against a live server. */

const USAGE = `Usage: npm run test:backend -- --server URL --email E --password-env VAR [--origin O]
Holds any server of the election family to the numbered rules of docs/spec/wire.md. What a server lacks is skipped by name.
It makes a few records and takes them back: a pledge and a mark at a time. Do not run it on an election day.`

function targetFrom(words: readonly string[]): Target | string {
  const { values } = parseArgs({
    args: [...words],
    options: {
      server: { type: 'string' },
      email: { type: 'string' },
      'password-env': { type: 'string' },
      origin: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const { server, email, origin } = values
  const variable = values['password-env']
  if (values.help === true || server === undefined || email === undefined || variable === undefined) return USAGE
  const password = process.env[variable]
  if (password === undefined) return `The environment has no ${variable}: put the password there.`
  const url = URL.parse(server)
  if (url === null || !/^https?:$/.test(url.protocol))
    return `--server ${server}: an http:// or https:// URL is needed.`
  return { url: url.origin, email, password, origin: origin ?? null }
}

async function main(words: readonly string[]): Promise<number> {
  const target = targetFrom(words)
  if (typeof target === 'string') {
    console.error(target)
    return 64
  }
  const suite = await Suite.at(target)
  console.log(`${target.url} has: ${[...suite.has].join(', ') || 'REST only'}`)
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const rule of RULES) {
    const verdict = await suite.run(rule)
    counts[verdict.is]++
    const why = verdict.is === 'failed' ? `\n       ${verdict.because}` : ''
    const lack = verdict.is === 'skipped' ? ` (lacks: ${verdict.lack})` : ''
    console.log(`${verdict.is.padEnd(7)} ${rule.id} ${rule.title}${lack}${why}`)
  }
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  return counts.failed === 0 ? 0 : 1
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : String(thrown))
  process.exitCode = 1
}
