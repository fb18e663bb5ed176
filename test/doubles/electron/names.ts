import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** The classes and interfaces of a file: their public members, statics and events, read from the text. */
export type Shape = {
  readonly members: Set<string>
  readonly statics: Set<string>
  readonly events: Set<string>
  /** Names of what it extends. */
  readonly above: Set<string>
}

export function shapesIn(path: string): ReadonlyMap<string, Shape> {
  const shapes = new Map<string, Shape>()
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node) => {
    if (ts.isClassDeclaration(node) || ts.isInterfaceDeclaration(node)) addShape(node, shapes)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return shapes
}

/** Everything of one kind that a class or interface has, with what it inherits. */
export function allOf(
  shapes: ReadonlyMap<string, Shape>,
  name: string,
  part: 'members' | 'statics' | 'events',
): Set<string> {
  const shape = shapes.get(name)
  const above = [...(shape?.above ?? [])].flatMap((one) => [...allOf(shapes, one, part)])
  return new Set([...(shape?.[part] ?? []), ...above])
}

/** What a program may import from Electron in main, with the type of each: a class is its own. */
export function mainExports(path: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node) => {
    if (ts.isModuleDeclaration(node) && ['Main', 'Common'].includes(node.name.text)) addExports(node, found)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function addShape(node: ts.ClassDeclaration | ts.InterfaceDeclaration, shapes: Map<string, Shape>) {
  const name = node.name?.text ?? ''
  const shape = shapes.get(name) ?? { members: new Set(), statics: new Set(), events: new Set(), above: new Set() }
  shapes.set(name, shape)
  for (const type of node.heritageClauses?.flatMap((clause) => clause.types) ?? []) {
    const above = type.expression.getText().split('.').at(-1) ?? ''
    if (above !== name) shape.above.add(above)
  }
  for (const member of node.members) addMember(member, shape)
}

function addMember(member: ts.ClassElement | ts.TypeElement, shape: Shape) {
  const { name } = member
  if (name === undefined || !ts.isIdentifier(name)) return
  const modifiers = ts.canHaveModifiers(member) ? (ts.getModifiers(member) ?? []) : []
  const isStatic = modifiers.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword)
  ;(isStatic ? shape.statics : shape.members).add(name.text)
  if (name.text !== 'on' || !(ts.isMethodDeclaration(member) || ts.isMethodSignature(member))) return
  const type = member.parameters[0]?.type
  if (type !== undefined && ts.isLiteralTypeNode(type)) shape.events.add(type.literal.getText().slice(1, -1))
}

function addExports(module: ts.ModuleDeclaration, found: Map<string, string>) {
  if (module.body === undefined || !ts.isModuleBlock(module.body)) return
  for (const statement of module.body.statements) {
    if (ts.isClassDeclaration(statement) && statement.name !== undefined)
      found.set(statement.name.text, statement.name.text)
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, type } of statement.declarationList.declarations)
      found.set(name.getText(), type?.getText() ?? '')
  }
}
