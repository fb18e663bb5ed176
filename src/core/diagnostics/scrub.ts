import type { People } from './people.ts'

/** What stands in the place of what was taken out. */
const GONE = '[left out]'

/** Free text without people and without secrets. */
export type Scrub = (text: string) => string

const EMAIL = /[^\s@"'<>(),;:]+@[^\s@"'<>(),;:]+/g
/** Names are mostly Arabic here and nothing technical is written in another script than Latin. */
const OTHER_SCRIPT =
  /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+(?:[\s\p{M}]+[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+)*/gu
/** Letters written as bytes: an address may hold a name so. */
const ENCODED = /(?:%[0-9a-f]{2}){2,}/gi
const ESCAPED = /(?:\\u[0-9a-f]{4})+/gi
/** Elector and telephone numbers; also in Arabic digits, which are of the common script. */
const LONG_NUMBER = /\p{Nd}(?:[ -]?\p{Nd}){5,}/gu
/** A day, as a certificate's end is told. */
const DAY = /^20\d\d-\d\d-\d\d$/
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu

/**
 * Takes people out of free text: what looks like a telephone number, an address or a name in another script, every known
 * number, and every two words in a row that are both part of known names. `redact` takes the secrets out.
 */
export function scrubber(people: People, redact: Scrub): Scrub {
  const words = new Set<string>()
  for (const name of people.names) {
    for (const [word] of name.toLowerCase().matchAll(WORD)) if (word.length > 1) words.add(word)
  }
  const numbers = new Set(people.numbers)
  return (text) => {
    const plain = redact(text)
      .replace(EMAIL, GONE)
      .replace(OTHER_SCRIPT, GONE)
      .replace(ENCODED, GONE)
      .replace(ESCAPED, GONE)
      .replace(LONG_NUMBER, (number) => (DAY.test(number) ? number : GONE))
    return withoutKnown(plain, words, numbers)
  }
}

function withoutKnown(text: string, words: ReadonlySet<string>, numbers: ReadonlySet<string>): string {
  const found = [...text.matchAll(WORD)].map((match) => ({ word: match[0], at: match.index }))
  const isName = found.map(({ word }) => words.has(word.toLowerCase()))
  let out = ''
  let from = 0
  for (const [index, { word, at }] of found.entries()) {
    const inName = isName[index] === true && (isName[index - 1] === true || isName[index + 1] === true)
    if (!inName && !numbers.has(word)) continue
    out += `${text.slice(from, at)}${GONE}`
    from = at + word.length
  }
  return out + text.slice(from)
}
