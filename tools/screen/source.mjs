/**
 * The window's own source as trees. Read as text: nothing is run.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'

/** @typedef {{ path: string, tree: ts.SourceFile }} Source */

/** Made-up data for developers, and the word books themselves. */
const NOT_SCREEN = /^(?:dev\/|i18n\/(?:en|ar)[./])/

/**
 * Every file of the window that can put words or figures on a screen.
 * @param {string} root the checkout
 * @returns {Source[]}
 */
export function windowSources(root) {
  const folder = join(root, 'src/renderer/src')
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !NOT_SCREEN.test(relative(folder, path).replaceAll(sep, '/')))
    .sort()
    .map((path) => ({ path: relative(root, path).replaceAll(sep, '/'), tree: parse(path, readFileSync(path, 'utf8')) }))
}

/**
 * @param {string} path
 * @param {string} text
 */
export const parse = (path, text) =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  )

/**
 * @param {ts.Node} node
 * @param {(node: ts.Node) => void} visit
 */
export function walk(node, visit) {
  visit(node)
  node.forEachChild((child) => walk(child, visit))
}

/**
 * @param {Source} source
 * @param {ts.Node} node
 */
export const placeIn = ({ path, tree }, node) =>
  `${path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`

/**
 * The name of a JSX element: `Figure`, `svg`, `Popover.Target`.
 * @param {ts.Node} node
 * @returns {string | null}
 */
export function elementName(node) {
  if (ts.isJsxElement(node)) return node.openingElement.tagName.getText()
  return ts.isJsxSelfClosingElement(node) ? node.tagName.getText() : null
}
