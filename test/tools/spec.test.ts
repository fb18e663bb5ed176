import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'
import { rulesIn, titlesIn } from '../../tools/spec/spec.mjs'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tallydesk-spec-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function plant(path: string, content: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

const check = () => spawnSync(process.execPath, [join(ROOT, 'tools/spec/main.mjs'), root], { encoding: 'utf8' })

test('[C39] each planted fault is listed with its place, and the check fails', () => {
  plant('docs/spec/link.md', '# Link\n\n- **Z1** Tested.\n- **Z2** Not tested.\n- **Z3** Twice.\n')
  plant('docs/spec/wire.md', '- **Z3** Twice.\n')
  plant(
    'test/a.test.ts',
    `test('[Z1] good', () => {})\ntest('[Z3] good', () => {})\ntest('says nothing', () => {})\ntest('[Z9] unknown', () => {})\n`,
  )
  const { status, stderr, stdout } = check()
  expect(stderr.trim().split('\n')).toEqual([
    'docs/spec/link.md:5 defines Z3 again (docs/spec/wire.md:1)',
    'docs/spec/link.md:4 rule Z2 has no test',
    'test/a.test.ts:3 test says no rule: "says nothing"',
    'test/a.test.ts:4 test of rule Z9, which is not in docs/spec',
  ])
  expect(stdout).toContain('4 rules, 4 tests, 4 faults')
  expect(status).toBe(1)
})

test('[C39] a checkout whose rules and tests agree passes', () => {
  plant('docs/spec/link.md', '- **Z1** Tested.\n')
  plant('test/deep/a.test.tsx', `test('[Z1] good', () => {})`)
  expect(check().status).toBe(0)
})

test('[C39] a file of rules that the index does not list is a fault', () => {
  plant('docs/spec/link.md', '- **Z1** Tested.\n')
  plant('docs/spec/wire.md', '- **Z2** Tested.\n')
  plant('docs/SPEC.md', '[link](spec/link.md)')
  plant('test/a.test.ts', `test('[Z1][Z2] good', () => {})`)
  const { status, stderr } = check()
  expect([status, stderr.trim()]).toEqual([1, 'docs/SPEC.md does not list docs/spec/wire.md'])
})

test('[C39] only a line of the list is a rule', () => {
  const text = '# Z0: title\nText about **Z1** and more.\n- **Z2** A rule.\n- **Z3**\n* **Z4b** Another.\n'
  expect(rulesIn(text, 'x.md').map((rule) => rule.id)).toEqual(['Z2', 'Z4b'])
})

test.each([
  [`test('[Z1] plain', () => {})`, ['Z1']],
  [`it("[Z1][Z2] two rules", () => {})`, ['Z1', 'Z2']],
  ['test(`[Z1] ${name} in a template`, () => {})', ['Z1']],
  [`test('[Z1] added ' + name, () => {})`, ['Z1']],
  [`test.each([[1], [2]])('[Z1] table %d', () => {})`, ['Z1']],
  ['test.each`a | b`("[Z1] tagged table", () => {})', ['Z1']],
  [`test.skipIf(!browser)('[Z1] conditional', { timeout: 5 }, () => {})`, ['Z1']],
  [`test.concurrent.for(rows)('[Z1] chained', () => {})`, ['Z1']],
  [`test(\`\${id} computed\`, () => {})`, []],
  [`test('late [Z1] id', () => {})`, []],
])('[C39] the title is found in %s', (text, ids) => {
  expect(titlesIn(text, 'a.test.ts').map((title) => title.ids)).toEqual([ids])
})

test('[C39] what only looks like a test is none', () => {
  expect(
    titlesIn(`/x/.test('a', 1); describe('b', () => {}); test.extend({ a: 1 }, 2); "test('c', d)"`, 'a.test.ts'),
  ).toEqual([])
})
