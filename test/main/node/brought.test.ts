import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { bringTo, sweepBrought } from '../../../src/main/node/brought.ts'

const dirs: string[] = []
const place = () => {
  const dir = mkdtempSync(join(tmpdir(), 'brought-test-'))
  dirs.push(dir)
  return dir
}
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true })
})

test('[T41] what is no journal is not opened, and dropped it leaves nothing', () => {
  const dir = place()
  const brought = bringTo(dir)
  if (!brought.ok) throw new Error(brought.error.detail)
  expect(brought.value.add(Buffer.from('no journal').toString('base64'))).toEqual({ ok: true, value: null })
  expect(brought.value.open().ok).toBe(false)
  brought.value.drop()
  expect(readdirSync(dir)).toEqual([])
})

test('[T41] a data directory that is gone refuses it by name', () => {
  expect(bringTo(join(place(), 'nowhere'))).toMatchObject({ ok: false, error: { is: expect.any(String) } })
})

test('[T40] what a death left is taken away at the start, and nothing else', () => {
  const dir = place()
  bringTo(dir)
  mkdirSync(join(dir, 'journals'))
  writeFileSync(join(dir, 'settings.json'), '{}')
  sweepBrought(dir)
  expect(readdirSync(dir).toSorted()).toEqual(['journals', 'settings.json'])
  expect(existsSync(join(dir, 'settings.json'))).toBe(true)
})
