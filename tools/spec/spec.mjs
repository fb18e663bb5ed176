/**
 * Compares the rules of docs/spec with the titles of the tests. Reads both as text: nothing is run.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** @typedef {{ id: string, at: string }} Rule `at` is "file:line" */
/** @typedef {{ ids: readonly string[], at: string, title: string }} Title */

/** A rule: `- **B7** One sentence.` */
const RULE = /^\s*[-*] \*\*([A-Z]\d+[a-z]?)\*\*\s+\S/

/** A title's ids: `[B7] …`, or `[B7][B8] …` for a test of two rules. */
const TITLE = /^((?:\[[A-Z]\d+[a-z]?\]\s*)+)/

/** What may be said between `test` and its title. */
const MODIFIERS = new Set([
  'each',
  'for',
  'only',
  'skip',
  'skipIf',
  'runIf',
  'concurrent',
  'sequential',
  'fails',
  'todo',
])

/**
 * @param {string} folder
 * @param {RegExp} name
 * @returns {string[]}
 */
function filesBelow(folder, name) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {Rule[]}
 */
export function rulesIn(text, file) {
  return text.split('\n').flatMap((line, index) => {
    const id = RULE.exec(line)?.[1]
    return id === undefined ? [] : [{ id, at: `${file}:${index + 1}` }]
  })
}

/**
 * @param {string} text
 * @param {string} file
 * @returns {Title[]}
 */
export function titlesIn(text, file) {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, kind)
  /** @type {Title[]} */
  const titles = []
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && declaresTest(node.expression) && node.arguments.length > 1) {
      const title = leadingText(/** @type {ts.Expression} */ (node.arguments[0]))
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      const ids = [...(TITLE.exec(title)?.[1] ?? '').matchAll(/[A-Z]\d+[a-z]?/g)].map((match) => match[0])
      titles.push({ ids, at: `${file}:${line}`, title })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return titles
}

/**
 * Whether calling this declares a test: `test`, `it.skipIf(x)`, `test.each(rows)` …
 * @param {ts.Expression} callee
 * @returns {boolean}
 */
function declaresTest(callee) {
  if (ts.isIdentifier(callee)) return callee.text === 'test' || callee.text === 'it'
  if (ts.isCallExpression(callee))
    return ts.isPropertyAccessExpression(callee.expression) && declaresTest(callee.expression)
  if (ts.isTaggedTemplateExpression(callee)) return declaresTest(callee.tag)
  if (!ts.isPropertyAccessExpression(callee) || !MODIFIERS.has(callee.name.text)) return false
  return declaresTest(callee.expression)
}

/**
 * The text a title starts with, as far as it stands in the source.
 * @param {ts.Expression} title
 * @returns {string}
 */
function leadingText(title) {
  if (ts.isStringLiteralLike(title)) return title.text
  if (ts.isTemplateExpression(title)) return title.head.text
  if (ts.isBinaryExpression(title)) return leadingText(title.left)
  return ''
}

/**
 * What is wrong, one line each; empty when every rule is tested and every test says its rule.
 * @param {readonly Rule[]} rules
 * @param {readonly Title[]} titles
 * @returns {string[]}
 */
export function compare(rules, titles) {
  const known = new Map(rules.map((rule) => [rule.id, rule.at]))
  const tested = new Set(titles.flatMap((title) => title.ids))
  return [
    ...rules
      .filter((rule) => known.get(rule.id) !== rule.at)
      .map((rule) => `${rule.at} defines ${rule.id} again (${known.get(rule.id)})`),
    ...rules.filter((rule) => !tested.has(rule.id)).map((rule) => `${rule.at} rule ${rule.id} has no test`),
    ...titles
      .filter((title) => title.ids.length === 0)
      .map((title) => `${title.at} test says no rule: "${title.title}"`),
    ...titles.flatMap((title) =>
      title.ids.filter((id) => !known.has(id)).map((id) => `${title.at} test of rule ${id}, which is not in docs/spec`),
    ),
  ]
}

/**
 * Reads one checkout.
 * @param {string} root
 */
export function readSpec(root) {
  /** @param {string} file */
  const place = (file) => relative(root, file).split(sep).join('/')
  const rules = filesBelow(join(root, 'docs/spec'), /\.md$/).flatMap((file) =>
    rulesIn(readFileSync(file, 'utf8'), place(file)),
  )
  const index = existsSync(join(root, 'docs/SPEC.md')) ? readFileSync(join(root, 'docs/SPEC.md'), 'utf8') : undefined
  const unlisted = filesBelow(join(root, 'docs/spec'), /\.md$/)
    .map((file) => relative(join(root, 'docs'), file).split(sep).join('/'))
    .filter((file) => index !== undefined && !index.includes(`(${file})`))
    .map((file) => `docs/SPEC.md does not list docs/${file}`)
  const titles = filesBelow(join(root, 'test'), /\.tsx?$/).flatMap((file) =>
    titlesIn(readFileSync(file, 'utf8'), place(file)),
  )
  return { rules, titles, faults: [...compare(rules, titles), ...unlisted] }
}
