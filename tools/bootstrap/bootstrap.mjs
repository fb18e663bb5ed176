/**
 * Owns the set-up of one checkout: the pinned Node, the libraries, the build. Runs on Node 20 with nothing installed, does only
 * what is not current, and speaks on stderr only. It never runs the product and never touches anything outside the checkout.
 */
import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { takeLock } from './lock.mjs'
import { showProgress } from './progress.mjs'
import { runEnvironment, STAGES } from './stages.mjs'

/** The checkout these scripts belong to. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @typedef {object} Wish
 * @property {string} [root]
 * @property {readonly import('./stages.mjs').Stage[]} [stages] all three unless said otherwise
 * @property {NodeJS.ProcessEnv} [env]
 * @property {{ write(text: string): unknown, isTTY?: boolean | undefined }} [out] where progress is shown
 */

/**
 * Makes the checkout ready.
 * @param {Wish} [wish]
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run with and the environment to run in
 * @throws {import('./failure.mjs').SetUpFailure}
 */
export async function bootstrap({ root = ROOT, stages = STAGES, env = process.env, out = process.stderr } = {}) {
  /** @type {import('./stages.mjs').Site} */
  const site = { root, cache: join(root, '.cache/bootstrap'), env }
  if (!stages.every((stage) => stage.current(site))) await runStale(site, stages, out)
  return { node: /** @type {string} */ (site.node), env: runEnvironment(site) }
}

/**
 * @param {import('./stages.mjs').Site} site
 * @param {readonly import('./stages.mjs').Stage[]} stages
 * @param {NonNullable<Wish['out']>} out
 */
async function runStale(site, stages, out) {
  mkdirSync(site.cache, { recursive: true })
  const lock = await takeLock(join(site.cache, 'lock'), (holder) =>
    out.write(`Tallydesk waits for another set-up of this folder (process ${holder.pid})…\n`),
  )
  site.onStart = lock.alsoHeldBy
  try {
    for (const [index, stage] of stages.entries()) {
      // Looked at again now that the lock is held: the one waited for has probably done it.
      if (stage.current(site)) continue
      const ended = showProgress(out, `${index + 1}/${stages.length} ${stage.doing}`)
      await stage.run(site).finally(ended)
    }
  } finally {
    lock.release()
  }
}
