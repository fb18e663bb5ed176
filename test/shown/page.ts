import { createServer } from 'node:http'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { listPageFiles } from '../../src/main/kiosk/page-files.ts'
import { fingerprint } from '../../tools/bootstrap/fingerprint.mjs'
import { ROOT } from '../e2e/program.ts'

/**
 * The window as it is built, with the made-up core beside it: the same sources, the same styles, the same policy. Owns a
 * folder of builds in the cache and a server on the loopback; never the product's own build.
 */

const BUILDS = join(ROOT, '.cache/shown')

/** Builds it unless these very sources were built; gives the folder. */
export async function builtPage(): Promise<string> {
  const made = join(
    BUILDS,
    fingerprint(ROOT, ['src/renderer', 'src/shared', 'resources', 'package-lock.json']).slice(0, 16),
  )
  if (existsSync(made)) return made
  const beside = `${made}.${process.pid}`
  await build({
    root: join(ROOT, 'src/renderer'),
    base: './',
    mode: 'made-up',
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: beside, emptyOutDir: true, assetsInlineLimit: 0, sourcemap: false, chunkSizeWarningLimit: 8_000 },
  })
  await mkdir(BUILDS, { recursive: true })
  // Another run may have been quicker with the very same.
  await rename(beside, made).catch(() => rm(beside, { recursive: true, force: true }))
  return made
}

export type Served = { readonly url: string; stop(): Promise<void> }

/** Serves the built page on a port of its own. */
export async function servePage(): Promise<Served> {
  const files = listPageFiles(await builtPage())
  if (!files) throw new Error('the page was not built')
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    void files.read(path).then((file) => {
      if (!file) return void answer.writeHead(404).end()
      answer.writeHead(200, file.headers).end(file.body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        server.closeAllConnections()
      }),
  }
}
