import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small built page, with a link that leads out of it. */
export function builtPage(): { dir: string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'page-'))
  const dir = join(root, 'renderer')
  mkdirSync(join(dir, 'assets'), { recursive: true })
  writeFileSync(
    join(dir, 'index.html'),
    '<!doctype html><title>Tallydesk</title><script type="module" src="/assets/index-AbC123xy.js"></script>',
  )
  writeFileSync(join(dir, 'assets', 'index-AbC123xy.js'), 'document.title = "ran"')
  writeFileSync(join(dir, 'assets', 'plex-DdEeFf01.woff2'), Buffer.from([0, 1, 2]))
  writeFileSync(join(root, 'secret.txt'), 'outside the page')
  symlinkSync(join(root, 'secret.txt'), join(dir, 'linked.txt'))
  symlinkSync(root, join(dir, 'up'))
  return { dir, remove: () => rmSync(root, { recursive: true }) }
}

export type Answer = {
  readonly status: number
  readonly headers: Record<string, string | string[] | undefined>
  readonly body: string
}

/** One request whose path and headers go out exactly as given: no client tidies `..` away. */
export function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${port}`, ...headers } },
      (answer) => {
        let body = ''
        answer.on('data', (part) => (body += String(part)))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
      },
    )
    sent.on('error', reject)
    sent.end()
  })
}
