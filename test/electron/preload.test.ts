import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { buildPreload } from './preload-build.ts'

test('[S66] the built preload is one CommonJS file whose only require is electron', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'preload-'))
  try {
    const files = await buildPreload(folder)
    expect([...files.keys()]).toEqual(['index.cjs'])
    expect(await readdir(folder)).toEqual(['index.cjs'])
    const text = files.get('index.cjs') ?? ''
    expect([...text.matchAll(/require\(([^)]*)\)/g)].map((match) => match[1])).toEqual([
      expect.stringMatching(/^["'`]electron["'`]$/),
    ])
    expect(text).not.toMatch(/\bimport\b\s*[({'"*]|\bexport\b\s*[{*]/)
    expect(text).not.toContain('contextBridge')
    expect(text.length).toBeLessThan(3_000)
  } finally {
    await rm(folder, { recursive: true })
  }
})
