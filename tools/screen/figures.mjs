/**
 * A figure of the election is drawn by something that knows how far it can be trusted.
 *
 * What is looked for: a JSX child that is a figure's field itself (`{row.attended}`) or one made into text (`{format.number(row.attended)}`,
 * `{format.share(a, b)}`), with nothing around it in its file that carries doubt. Carrying is: being drawn inside one of the components
 * below, or inside an element with `data-trust`. Figures inside sentences (`t('…', { n: format.number(…) })`) and in labels are not looked at.
 */
import ts from 'typescript'
import { elementName, placeIn, walk } from './source.mjs'
import { drawnSides } from './words.mjs'

/** @typedef {import('./source.mjs').Source} Source */

/** Fields of the contract that are figures of the election and can be in doubt. */
const FIGURES = new Set([
  ...['attended', 'pending', 'pendingAttendance', 'attendedLast', 'm15', 'm30', 'm60'],
  ...['guarantees', 'pledged', 'confirmed', 'notAvailable', 'pledgedAttended', 'pledgedSeen', 'seen'],
  ...['votes', 'votesVerified', 'votesSoFar', 'ballotsCast', 'ballotsInvalid', 'committeesCounted', 'counted'],
])
/** Components that draw what is inside them as far as it can be trusted. */
const CARRIERS = new Set(['Figure', 'Fact', 'TrustedFigure', 'Doubtful'])
/** What makes a number into text. */
const FORMATS = new Set(['number', 'share', 'plain'])

/**
 * @param {readonly Source[]} sources
 * @param {ReadonlyMap<string, string>} known file and field that are not figures of the election although they sound so, with the reason
 * @returns {string[]}
 */
export function bareFigures(sources, known) {
  /** @type {string[]} */
  const found = []
  for (const source of sources)
    walk(source.tree, (node) => {
      if (!ts.isJsxExpression(node) || !node.expression || ts.isJsxAttribute(node.parent)) return
      const field = figureIn(node.expression)
      if (field === null || known.has(`${source.path} ${field}`) || isCarried(node)) return
      found.push(
        `${placeIn(source, node)}: the figure ${field} is drawn without its doubt: draw it with <Figure> or inside data-trust`,
      )
    })
  return found
}

/**
 * The field that is drawn, where it is one of the election's figures.
 * @param {ts.Expression} node
 * @returns {string | null}
 */
function figureIn(node) {
  if (ts.isPropertyAccessExpression(node)) return FIGURES.has(node.name.text) ? node.name.text : null
  if (ts.isIdentifier(node)) return FIGURES.has(node.text) ? node.text : null
  if (ts.isParenthesizedExpression(node)) return figureIn(node.expression)
  if (ts.isConditionalExpression(node)) return figureIn(node.whenTrue) ?? figureIn(node.whenFalse)
  if (ts.isBinaryExpression(node)) return firstIn(drawnSides(node))
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  if (!FORMATS.has(node.expression.name.text)) return null
  return firstIn(node.arguments)
}

/**
 * @param {readonly ts.Expression[]} nodes
 * @returns {string | null}
 */
function firstIn(nodes) {
  for (const node of nodes) {
    const field = figureIn(node)
    if (field !== null) return field
  }
  return null
}

/** @param {ts.Node} node */
function isCarried(node) {
  for (let each = node.parent; each; each = each.parent) {
    const name = elementName(each)
    if (name !== null && (CARRIERS.has(name) || hasTrust(each))) return true
  }
  return false
}

/** @param {ts.Node} node */
const hasTrust = (node) =>
  ts.isJsxElement(node) &&
  node.openingElement.attributes.properties.some(
    (attribute) => ts.isJsxAttribute(attribute) && attribute.name.getText() === 'data-trust',
  )
