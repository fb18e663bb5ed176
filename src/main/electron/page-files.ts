import { readFile } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { type PackDownload, packAt } from '../node/evidence/pack-folder.ts'
import { CONTENT_SECURITY_POLICY, contentTypeOf, PAGE_HEADERS } from '../node/page-policy.ts'
import { isOwnUrl } from './origin.ts'

/**
 * The answer to each request for a file of the page. It never reads outside the one folder it was given, and every
 * answer, refusals too, carries the same strict headers.
 */

/** As in every shell, and stricter: here the page speaks over its port only, so it may connect to nothing. */
const HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': CONTENT_SECURITY_POLICY.replace("connect-src 'self'", "connect-src 'none'"),
  'cross-origin-embedder-policy': 'require-corp',
  'cache-control': 'no-cache',
}

/** The file a path names, or null when it would lie outside `root`. */
export function fileFor(root: string, address: string): string | null {
  if (!isOwnUrl(address)) return null
  const path = decoded(new URL(address).pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const file = join(root, path === '/' ? 'index.html' : path)
  const inside = relative(root, file)
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? null : file
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null // a stray % sign: no file of ours is named so
  }
}

/** Answers one request with a file of `root` or an evidence pack: 404 for anything else, 405 for anything but reading. */
export async function answer(root: string, request: Request, packs: string | null = null): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405)
  const pack = packs !== null && isOwnUrl(request.url) ? packAt(packs, new URL(request.url).pathname) : null
  if (pack) return sendPack(request, pack)
  const file = fileFor(root, request.url)
  if (file === null) return refused(404)
  try {
    const body = await readFile(file)
    const headers = { ...HEADERS, 'content-type': contentTypeOf(file) }
    return new Response(request.method === 'HEAD' ? null : body, { headers })
  } catch {
    return refused(404)
  }
}

function sendPack(request: Request, pack: PackDownload): Response {
  const headers = { ...HEADERS, ...pack.headers }
  if (request.method === 'HEAD') return new Response(null, { headers })
  return new Response(Readable.toWeb(pack.open()) as ReadableStream<Uint8Array>, { headers }) // the same stream by Node's own name for it
}

const refused = (status: number) =>
  new Response(null, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
