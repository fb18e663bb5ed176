import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentTypeOf, PAGE_HEADERS } from '../node/page-policy.ts'

export type PageFile = { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }
/** The files of the built page by their exact address path, and nothing besides. */
export type PageFiles = { readonly has: (path: string) => boolean; read(path: string): Promise<PageFile | null> }

/**
 * Lists the page's files once. An address is looked up in that list, never joined to a folder, so there is no path
 * that leads out; links in the folder are not followed. Null when there is no page: the program was not built.
 */
export function listPageFiles(dir: string): PageFiles | null {
  const files = new Map<string, string>()
  try {
    addFolder(dir, '', files)
  } catch {
    return null
  }
  const index = files.get('/index.html')
  if (index === undefined) return null
  files.set('/', index)
  return {
    has: (path) => files.has(path),
    read: async (path) => {
      const file = files.get(path)
      if (file === undefined) return null
      const body = await readFile(file)
      return { body, headers: { ...PAGE_HEADERS, 'content-type': contentTypeOf(file), 'cache-control': caching(path) } }
    },
  }
}

/** Walks by hand: the platform's own recursive listing follows links to folders. */
function addFolder(folder: string, path: string, files: Map<string, string>) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const below = join(folder, entry.name)
    if (entry.isDirectory()) addFolder(below, `${path}/${entry.name}`, files)
    else if (entry.isFile()) files.set(`${path}/${entry.name}`, below)
  }
}

/** Built assets carry a digest in their name and never change; everything else is asked for anew. */
const caching = (path: string) =>
  /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path) ? 'private, max-age=31536000, immutable' : 'no-store'
