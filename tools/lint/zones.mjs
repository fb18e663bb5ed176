import { readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/**
 * @typedef {object} Zone
 * @property {string} name as said in a refusal
 * @property {RegExp} path which files it holds, below the checkout, with `/`
 * @property {readonly string[]} from names of the zones it may import besides itself
 * @property {readonly string[] | 'host' | 'page'} packages which packages it may import: a list; `host`: Node's own and any but
 *   Electron; `page`: any that is neither Node's own nor one of the host's libraries
 * @property {boolean} [electron] whether it may import Electron
 */

/** @type {readonly Zone[]} the walls of the house: a file belongs to the first zone whose path fits it */
export const ZONES = [
  { name: 'src/shared', path: /^src\/shared\//, from: [], packages: ['zod'] },
  { name: 'src/core', path: /^src\/core\//, from: ['src/shared'], packages: ['zod'] },
  { name: 'src/preload', path: /^src\/preload\//, from: ['src/shared'], packages: [], electron: true },
  { name: 'src/renderer', path: /^src\/renderer\//, from: ['src/shared'], packages: 'page' },
  { name: 'src/hub', path: /^src\/hub\//, from: ['src/shared'], packages: 'host' },
  { name: 'src/main/node', path: /^src\/main\/node\//, from: ['src/core', 'src/shared'], packages: 'host' },
  {
    name: 'src/main/kiosk',
    path: /^src\/main\/kiosk\//,
    from: ['src/main/node', 'src/core', 'src/shared'],
    packages: 'host',
  },
  {
    name: 'src/main/electron',
    path: /^src\/main\/electron\//,
    from: ['src/main/node', 'src/core', 'src/shared'],
    packages: 'host',
    electron: true,
  },
  {
    // What both shells and the command line run: the core on this machine, with a hub of its own for rehearsals.
    name: 'src/main/host',
    path: /^src\/main\/host\//,
    from: ['src/main/node', 'src/hub', 'src/core', 'src/shared'],
    packages: 'host',
  },
  {
    // The entries and what the command line is made of: they put the house together.
    name: 'src/main entries',
    path: /^src\/main\/((cli|host)\/.*|[^/]+)$/,
    from: [
      'src/main/host',
      'src/main/node',
      'src/main/kiosk',
      'src/main/electron',
      'src/hub',
      'src/core',
      'src/shared',
    ],
    packages: 'host',
  },
  // These run before anything is installed.
  { name: 'tools/bootstrap', path: /^(bin\/|tools\/bootstrap\/)/, from: [], packages: 'host' },
]

/** A window's features know the ground they stand on, and not each other. */
const FEATURE = /^src\/renderer\/src\/features\/([^/]+)\//

/** Libraries of the host: everything the program needs at run time outside the window. */
const HOST_PACKAGES = (() => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  return new Set([...Object.keys(manifest.dependencies ?? {}), ...Object.keys(manifest.optionalDependencies ?? {})])
})()

const NODE_OWN = new Set(builtinModules)

/** @param {string} path below the checkout, with `/` */
export function zoneOf(path) {
  return ZONES.find((zone) => zone.path.test(path))
}

/** @param {string} file absolute */
export function placeOf(file) {
  return relative(ROOT, file).split(sep).join('/')
}

/**
 * Why this import goes through a wall, or undefined when it does not.
 * @param {string} importer path below the checkout, with `/`
 * @param {string} specifier as written
 * @returns {string | undefined}
 */
export function breach(importer, specifier) {
  const zone = zoneOf(importer)
  if (zone === undefined) {
    return importer.startsWith('src/')
      ? `no wall is drawn around ${importer}: add its folder to tools/lint/zones.mjs`
      : undefined
  }
  return specifier.startsWith('.')
    ? breachByPath(importer, zone, posix.join(posix.dirname(importer), specifier))
    : breachByPackage(zone, specifier)
}

/**
 * @param {string} importer
 * @param {Zone} zone
 * @param {string} target
 */
function breachByPath(importer, zone, target) {
  const reached = zoneOf(target)
  // Pictures and other files that are not code have no walls around them.
  if (target.startsWith('resources/')) return undefined
  // The version is written down once.
  if (target === 'package.json' && zone.packages === 'host') return undefined
  if (reached !== zone && !zone.from.includes(reached?.name ?? '')) {
    const allowed = zone.from.length === 0 ? 'nothing else' : zone.from.join(', ')
    return `${zone.name} may import ${allowed}, and not ${reached?.name ?? target}`
  }
  const [own, other] = [FEATURE.exec(importer)?.[1], FEATURE.exec(target)?.[1]]
  if (own !== undefined && other !== undefined && own !== other) {
    return `feature ${own} may not import feature ${other}: move what both need below them`
  }
  return undefined
}

/**
 * @param {Zone} zone
 * @param {string} specifier
 */
function breachByPackage(zone, specifier) {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
  const nodes = specifier.startsWith('node:') || NODE_OWN.has(name)
  if (name === 'electron') return zone.electron ? undefined : `${zone.name} may not import electron`
  if (zone.name === 'tools/bootstrap') return nodes ? undefined : `${zone.name} runs before ${name} is installed`
  if (zone.packages === 'host') return undefined
  if (zone.packages === 'page') {
    return nodes || HOST_PACKAGES.has(name)
      ? `${zone.name} may not import ${name}, which belongs to the host`
      : undefined
  }
  return zone.packages.includes(name) ? undefined : `${zone.name} may not import ${name}`
}
