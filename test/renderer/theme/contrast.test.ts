import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { contrastOf, parseColor, readableOn } from '../../../src/renderer/src/theme/contrast.ts'

const css = readFileSync(new URL('../../../src/renderer/src/theme/tokens.css', import.meta.url), 'utf8')

/** The tokens of the rule with exactly this selector. */
function tokensOf(selector: string): Record<string, string> {
  const start = css.indexOf(`\n${selector} {`)
  const body = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1], match[2]]))
}
const light = tokensOf(':root')
const dark = { ...light, ...tokensOf(':root[data-mantine-color-scheme="dark"]') }
const lightMore = { ...light, ...tokensOf(':root[data-contrast="more"]') }
const darkMore = {
  ...dark,
  ...tokensOf(':root[data-contrast="more"]'),
  ...tokensOf(':root[data-contrast="more"][data-mantine-color-scheme="dark"]'),
}

const contrast = (a: string | undefined, b: string | undefined) => {
  const [one, two] = [parseColor(a ?? ''), parseColor(b ?? '')]
  if (!one || !two) throw new Error(`not colours: ${a}, ${b}`)
  return contrastOf(one, two)
}
/** 60 % of the text over the surface, as a doubtful figure is drawn. */
function muted(tokens: Record<string, string>): string {
  const [text, ground] = [parseColor(tokens.n10 ?? ''), parseColor(tokens.n0 ?? '')]
  const mixed = [0, 1, 2].map((index) => Math.round((text?.[index] ?? 0) * 0.6 + (ground?.[index] ?? 0) * 0.4))
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

test.each([
  ['light', light, 4.5],
  ['dark', dark, 4.5],
  ['light, high contrast', lightMore, 7],
  ['dark, high contrast', darkMore, 7],
] as const)('[V43] every text of the %s theme is readable on its ground', (_, tokens, least) => {
  for (const ground of ['n0', 'n1']) {
    for (const ink of ['n10', 'n9', 'n8', 'n7', 'accent', 'alarm', 'warning', 'ok', 'doubt']) {
      expect(contrast(tokens[ink], tokens[ground]), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least)
    }
  }
  expect(contrast(tokens.warning, tokens['warning-soft']), 'warning on its soft').toBeGreaterThanOrEqual(4.5)
  expect(contrast(tokens['on-alarm'], tokens.alarm), 'on alarm').toBeGreaterThanOrEqual(4.5)
  for (const fill of ['ok-fill', 'accent-fill'])
    expect(contrast('#ffffff', tokens[fill]), `white on ${fill}`).toBeGreaterThanOrEqual(least)
})

test.each([
  ['light', light],
  ['dark', dark],
] as const)('[V1] a doubtful figure of the %s theme is muted and still readable', (_, tokens) => {
  expect(contrast(muted(tokens), tokens.n0)).toBeGreaterThanOrEqual(4.5)
  expect(contrast(muted(tokens), tokens.n0)).toBeLessThan(contrast(tokens.n10, tokens.n0))
})

test.each([
  ['light', light],
  ['dark', dark],
] as const)('[V27] the eight chart colours and the edges of fields of the %s theme reach 3:1', (_, tokens) => {
  for (const name of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'field', 'warning-line']) {
    expect(contrast(tokens[name], tokens.n0), name).toBeGreaterThanOrEqual(3)
  }
})

test('[V27] a party’s colour is kept where it can be seen and shaded where it cannot', () => {
  expect(readableOn('#1864ab', '#ffffff')).toBe('#1864ab')
  const yellow = readableOn('#ffd43b', '#ffffff') ?? ''
  expect(yellow).not.toBe('#ffd43b')
  expect(contrast(yellow, '#ffffff')).toBeGreaterThanOrEqual(3)
  expect(contrast(readableOn('#101010', '#1b1f25') ?? '', '#1b1f25')).toBeGreaterThanOrEqual(3)
  expect(readableOn('red; background: url(x)', '#ffffff')).toBeNull()
})
