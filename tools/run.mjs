/** Runs one TypeScript file of this checkout, unbuilt, on the pinned Node: `node tools/run.mjs FILE [arguments]`. */
import { join } from 'node:path'
import { bootstrap, ROOT } from './bootstrap/bootstrap.mjs'
import { failureLine, SET_UP_FAILED } from './bootstrap/failure.mjs'
import { runHere } from './bootstrap/launch.mjs'
import { STAGES } from './bootstrap/stages.mjs'

/** @param {readonly string[]} args */
async function run([file = '', ...args]) {
  const { node, env } = await bootstrap({ stages: STAGES.filter((stage) => stage.name !== 'build') })
  return runHere(node, join(ROOT, file), args, env)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.stderr.write(`${failureLine(error)}\n`)
  process.exitCode = SET_UP_FAILED
}
