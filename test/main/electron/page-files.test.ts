import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answer, fileFor } from '../../../src/main/electron/page-files.ts'

let folder = ''
let root = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'))
  root = join(folder, 'page')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  await writeFile(join(root, 'assets/a b.js'), 'export {}')
  await writeFile(join(folder, 'secret.txt'), 'secret')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const ask = (address: string, method = 'GET') => answer(root, new Request(address, { method }))

describe('the page folder', () => {
  test.each([
    ['app://tallydesk/', 'text/html; charset=utf-8'],
    ['app://tallydesk/index.html?x#y', 'text/html; charset=utf-8'],
    ['app://tallydesk/assets/a%20b.js', 'text/javascript; charset=utf-8'],
  ])('[S70] %s is served', async (address, type) => {
    const response = await ask(address)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe(type)
  })

  test.each([
    'app://tallydesk/../../etc/passwd',
    'app://tallydesk/../secret.txt',
    'app://tallydesk/%2e%2e/secret.txt',
    'app://tallydesk/..%2fsecret.txt',
    'app://tallydesk/..%5csecret.txt',
    'app://tallydesk/assets/..%2f..%2fsecret.txt',
    'app://tallydesk/%00',
    'app://tallydesk/%',
    'app://tallydesk//etc/passwd',
    'app://tallydesk/assets',
    'app://tallydesk/none.html',
    'app://elsewhere/index.html',
    'https://tallydesk/index.html',
  ])('[S70] %s is not found', async (address) => {
    expect((await ask(address)).status).toBe(404)
  })

  test('[S70] no address names a file outside the folder', () => {
    expect(fileFor(root, 'app://tallydesk/..%2fsecret.txt')).toBeNull()
    expect(fileFor(root, 'app://tallydesk/assets/x.js')).toBe(join(root, 'assets/x.js'))
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('[S71] %s is refused', async (method) => {
    expect((await ask('app://tallydesk/', method)).status).toBe(405)
  })

  test('[S71] HEAD answers without a body', async () => {
    const response = await ask('app://tallydesk/', 'HEAD')
    expect([response.status, await response.text()]).toEqual([200, ''])
  })

  test.each(['app://tallydesk/', 'app://tallydesk/none.html'])(
    '[S72] %s carries every guarding header',
    async (address) => {
      const { headers } = await ask(address)
      const policy = headers.get('content-security-policy') ?? ''
      for (const part of ["default-src 'none'", "script-src 'self'", "connect-src 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(part)
      }
      expect(policy).not.toMatch(/unsafe-eval|\*|https?:/)
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    },
  )
})
