import { expect, test } from 'vitest'
import { defaultDataDir } from '../../../src/main/cli/out.ts'
import { readStartOptions } from '../../../src/main/cli/start-options.ts'

test('[C76] a wall begins with the server it knows or none, and keeps a data directory of its own', () => {
  const wall = readStartOptions(['--wall'])
  expect(wall).toMatchObject({ ok: true, value: { wall: true, kiosk: false, begin: { is: 'known' } } })
  expect(wall.ok && wall.value.dataDir).toBe(`${defaultDataDir()}-wall`)
  const named = readStartOptions(['--wall', '--server', 'https://hub.example', '--data', '/somewhere'])
  expect(named).toMatchObject({ value: { begin: { is: 'server', url: 'https://hub.example' }, dataDir: '/somewhere' } })
})

test('[C76] a wall is neither a kiosk, nor a replay, nor safe mode', () => {
  for (const other of [['--kiosk'], ['--replay', 'day.journal'], ['--safe']])
    expect(readStartOptions(['--wall', ...other])).toMatchObject({ ok: false, error: /--wall/ })
})
