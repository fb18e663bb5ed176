import { type ReadStream, createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { PAGE_HEADERS } from '../page-policy.ts'

/** Where a data directory keeps the packs its windows made. */
export const packFolder = (dir: string): string => join(dir, 'evidence')

/** What the names of all packs of one journal begin with; plain letters, the same on every system and in an address. */
export const packStem = (journal: string): string =>
  `evidence-${journal
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_NAME)}`
/** A server's id has 58 letters, an election ten, a mode nine: no two journals' packs go by one name. */
const LONGEST_NAME = 80

/** How a window asks for one, below where its page came from. */
const ADDRESS = /^\/evidence\/([a-z0-9-]{1,120}\.zip)$/

export type PackDownload = { readonly headers: Readonly<Record<string, string>>; open(): ReadStream }

/** The pack an address names; null: it names none, or there is none. Names are letters only, so none leads elsewhere. */
export function packAt(folder: string, path: string): PackDownload | null {
  const name = ADDRESS.exec(path)?.[1]
  if (name === undefined) return null
  const file = join(folder, name)
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isFile()) return null
  return {
    headers: {
      ...PAGE_HEADERS,
      'content-type': 'application/zip',
      'content-length': String(found.size),
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
    open: () => createReadStream(file),
  }
}
