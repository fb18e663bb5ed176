/**
 * Finds Electron's runtime, and fetches it once where that can be done. It never waits long on a closed network, never
 * asks again the same day after a failure, and never throws for an absent runtime: absence is an answer.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{ is: 'ready', path: string } | { is: 'absent', why: string }} Runtime */
/**
 * @typedef {object} Choices
 * @property {string} root the checkout
 * @property {boolean} fetch whether a missing runtime may be fetched
 * @property {(line: string) => void} say progress, one line each
 * @property {NodeJS.ProcessEnv} [env]
 * @property {NodeJS.Platform} [platform]
 * @property {() => number} [now] ms since 1970
 * @property {boolean} [again] try although it failed today
 * @property {number} [uid] the user's number, where there is one
 * @property {string} [kernel] folder of the kernel's settings
 */

/** Time for the place the runtime comes from to answer at all: a closed network is known by then. */
const ANSWER_MS = 4_000
/** Time without a byte more on disk after which a download counts as stuck. */
const STUCK_MS = 20_000
/** A download that takes longer is given up: the browser shell serves the same page. */
const DOWNLOAD_MS = 5 * 60_000
/** Size of the archive and what is unpacked of it, for the person who waits. */
const ROUGHLY_MB = 400
/** Time for the runtime to say its version: it is whole, and has the libraries it needs. */
const VERSION_MS = 10_000
/** A failure is remembered so long. */
const MEMORY_MS = 24 * 60 * 60 * 1_000
/** Pause between two lines of progress. */
const PROGRESS_MS = 2_000

/**
 * @param {Choices} choices
 * @returns {Promise<Runtime>}
 */
export async function electronRuntime(choices) {
  const { root, env = process.env, platform = process.platform, uid = process.getuid?.() } = choices
  const folder = join(root, 'node_modules/electron')
  if (!existsSync(join(folder, 'package.json'))) return absent('the electron package is not installed')
  // Where it would not run it is not worth a download.
  if (!hasDisplay(env, platform)) return absent('there is no display')
  if (platform === 'linux' && uid === 0) return absent('Electron keeps its sandbox, and has none for root')
  if (place(folder, env) === null) {
    if (!choices.fetch) return absent('its runtime is not installed')
    const why = await fetchOnce(folder, choices)
    if (why !== null) return absent(why)
  }
  const path = place(folder, env)
  if (path === null) return absent('its runtime is not installed')
  const why = noSandbox(path, platform, choices.kernel) ?? (await fault(path, env))
  return why === null ? { is: 'ready', path } : absent(why)
}

/** @param {string} why @returns {Runtime} */
const absent = (why) => ({ is: 'absent', why })

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
const hasDisplay = (env, platform) =>
  platform === 'win32' || platform === 'darwin' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])

/**
 * Where the runtime's program is; null when it is not there or is of another version than the package.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | null}
 */
function place(folder, env) {
  const own = env['ELECTRON_OVERRIDE_DIST_PATH']
  const named = read(join(folder, 'path.txt'))?.trim()
  const path = own ? join(own, named ?? 'electron') : named ? join(folder, 'dist', named) : null
  if (path === null || !existsSync(path)) return null
  const version = read(join(own ?? join(folder, 'dist'), 'version'))
    ?.trim()
    .replace(/^v/, '')
  return own || version === versionOf(folder) ? path : null
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** @param {string} folder */
const versionOf = (folder) => String(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version)

/**
 * Where the runtime comes from, as Electron's own installer decides it.
 * @param {NodeJS.ProcessEnv} env
 */
function source(env) {
  const mirror = env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? env['NPM_CONFIG_ELECTRON_MIRROR']
  return mirror || 'https://github.com/electron/electron/releases/download/'
}

/**
 * Fetches the runtime. Null: it is there. Otherwise why not.
 * @param {string} folder
 * @param {Choices} choices
 * @returns {Promise<string | null>}
 */
async function fetchOnce(folder, { root, say, env = process.env, now = Date.now, again = false }) {
  const memory = join(root, 'node_modules/.cache/tallydesk/electron-not-fetched.json')
  const from = source(env)
  if (!again && failedToday(memory, versionOf(folder), from, now())) return 'its runtime could not be fetched today'
  say(`Electron's runtime is missing: asking ${hostOf(from)} for it.`)
  const why = (await noAnswer(from)) ?? (await download(folder, env, say))
  if (why === null) {
    rmSync(memory, { force: true })
    return null
  }
  mkdirSync(dirname(memory), { recursive: true })
  writeFileSync(memory, JSON.stringify({ version: versionOf(folder), from, at: now(), why }))
  return why
}

/** @param {string} memory @param {string} version @param {string} from @param {number} now */
function failedToday(memory, version, from, now) {
  try {
    const last = JSON.parse(read(memory) ?? 'null')
    return last?.version === version && last.from === from && now - last.at >= 0 && now - last.at < MEMORY_MS
  } catch {
    return false // half written: try again
  }
}

/** @param {string} address */
const hostOf = (address) => URL.parse(address)?.host ?? address

/**
 * Null when the place answers, whatever it says. Otherwise why not.
 * @param {string} address
 */
async function noAnswer(address) {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS) })
    return null
  } catch {
    return `its runtime could not be fetched: ${hostOf(address)} does not answer`
  }
}

/**
 * Runs Electron's own installer, which checks what it fetched, in a folder where its growth can be seen.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} say
 * @returns {Promise<string | null>}
 */
async function download(folder, env, say) {
  const room = join(folder, '../.cache/tallydesk/electron-download')
  rmSync(room, { recursive: true, force: true })
  mkdirSync(room, { recursive: true })
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    env: { ...env, TMPDIR: room, TEMP: room, TMP: room, ELECTRON_GET_NO_PROGRESS: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const watch = watchGrowth([room, join(folder, 'dist')], say, () => child.kill())
  const { code, said } = await ended(child)
  const stuck = watch.stop()
  rmSync(room, { recursive: true, force: true })
  if (code === 0) return null
  const line = said.split('\n').find((one) => /error|failed|code/i.test(one))
  return `its runtime could not be fetched: ${stuck ?? line?.trim() ?? `the installer ended with ${code}`}`
}

/**
 * Says how far the download is; ends it when it stands still or takes too long.
 * @param {readonly string[]} folders
 * @param {(line: string) => void} say
 * @param {() => void} end
 */
function watchGrowth(folders, say, end) {
  const began = performance.now()
  let [size, grew] = [0, began]
  /** @type {string | null} */
  let why = null
  const timer = setInterval(() => {
    const now = performance.now()
    const next = folders.reduce((sum, folder) => sum + bytesIn(folder), 0)
    if (next !== size) grew = now
    size = next
    say(`Fetching Electron's runtime: ${Math.round(size / 1e6)} MB of about ${ROUGHLY_MB} MB, unpacked.`)
    if (now - grew > STUCK_MS) why = 'the download stood still'
    else if (now - began > DOWNLOAD_MS) why = 'the download took too long'
    if (why !== null) end()
  }, PROGRESS_MS)
  return {
    stop() {
      clearInterval(timer)
      return why
    },
  }
}

/** @param {string} folder */
function bytesIn(folder) {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0)
  } catch {
    return 0 // not there yet, or going
  }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<{ code: number | null, said: string, out: string }>}
 */
function ended(child) {
  let [said, out] = ['', '']
  child.stderr?.setEncoding('utf8').on('data', (part) => {
    said = (said + part).slice(-4_000)
  })
  child.stdout?.setEncoding('utf8').on('data', (part) => {
    out = (out + part).slice(-4_000)
  })
  return new Promise((done) => {
    child.once('error', (cause) => done({ code: null, said: cause.message, out }))
    child.once('close', (code) => done({ code, said, out }))
  })
}

/**
 * Null when the kernel lets Electron build its sandbox. Otherwise why not, and the remedy.
 * @param {string} path
 * @param {NodeJS.Platform} platform
 */
function noSandbox(path, platform, kernel = '/proc/sys/kernel') {
  if (platform !== 'linux') return null
  const helper = join(dirname(path), 'chrome-sandbox')
  const state = statSync(helper, { throwIfNoEntry: false })
  if (state !== undefined && state.uid === 0 && (state.mode & 0o4000) !== 0) return null
  const closed =
    read(join(kernel, 'unprivileged_userns_clone'))?.trim() === '0' ||
    read(join(kernel, 'apparmor_restrict_unprivileged_userns'))?.trim() === '1'
  if (!closed) return null
  return `this system gives Electron no sandbox (remedy: sudo chown root ${helper} && sudo chmod 4755 ${helper})`
}

/**
 * Null when the runtime runs. Otherwise why it does not: half unpacked, or a library of the system is missing.
 * @param {string} path
 * @param {NodeJS.ProcessEnv} env
 */
async function fault(path, env) {
  const child = spawn(path, ['--version'], { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: VERSION_MS })
  const { code, said, out } = await ended(child)
  if (code === 0 && /^v\d+\./m.test(out)) return null
  const library = /error while loading shared libraries: (\S+):/.exec(said)?.[1]
  return library ? `its runtime needs ${library}, which this system does not have` : 'its runtime does not start'
}
