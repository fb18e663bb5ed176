/**
 * Words on screen come from the word books, in both languages; and every word in a book is on a screen.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'
import { placeIn, walk } from './source.mjs'

/** @typedef {import('./source.mjs').Source} Source */

/** Attributes people read or hear. */
const SPOKEN = new Set([
  ...['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'alt', 'placeholder'],
  ...['label', 'description', 'error', 'heading', 'text', 'hint', 'caption'],
])
/** A word of any language: two letters side by side. */
const WORD = /\p{L}{2}/u
/** The same in every language. */
const NAMES = new Set(['Tallydesk'])

/** @param {string} text */
const isWords = (text) => WORD.test(text) && !NAMES.has(text.trim())

/**
 * The literal parts of what is put on the screen: a text, or those of a choice between texts.
 * @param {ts.Expression} node
 * @returns {string[]}
 */
function literals(node) {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  if (ts.isConditionalExpression(node)) return [...literals(node.whenTrue), ...literals(node.whenFalse)]
  if (ts.isBinaryExpression(node)) return drawnSides(node).flatMap(literals)
  return ts.isParenthesizedExpression(node) ? literals(node.expression) : []
}

/**
 * What of `a && b`, `a ?? b` or `a + b` can come out of it; of a comparison nothing does.
 * @param {ts.BinaryExpression} node
 * @returns {ts.Expression[]}
 */
export function drawnSides({ left, right, operatorToken }) {
  switch (operatorToken.kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken:
      return [right]
    case ts.SyntaxKind.BarBarToken:
    case ts.SyntaxKind.QuestionQuestionToken:
    case ts.SyntaxKind.PlusToken:
      return [left, right]
    default:
      return []
  }
}

/** What a technician types is the same in every language. */
const isTyped = (/** @type {ts.Node} */ node) =>
  ts.isJsxElement(node.parent) && node.parent.openingElement.tagName.getText() === 'code'

/**
 * Texts that are written into a view.
 * @param {readonly Source[]} sources
 * @returns {string[]}
 */
export function hardCoded(sources) {
  /** @type {string[]} */
  const found = []
  for (const source of sources)
    walk(source.tree, (node) => {
      const texts = textsOf(node)
      for (const text of texts.filter(isWords))
        found.push(
          `${placeIn(source, node)}: "${text.trim()}" is written into the view: put it into both word books and say t(…)`,
        )
    })
  return found
}

/**
 * @param {ts.Node} node
 * @returns {string[]}
 */
function textsOf(node) {
  if (ts.isJsxText(node)) return isTyped(node) ? [] : [node.text]
  if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) return literals(node.expression)
  if (!ts.isJsxAttribute(node) || !SPOKEN.has(node.name.getText()) || !node.initializer) return []
  if (ts.isStringLiteral(node.initializer)) return [node.initializer.text]
  const { expression } = /** @type {ts.JsxExpression} */ (node.initializer)
  return expression ? literals(expression) : []
}

/** Forms of one word by number; a key without them counts as the same word. */
const PLURAL = /_(?:zero|one|two|few|many|other)$/

/**
 * Keys of a word book, plural forms as one.
 * @param {unknown} book
 * @param {string} [under]
 * @returns {string[]}
 */
export function keysOf(book, under = '') {
  if (typeof book !== 'object' || book === null) return [under.replace(PLURAL, '')]
  const keys = Object.entries(book).flatMap(([name, value]) => keysOf(value, under === '' ? name : `${under}.${name}`))
  return [...new Set(keys)]
}

/**
 * @param {string} root
 * @returns {Promise<{ en: string[], ar: string[] }>}
 */
export async function wordBooks(root) {
  const at = (/** @type {string} */ name) => pathToFileURL(join(root, `src/renderer/src/i18n/${name}.ts`)).href
  const [{ en }, { ar }] = await Promise.all([import(at('en')), import(at('ar'))])
  return { en: keysOf(en), ar: keysOf(ar) }
}

/**
 * What a text in the source may mean as a key: itself, or a form with holes where something is put in.
 * @param {ts.Node} node
 * @returns {string | RegExp | null}
 */
function keyForm(node) {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return null
  const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)]
  const escaped = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.+')}$`)
}

/**
 * Keys said and not in the books, keys of one book only, keys nobody says.
 * @param {readonly Source[]} sources
 * @param {{ en: readonly string[], ar: readonly string[] }} books
 * @returns {string[]}
 */
export function wordFaults(sources, books) {
  const [en, ar] = [new Set(books.en), new Set(books.ar)]
  /** @type {Set<string>} */
  const said = new Set()
  /** @type {RegExp[]} */
  const forms = []
  /** @type {string[]} */
  const faults = []
  for (const source of sources)
    walk(source.tree, (node) => {
      const form = keyForm(node)
      if (form instanceof RegExp) forms.push(form)
      else if (form !== null) said.add(form.replace(PLURAL, ''))
      const key = saidKey(node)
      if (key !== null && !en.has(key)) faults.push(`${placeIn(source, node)}: t('${key}') is in no word book`)
    })
  // A form that is all hole would hold every key; those with a word of the books before the hole are meant.
  const meant = forms.filter((form) => /^\^[a-z]\w*\\\./i.test(form.source))
  for (const key of en) {
    if (!ar.has(key)) faults.push(`${key}: is in English and not in Arabic`)
    if (!said.has(key) && !meant.some((form) => form.test(key)))
      faults.push(`${key}: nobody says it; take it out of both books`)
  }
  for (const key of ar) if (!en.has(key)) faults.push(`${key}: is in Arabic and not in English`)
  return faults
}

/**
 * The literal key of a call of `t`.
 * @param {ts.Node} node
 * @returns {string | null}
 */
function saidKey(node) {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 't') return null
  const [first] = node.arguments
  return first && ts.isStringLiteralLike(first) ? first.text : null
}
