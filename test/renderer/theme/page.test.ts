import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../../../src/renderer/index.html', import.meta.url), 'utf8')

test('[V44] the page’s own policy allows no inline script, no inline style, no eval and no other origin', () => {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe|\*|https?:|nonce|blob:/)
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/)
  expect(page).not.toMatch(/\sstyle=|<style/)
})

test('[V44] schemas are never compiled at run time: that is switched off before the first is made', () => {
  const main = readFileSync(new URL('../../../src/renderer/src/main.tsx', import.meta.url), 'utf8')
  expect(/import '(.+)'/.exec(main)?.[1]).toBe('./no-eval.ts')
})
