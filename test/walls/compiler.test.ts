import { join } from 'node:path'
import { ESLint } from 'eslint'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'

/** Starting a compiler takes seconds when the machine is busy. */
const COMPILER_LIMIT_MS = 60_000

/** What the compiler says about one planted file under the settings of the core. */
function compileInCore(text: string): string[] {
  const settings = join(ROOT, 'tsconfig.core.json')
  const { config } = ts.readConfigFile(settings, ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: ['x.ts'] }, ts.sys, ROOT)
  const planted = join(ROOT, 'src/core/planted.ts')
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, target) =>
    name === planted ? ts.createSourceFile(name, text, target, true) : read(name, target)
  const program = ts.createProgram([planted], options, host)
  const source = program.getSourceFile(planted)
  return program
    .getSemanticDiagnostics(source)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

describe('the core compiles without a host', () => {
  test.each([
    'process.pid',
    'document.title',
    'window.location',
    'setTimeout(() => {}, 1)',
    'console.log(1)',
    'new URL("a:b")',
    'fetch("/")',
    'Buffer.from("a")',
    'crypto.randomUUID()',
    'performance.now()',
    'new WebSocket("ws://a")',
    'structuredClone({})',
  ])(
    '[C34] %s is not known there',
    (text) => {
      expect(compileInCore(`export const a = ${text}\n`).join()).toMatch(/Cannot find name/)
    },
    COMPILER_LIMIT_MS,
  )

  test(
    '[C34] plain code compiles',
    () => {
      expect(compileInCore('export const a = [1, 2].toSorted().map((n) => n * 2)\n')).toEqual([])
    },
    COMPILER_LIMIT_MS,
  )
})

describe('the checked-in configuration', () => {
  const eslint = new ESLint({ cwd: ROOT })

  test('[C30] every wall stands in it', async () => {
    const rulesOf = async (file: string) => {
      const { rules } = await eslint.calculateConfigForFile(join(ROOT, file))
      return Object.entries(rules)
        .filter((entry): entry is [string, [number]] => Array.isArray(entry[1]) && entry[1][0] === 2)
        .map(([name]) => name)
    }
    const walls = [
      'tallydesk/walls',
      'tallydesk/port-rooms',
      'tallydesk/no-barrel',
      'tallydesk/cast-says-why',
      'max-lines',
    ]
    expect(await rulesOf('src/core/core.ts')).toEqual(
      expect.arrayContaining([...walls, 'no-restricted-properties', 'no-restricted-syntax', 'max-lines-per-function']),
    )
    expect(await rulesOf('src/renderer/src/main.tsx')).toEqual(
      expect.arrayContaining([...walls, 'react-hooks/rules-of-hooks', 'react-hooks/exhaustive-deps']),
    )
    expect(await rulesOf('tools/bootstrap/lock.mjs')).toContain('tallydesk/walls')
  })

  test(
    '[C38] what only a compiler can see is refused',
    async () => {
      const text = `
type Kind = 'a' | 'b'
export const anything = (x: any) => x
export const later = async () => 1
export function start(): void {
  later()
}
export function choose(kind: Kind): number {
  switch (kind) {
    case 'a':
      return 1
  }
  return 0
}
export const first = (list: number[]) => list[0]!
export const heed = (list: number[]) => list.filter(async () => true)
`
      // The text stands in for a file that exists, since only those belong to a compiler's project.
      const [result] = await eslint.lintText(text, { filePath: join(ROOT, 'src/shared/result.ts') })
      expect(result?.messages.map((message) => message.ruleId).sort()).toEqual([
        '@typescript-eslint/no-explicit-any',
        '@typescript-eslint/no-floating-promises',
        '@typescript-eslint/no-misused-promises',
        '@typescript-eslint/no-non-null-assertion',
        '@typescript-eslint/switch-exhaustiveness-check',
      ])
    },
    COMPILER_LIMIT_MS,
  )
})
