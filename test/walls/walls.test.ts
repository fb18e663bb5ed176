import { join } from 'node:path'
import { ESLint } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'
import { wallsConfig } from '../../tools/lint/walls-config.mjs'

/** The walls alone: they need no types, so a planted file need not exist. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: true,
  overrideConfig: [{ files: ['**/*.{ts,tsx}'], languageOptions: { parser: tseslint.parser } }, ...wallsConfig],
})

/** What is said about this text, were it the content of this file. */
async function refusals(path: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, path) })
  return (result?.messages ?? []).map((message) => message.message)
}

const BREACHES: readonly (readonly [file: string, specifier: string])[] = [
  ['src/shared/result.ts', '../core/ports.ts'],
  ['src/shared/model/election.ts', 'node:fs'],
  ['src/shared/rpc/serve.ts', 'ws'],
  ['src/core/link/link.ts', '../../main/node/dial.ts'],
  ['src/core/link/link.ts', '../../hub/server.ts'],
  ['src/core/journal/fold.ts', '../../renderer/src/store/board.ts'],
  ['src/core/journal/fold.ts', 'node:sqlite'],
  ['src/core/journal/fold.ts', 'fs/promises'],
  ['src/core/session/session.ts', 'jose'],
  ['src/preload/index.ts', '../core/ports.ts'],
  ['src/preload/index.ts', '../main/electron/window.ts'],
  ['src/preload/index.ts', 'zod'],
  ['src/renderer/src/main.tsx', '../../core/core.ts'],
  ['src/renderer/src/main.tsx', '../../preload/index.ts'],
  ['src/renderer/src/ui/frame.tsx', '../../../main/kiosk/gate.ts'],
  ['src/main/node/store.ts', '../kiosk/gate.ts'],
  ['src/main/node/store.ts', '../electron/app.ts'],
  ['src/main/node/store.ts', '../../hub/server.ts'],
  ['src/main/kiosk/server.ts', '../electron/app.ts'],
  ['src/main/kiosk/server.ts', '../../hub/server.ts'],
  ['src/main/kiosk/server.ts', '../cli.ts'],
  ['src/main/electron/app.ts', '../kiosk/gate.ts'],
  ['src/main/electron/app.ts', '../../hub/server.ts'],
  ['src/main/index.ts', '../renderer/src/store/board.ts'],
  ['src/main/cli/hub.ts', '../../preload/index.ts'],
  ['src/main/host/console-host.ts', '../kiosk/shell.ts'],
  ['src/main/host/console-host.ts', '../cli/out.ts'],
  ['src/main/kiosk/server.ts', '../host/console-host.ts'],
  ['src/renderer/src/main.tsx', '../../../package.json'],
  ['src/hub/server.ts', '../core/core.ts'],
  ['src/hub/server.ts', '../main/node/log.ts'],
  ['src/core/core.ts', '../../test/doubles/clock.ts'],
]

describe('zones', () => {
  test.each(BREACHES)('[C30] %s may not import %s', async (file, specifier) => {
    const found = await refusals(file, `import { a } from '${specifier}'\nexport const b = a\n`)
    expect(found).toEqual([expect.stringMatching(/^Wall: /)])
  })

  test.each([
    `export { a } from '../../main/node/dial.ts'\nexport const b = 1`,
    `export * from '../../main/node/dial.ts'\nexport const b = 1`,
    `import type { A } from '../../main/node/dial.ts'\nexport type B = A`,
    `import '../../main/node/dial.ts'`,
    `export const load = () => import('../../main/node/dial.ts')`,
    `export type A = import('../../main/node/dial.ts').A`,
    `import dial = require('../../main/node/dial.ts')\nexport const b = dial`,
    `declare const require: (name: string) => unknown\nexport const dial = require('../../main/node/dial.ts')`,
  ])('[C30] no form of import gets through: %s', async (text) => {
    expect(await refusals('src/core/link/link.ts', `${text}\n`)).toEqual([
      'Wall: src/core may import src/shared, and not src/main/node.',
    ])
  })

  test.each([
    ['src/shared/model/election.ts', 'zod'],
    ['src/shared/rpc/serve.ts', '../port.ts'],
    ['src/core/link/link.ts', '../../shared/result.ts'],
    ['src/core/backend/hub/codec.ts', '../election/codec.ts'],
    ['src/preload/index.ts', 'electron'],
    ['src/renderer/src/features/board/board.tsx', '../../store/board.ts'],
    ['src/renderer/src/features/board/board.tsx', '../../../../shared/contract.ts'],
    ['src/renderer/src/features/board/board.tsx', 'react'],
    ['src/renderer/src/ui/frame.tsx', '../../../../resources/icon.svg'],
    ['src/main/node/store.ts', 'node:sqlite'],
    ['src/main/kiosk/server.ts', '../node/log.ts'],
    ['src/main/electron/app.ts', 'electron'],
    ['src/main/host/console-host.ts', '../../hub/hub.ts'],
    ['src/main/version.ts', '../../package.json'],
    ['src/main/cli.ts', '../hub/server.ts'],
    ['src/main/cli/watch.ts', '../host/console-host.ts'],
    ['src/main/cli/watch.ts', '../../core/core.ts'],
    ['src/hub/server.ts', 'fastify'],
  ])('[C30] %s may import %s', async (file, specifier) => {
    expect(await refusals(file, `import { a } from '${specifier}'\nexport const b = a\n`)).toEqual([])
  })

  test('[C31] a feature may import what lies below it, and no other feature', async () => {
    const file = 'src/renderer/src/features/board/board.tsx'
    expect(await refusals(file, `import { a } from './tile.tsx'\nexport const b = a\n`)).toEqual([])
    expect(await refusals(file, `import { a } from '../count/sheet.tsx'\nexport const b = a\n`)).toEqual([
      'Wall: feature board may not import feature count: move what both need below them.',
    ])
  })

  test.each([
    'src/core/core.ts',
    'src/main/node/vault.ts',
    'src/main/cli.ts',
    'src/hub/server.ts',
    'src/renderer/src/main.tsx',
  ])('[C32] %s may not import electron', async (file) => {
    expect(await refusals(file, `import { app } from 'electron'\nexport const a = app\n`)).toHaveLength(1)
    expect(await refusals(file, `export const a = () => import('electron/main')\n`)).toHaveLength(1)
  })

  test('[C32] raw messages leave a process in the port rooms only', async () => {
    const text = `import * as electron from 'electron'\nexport const a = electron.ipcMain\n`
    expect(await refusals('src/main/electron/app.ts', text)).toEqual([
      expect.stringMatching(/^Wall: ipcMain is used only in/),
    ])
    expect(await refusals('src/main/electron/window-port.ts', text)).toEqual([])
    const page = `import { ipcRenderer } from 'electron'\nexport const a = ipcRenderer\n`
    expect(await refusals('src/preload/index.ts', page)).toEqual([])
    expect((await refusals('src/preload/other.ts', page)).length).toBeGreaterThan(0)
  })

  test('[C35] a folder nobody drew a wall around is refused', async () => {
    const text = `import { a } from '../shared/result.ts'\nexport const b = a\n`
    expect(await refusals('src/util/strings.ts', text)).toEqual([
      expect.stringMatching(/^Wall: no wall is drawn around src\/util/),
    ])
    expect(await refusals('src/main/extra/strings.ts', text)).toHaveLength(1)
  })

  test.each(['ws', 'keytar', 'fastify', 'node:path', 'path', '@fastify/rate-limit'])(
    '[C36] the window may not import %s',
    async (name) => {
      const found = await refusals('src/renderer/src/store/board.ts', `import a from '${name}'\nexport const b = a\n`)
      expect(found).toEqual([expect.stringContaining('belongs to the host')])
    },
  )

  test('[C36] what runs before the installation imports nothing that must be installed', async () => {
    expect(await refusals('tools/bootstrap/lock.mjs', `import a from 'ws'\nexport const b = a\n`)).toHaveLength(1)
    expect(
      await refusals('tools/bootstrap/lock.mjs', `import a from '../suite/parts.mjs'\nexport const b = a\n`),
    ).toHaveLength(1)
    expect(await refusals('tools/bootstrap/lock.mjs', `import a from 'node:fs'\nexport const b = a\n`)).toEqual([])
  })
})

describe('rooms', () => {
  test.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'new Date',
    '(() => { const { random } = Math; return random() })()',
  ])('[C33] the core may not say %s', async (text) => {
    for (const file of ['src/core/link/link.ts', 'src/shared/result.ts']) {
      expect(await refusals(file, `export const a = ${text}\n`)).toEqual([
        expect.stringMatching(/Clock or Random port/),
      ])
    }
    expect(await refusals('src/main/node/clock.ts', `export const a = ${text}\n`)).toEqual([])
  })

  test('[C33] a date made from a number that was handed in is welcome', async () => {
    expect(await refusals('src/core/link/link.ts', 'export const a = (ms: number) => new Date(ms)\n')).toEqual([])
  })

  test('[C37] a cast says why, on its line or above', async () => {
    const file = 'src/hub/server.ts'
    const declared = 'declare const x: unknown\n'
    expect(await refusals(file, `${declared}export const a = x as string\n`)).toHaveLength(1)
    expect(await refusals(file, `${declared}export const a = <string>x\n`)).toHaveLength(1)
    expect(await refusals(file, `${declared}export const a = x as string // parsed above\n`)).toEqual([])
    expect(await refusals(file, `${declared}// parsed above\nexport const a = x as string\n`)).toEqual([])
    expect(await refusals(file, `export const a = ['b'] as const\n`)).toEqual([])
  })

  test('[C37] a barrel is refused, and a room that passes one name on is not', async () => {
    expect(
      await refusals('src/core/link/all.ts', `export * from './link.ts'\nexport { a } from './backoff.ts'\n`),
    ).toHaveLength(1)
    expect(await refusals('src/core/link/link.ts', `export { a } from './backoff.ts'\nexport const b = 1\n`)).toEqual(
      [],
    )
  })

  test('[C37] rooms, functions and components have a size', async () => {
    const lines = (count: number, line: (n: number) => string) =>
      Array.from({ length: count }, (_, n) => line(n)).join('\n')
    const body = (count: number) =>
      `export function f(g: (n: number) => void) {\n${lines(count - 2, (n) => `  g(${n})`)}\n}\n`
    const found = async (file: string, text: string) => (await refusals(file, text)).join()
    expect(
      await found(
        'src/hub/a.ts',
        lines(250, (n) => `export const a${n} = ${n}`),
      ),
    ).toBe('')
    expect(
      await found(
        'src/hub/a.ts',
        lines(251, (n) => `export const a${n} = ${n}`),
      ),
    ).toMatch(/too many lines \(251\)/)
    expect(await found('src/hub/a.ts', body(50))).toBe('')
    expect(await found('src/hub/a.ts', body(51))).toMatch(/too many lines \(51\)/)
    expect(await found('src/renderer/src/ui/a.tsx', body(100))).toBe('')
    expect(await found('src/renderer/src/ui/a.tsx', body(101))).toMatch(/too many lines \(101\)/)
  })
})
