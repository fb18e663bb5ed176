import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname, isAbsolute, join, relative } from 'node:path'
import { runLogged } from './child.mjs'
import { SetUpFailure } from './failure.mjs'
import { dropStamp, fingerprint, readStamp, writeStamp } from './fingerprint.mjs'
import { hasKeytar, installedMatchesLockfile, keytarCanCompile } from './libraries.mjs'
import { headersOf, isRecent, OLDEST_MAJOR, pinnedNode, recentNodeHere, versionOf } from './node.mjs'
import { findNpm, pathFolders, pathKey } from './npm.mjs'

/**
 * @typedef {object} Site one checkout being set up
 * @property {string} root
 * @property {string} cache stamps, logs and the lock; never anything a person would miss
 * @property {NodeJS.ProcessEnv} env what the caller's environment is
 * @property {(pid: number) => void} [onStart] is told of each tool that is started
 * @property {string} [node] the Node to run on, known once the first stage is current
 */

/**
 * @typedef {object} Stage
 * @property {'node' | 'libraries' | 'build'} name
 * @property {string} doing words for the progress line
 * @property {(site: Site) => boolean} current whether there is nothing to do; quick, and touches nothing
 * @property {(site: Site) => Promise<void>} run
 */

/** Reported by `npm ci` as noise, or asked of a person: neither helps a set-up nobody watches. */
const QUIET_NPM = ['--no-audit', '--no-fund', '--no-update-notifier']

/** What the build is made from. */
export const BUILD_INPUTS = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
]

/**
 * @param {Site} site
 * @param {string} name
 */
const stampOf = (site, name) => join(site.cache, `${name}.json`)

/**
 * @param {Site} site
 * @param {string} name
 */
const logOf = (site, name) => join(site.cache, `${name}.log`)

/** @param {Site} site */
function nodeOf(site) {
  if (site.node === undefined) throw new Error('a stage ran before the one that finds Node')
  return site.node
}

/**
 * The environment in which npm, the build and the product run: the pinned Node first on PATH, its own headers for native
 * libraries, and no step that would fetch Electron's binary.
 * @param {Site} site
 * @returns {NodeJS.ProcessEnv}
 */
export function runEnvironment(site) {
  const node = nodeOf(site)
  const headers = headersOf(node)
  return {
    ...site.env,
    [pathKey(site.env)]: [dirname(node), ...pathFolders(site.env)].join(delimiter),
    // Electron's package would fetch its binary when first loaded; a build only reads its version.
    ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
    ...(headers === undefined ? {} : { npm_config_nodedir: headers }),
  }
}

/**
 * @param {Site} site
 * @param {string} node
 * @param {string[]} args
 * @param {{ log: string, what: string, env: NodeJS.ProcessEnv }} how
 */
async function npm(site, node, args, { log, what, env }) {
  const found = findNpm(node, site.env)
  if (found === undefined) throw new SetUpFailure(`${what} needs npm, which is not on PATH: install Node.js with npm.`)
  await runLogged({
    command: found.command,
    args: [...found.before, ...args],
    cwd: site.root,
    env,
    log,
    what,
    onStart: site.onStart,
  })
}

/** @param {Site} site */
const nodeFingerprint = (site) =>
  fingerprint(site.root, ['tools/node/package.json', 'tools/node/package-lock.json'], [process.platform, process.arch])

/** @type {Stage} */
export const nodeStage = {
  name: 'node',
  doing: 'fetching Node.js',
  current(site) {
    const stamp = readStamp(stampOf(site, 'node'))
    const kept = stamp?.['node']
    if (stamp?.fingerprint !== nodeFingerprint(site) || typeof kept !== 'string') return false
    const node = isAbsolute(kept) ? kept : join(site.root, kept)
    if (!existsSync(node)) return false
    site.node = node
    return true
  },
  async run(site) {
    const stamp = stampOf(site, 'node')
    dropStamp(stamp)
    const node = await fetchNode(site)
    const inside = relative(site.root, node)
    // Relative where it can be, so that a moved checkout stays set up.
    writeStamp(stamp, { fingerprint: nodeFingerprint(site), node: inside.startsWith('..') ? node : inside })
    site.node = node
  },
}

/**
 * The pinned Node where it is published; else a recent enough one of the machine's own.
 * @param {Site} site
 * @returns {Promise<string>}
 */
async function fetchNode(site) {
  const pinned = pinnedNode(site.root)
  /** @type {SetUpFailure | undefined} */
  let failure
  if (pinned !== undefined) {
    if (versionOf(pinned.binary) === `v${pinned.version}`) return pinned.binary
    const log = logOf(site, 'node')
    const args = ['ci', '--prefix', join(site.root, 'tools/node'), '--include=optional', ...QUIET_NPM]
    try {
      await npm(site, process.execPath, args, { log, what: 'fetching Node.js', env: site.env })
      if (isRecent(versionOf(pinned.binary))) return pinned.binary
      failure = new SetUpFailure(`the fetched Node.js ${pinned.version} does not run on this machine.`, log)
    } catch (error) {
      if (!(error instanceof SetUpFailure)) throw error
      failure = error
    }
  }
  const own = recentNodeHere(site.env)
  if (own !== undefined) return own
  const remedy = `install Node.js ${OLDEST_MAJOR} or later (https://nodejs.org), put it on PATH and try again.`
  if (failure === undefined)
    throw new SetUpFailure(`no pinned Node.js for ${process.platform} ${process.arch}: ${remedy}`)
  throw new SetUpFailure(`${failure.message} Check the network, or ${remedy}`, failure.log)
}

/** @param {Site} site */
function librariesFingerprint(site) {
  const { allowScripts } = JSON.parse(readFileSync(join(site.root, 'package.json'), 'utf8'))
  return fingerprint(
    site.root,
    ['package-lock.json'],
    [process.platform, process.arch, JSON.stringify(allowScripts ?? {})],
  )
}

/** @type {Stage} */
export const librariesStage = {
  name: 'libraries',
  doing: 'installing libraries',
  current(site) {
    const stamp = readStamp(stampOf(site, 'libraries'))
    if (stamp?.fingerprint !== librariesFingerprint(site)) return false
    if (!existsSync(join(site.root, 'node_modules/.package-lock.json'))) return false
    // The keychain's headers came after the libraries: keytar was left out then and can be had now.
    return hasKeytar(site.root) || stamp['couldCompileKeytar'] === keytarCanCompile(site.env)
  },
  async run(site) {
    const stamp = stampOf(site, 'libraries')
    const couldCompileKeytar = keytarCanCompile(site.env)
    dropStamp(stamp)
    if (!installedMatchesLockfile(site.root) || (couldCompileKeytar && !hasKeytar(site.root))) {
      const how = { log: logOf(site, 'libraries'), what: 'installing libraries', env: runEnvironment(site) }
      // A NODE_ENV or an npm setting of the caller's must not leave out the build tools or the keychain.
      await npm(site, nodeOf(site), ['ci', '--include=dev', '--include=optional', ...QUIET_NPM], how)
    }
    writeStamp(stamp, { fingerprint: librariesFingerprint(site), couldCompileKeytar })
  },
}

/** @param {Site} site */
const buildFingerprint = (site) => fingerprint(site.root, BUILD_INPUTS)

/** @type {Stage} */
export const buildStage = {
  name: 'build',
  doing: 'building',
  current(site) {
    if (!existsSync(join(site.root, 'out/main/cli.js'))) return false
    return readStamp(stampOf(site, 'build'))?.fingerprint === buildFingerprint(site)
  },
  async run(site) {
    const stamp = stampOf(site, 'build')
    // Taken before the build: a source saved while it runs makes the next start build again.
    const made = buildFingerprint(site)
    dropStamp(stamp)
    const entry = join(site.root, 'node_modules/electron-vite/bin/electron-vite.js')
    await runLogged({
      command: nodeOf(site),
      args: [entry, 'build', '--logLevel', 'warn'],
      cwd: site.root,
      env: runEnvironment(site),
      log: logOf(site, 'build'),
      what: 'building',
      onStart: site.onStart,
    })
    writeStamp(stamp, { fingerprint: made })
  },
}

/** In order: each needs the ones before it. */
export const STAGES = [nodeStage, librariesStage, buildStage]
