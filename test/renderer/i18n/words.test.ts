import { expect, test } from 'vitest'
import { contract } from '../../../src/shared/contract.ts'
import { CauseCode, LinkState } from '../../../src/shared/model/link.ts'
import { TOPICS } from '../../../src/shared/model/change.ts'
import { Phase } from '../../../src/shared/model/records.ts'
import { DoubtCause } from '../../../src/shared/model/trust.ts'
import { Role, VaultView } from '../../../src/shared/view/session.ts'
import { ar } from '../../../src/renderer/src/i18n/ar.ts'
import { en } from '../../../src/renderer/src/i18n/en.ts'

type Words = { readonly [key: string]: string | Words }
const PLURAL = /_(zero|one|two|few|many|other)$/

function flat(words: Words, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(words)) {
    if (typeof value === 'string') found.set(`${path}${key}`, value)
    else for (const [name, text] of flat(value, `${path}${key}.`)) found.set(name, text)
  }
  return found
}
const english = flat(en)
const arabic = flat(ar)
const bases = (words: Map<string, string>) => new Set([...words.keys()].map((key) => key.replace(PLURAL, '')))
const plurals = (words: Map<string, string>) =>
  new Set([...words.keys()].filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')))

test('[V10] English and Arabic have the same words', () => {
  expect([...bases(arabic)].sort()).toEqual([...bases(english)].sort())
  expect([...plurals(arabic)].sort()).toEqual([...plurals(english)].sort())
})

test('[V10] every counted word has all the plural forms of its language', () => {
  const forms = (locale: string) => new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  for (const [words, locale] of [
    [english, 'en'],
    [arabic, 'ar'],
  ] as const) {
    for (const base of plurals(words)) {
      for (const form of forms(locale)) expect(words.has(`${base}_${form}`), `${locale} ${base}_${form}`).toBe(true)
    }
  }
})

test('[V10] no word is empty and both languages fill in the same values', () => {
  const values = (text: string) => new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]))
  const known = new Map<string, Set<string | undefined>>()
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe('')
    const base = key.replace(PLURAL, '')
    known.set(base, new Set([...(known.get(base) ?? []), ...values(text)]))
  }
  for (const [key, text] of arabic) {
    expect(text.trim(), key).not.toBe('')
    for (const value of values(text)) expect(known.get(key.replace(PLURAL, '')), key).toContain(value)
  }
})

test('[V8] every failure a command can have is told in words that say what to do', () => {
  const errors = new Set(Object.values(contract.commands).flatMap((command) => command.errors as readonly string[]))
  for (const code of [...errors, 'rejected-input', 'internal', 'disconnected']) {
    const words = english.get(`common.error.${code}`)
    expect(words, code).toBeDefined()
    expect(words?.length, code).toBeGreaterThan(20)
    expect(arabic.has(`common.error.${code}`), code).toBe(true)
  }
})

test('[V9] every state, cause, doubt, topic, phase, role and vault has its own words', () => {
  const named = [
    ...LinkState.options.flatMap((state) => [`link.state.${state}`, `link.means.${state}`]),
    ...CauseCode.options.map((code) => `link.cause.${code}`),
    ...DoubtCause.options.map((cause) => `common.doubt.${cause}`),
    ...TOPICS.map((topic) => `common.topic.${topic}`),
    ...Phase.options.map((phase) => `frame.phase.${phase}`),
    ...Role.options.map((role) => `frame.role.${role}`),
    ...VaultView.options.flatMap((vault) => [`frame.vault.${vault}`, `frame.vaultShort.${vault}`]),
  ]
  for (const key of named) {
    expect(english.has(key), key).toBe(true)
    expect(arabic.has(key), key).toBe(true)
  }
  const causes = CauseCode.options.map((code) => english.get(`link.cause.${code}`))
  expect(new Set(causes).size).toBe(causes.length)
})
