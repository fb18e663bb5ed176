import { readFileSync } from 'node:fs'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
// The build for browsers: the one for Node declares a `require` of its own, which the bundle has already.
import { strToU8, zipSync } from 'fflate/browser'
import type { HostTools } from '../../core/diagnostics/host-tools.ts'
import type { Entry } from '../../core/diagnostics/bundle.ts'
import { MAX_FILES } from './log.ts'
import { createNetwork } from './network.ts'
import { redactText } from './redact.ts'

/** What doctor and diagnostics need of this machine. `dir`: the data directory whose log is meant; null: none. */
export function createHostTools(dir: string | null, version: string): HostTools {
  return {
    network: createNetwork(),
    about: {
      version,
      node: process.versions.node,
      electron: process.versions.electron ?? '',
      system: `${platform()} ${release()} ${arch()}`,
    },
    logs: (most) => (dir === null ? [] : newestLines(dir, most)),
    redact: redactText,
    zip: (entries) => {
      const files = Object.fromEntries(entries.map(({ name, text }) => [name, strToU8(text)]))
      const zip = zipSync(files, { level: 6 })
      return { bytes: zip.byteLength, base64: Buffer.from(zip).toString('base64') }
    },
  }
}

/** Whole lines from the end of the newest file backwards, until there are so many characters. */
function newestLines(dir: string, most: number): readonly Entry[] {
  const entries: Entry[] = []
  let left = most
  for (let at = 0; at < MAX_FILES && left > 0; at++) {
    const name = at === 0 ? 'tallydesk.ndjson' : `tallydesk.ndjson.${at}`
    const text = readIfThere(join(dir, 'log', name))
    if (text === null) continue
    const tail = text.length <= left ? text : text.slice(text.indexOf('\n', text.length - left) + 1)
    left -= tail.length
    entries.push({ name, text: tail })
  }
  return entries
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
