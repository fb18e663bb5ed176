import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative } from 'node:path'
import { isOwnUrl } from './origin.ts'

/**
 * The answer to each request for a file of the page. It never reads outside the one folder it was given, never serves a
 * kind of file it has no name for, and every answer, refusals too, carries the same strict headers.
 */

/** Nothing but our own files runs or is shown; styles may be inline because the component library writes them so. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'none'",
  "worker-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), midi=()',
  'cache-control': 'no-cache',
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
}

/** The file a path names, or null when it would lie outside `root` or is no kind we serve. */
export function fileFor(root: string, address: string): string | null {
  if (!isOwnUrl(address)) return null
  const path = decoded(new URL(address).pathname)
  if (path === null || path.includes('\0') || path.includes('\\')) return null
  const file = join(root, path === '/' ? 'index.html' : path)
  const inside = relative(root, file)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return null
  return Object.hasOwn(TYPES, extname(file)) ? file : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null // a stray % sign: no file of ours is named so
  }
}

/** Answers one request with a file of `root`: 404 for anything else, 405 for anything but reading. */
export async function answer(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refused(405)
  const file = fileFor(root, request.url)
  if (file === null) return refused(404)
  try {
    const body = await readFile(file)
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    return new Response(request.method === 'HEAD' ? null : body, { headers: { ...HEADERS, 'content-type': type } })
  } catch {
    return refused(404)
  }
}

const refused = (status: number) =>
  new Response(null, { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
