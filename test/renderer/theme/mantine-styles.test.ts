import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const source = join(root, 'src/renderer/src')
const sheets = join(root, 'node_modules/@mantine/core/styles')
const listed = readFileSync(join(source, 'theme/mantine-styles.ts'), 'utf8')

/** Every component the page takes from Mantine. */
const drawn = new Set(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tsx'))
    .flatMap((path) => [
      ...readFileSync(join(source, path), 'utf8').matchAll(/import \{([^}]+)\} from '@mantine\/core'/g),
    ])
    .flatMap((match) => (match[1] ?? '').split(','))
    .map((name) => name.replace(/\btype\b/, '').trim()),
)

test('[V64] the page has the styles of every component it draws, and not the whole sheet', () => {
  expect(drawn.size).toBeGreaterThan(10)
  for (const name of drawn) {
    if (existsSync(join(sheets, `${name}.css`))) expect(listed, name).toContain(`/${name}.css'`)
  }
  expect(listed).not.toContain('core/styles.css')
})

test('[V64] the charts are no part of what is read before the first paint', () => {
  const eager = new Set<string>()
  const follow = (path: string) => {
    if (eager.has(path)) return
    eager.add(path)
    const text = readFileSync(path, 'utf8')
    for (const [, to = ''] of text.matchAll(/^(?:import|export)\b[^'\n]*(?:'|\n[^']*')(\.[^']+\.tsx?)'/gm)) {
      follow(join(path, '..', to))
    }
  }
  follow(join(source, 'main.tsx'))
  expect(eager.size).toBeGreaterThan(80)
  for (const path of eager) expect(readFileSync(path, 'utf8'), path).not.toMatch(/from 'recharts'/)
})
