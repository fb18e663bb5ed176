import { expect, test } from 'vitest'
import { needsPlainAccepted, normalUrl, NO_SETTINGS, readSettings, serverId } from '../../src/core/settings.ts'
import { memoryDisk } from '../doubles/memory-disk.ts'

test('[J30] without settings there are no servers', () => {
  expect(readSettings(memoryDisk())).toEqual({ ok: true, value: NO_SETTINGS })
})

test('[J30] settings come back as saved', () => {
  const disk = memoryDisk()
  const settings = { ...NO_SETTINGS, books: { ems: { server: 'ems', election: 3, mode: 'official' as const } } }
  disk.writeSettings(settings)
  expect(readSettings(disk)).toEqual({ ok: true, value: settings })
})

test.each([
  ['a list', [], 'settings.json'],
  ['another version', { ...NO_SETTINGS, version: 2 }, 'version'],
  ['a server without an address', { ...NO_SETTINGS, servers: [{ id: 'a' }] }, 'servers.0.name'],
  ['a mode nobody knows', { ...NO_SETTINGS, books: { a: { server: 'a', election: 1, mode: 'x' } } }, 'books.a.mode'],
])('[J30] %s is a fault that names the field and the remedy', (_what, stored, field) => {
  const disk = memoryDisk()
  disk.writeSettings(stored)
  const read = readSettings(disk)
  expect(read).toMatchObject({ ok: false, error: { is: 'corrupt' } })
  expect(read.ok ? '' : read.error.detail).toContain(field)
  expect(read.ok ? '' : read.error.detail).toContain('mend or remove it')
  expect(disk.readSettings()).toEqual({ ok: true, value: stored })
})

test.each([
  ['ems.example', 'https://ems.example'],
  [' https://EMS.Example/ ', 'https://ems.example'],
  ['http://127.0.0.1:08000///', 'http://127.0.0.1:8000'],
  ['http://[::1]:8000', 'http://[::1]:8000'],
  ['https://ems.example:443', 'https://ems.example'],
  ['http://127.0.0.1:80', 'http://127.0.0.1'],
  ['', null],
  ['https://ems.example/path', null],
  ['https://user:secret@ems.example', null],
  ['ftp://ems.example', null],
  ['https://ems.example:99999', null],
  ['https://ems example', null],
])('[J31] %j is %j', (typed, url) => {
  expect(normalUrl(typed)).toBe(url)
})

test('[J31] a server goes by a name that a profile may carry', () => {
  for (const url of ['https://ems.example', 'http://[::1]:8000', `https://${'a'.repeat(200)}.example`])
    expect(serverId(url)).toMatch(/^[a-z0-9-]{1,60}$/)
})

test.each([
  ['http://localhost:8000', false],
  ['http://127.0.0.1', false],
  ['http://127.9.9.9:1', false],
  ['http://[::1]:8000', false],
  ['https://ems.example', false],
  ['http://ems.example', true],
  ['http://localhost.ems.example', true],
  ['http://10.0.0.1:8000', true],
])('[J32] %s needs the operator’s word: %s', (url, needed) => {
  expect(needsPlainAccepted(url)).toBe(needed)
})

test('[J21] servers whose addresses differ only in signs go by different names', () => {
  const urls = ['https://a.b', 'https://a-b', 'http://a.b', 'https://a.b:8443', 'https://a-b-8443']
  expect(new Set(urls.map(serverId)).size).toBe(urls.length)
})
