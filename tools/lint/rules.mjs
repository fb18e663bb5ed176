import { breach, placeOf } from './zones.mjs'

/** The only two files where a message leaves one Electron process for another. */
const PORT_ROOMS = new Set(['src/main/electron/window-port.ts', 'src/preload/index.ts'])

/** @type {import('eslint').Rule.RuleModule} */
export const walls = {
  meta: { type: 'problem', docs: { description: 'an import that goes through a wall of the house' }, schema: [] },
  create(context) {
    const importer = placeOf(context.filename)
    /** @param {any} source the node of the specifier, when it is a plain text */
    const look = (source) => {
      if (typeof source?.value !== 'string') return
      const why = breach(importer, source.value)
      if (why !== undefined) context.report({ node: source, message: `Wall: ${why}.` })
    }
    return {
      ImportDeclaration: (node) => look(node.source),
      ExportNamedDeclaration: (node) => look(node.source),
      ExportAllDeclaration: (node) => look(node.source),
      ImportExpression: (node) => look(node.source),
      TSImportType: (/** @type {any} */ node) => look(node.source ?? node.argument?.literal),
      TSExternalModuleReference: (/** @type {any} */ node) => look(node.expression),
      CallExpression: (node) => {
        if (node.callee.type === 'Identifier' && node.callee.name === 'require') look(node.arguments[0])
      },
    }
  },
}

/** @type {import('eslint').Rule.RuleModule} */
export const portRooms = {
  meta: { type: 'problem', docs: { description: 'raw Electron messages outside the port rooms' }, schema: [] },
  create(context) {
    if (PORT_ROOMS.has(placeOf(context.filename))) return {}
    return {
      Identifier(node) {
        if (node.name !== 'ipcMain' && node.name !== 'ipcRenderer') return
        context.report({ node, message: `Wall: ${node.name} is used only in ${[...PORT_ROOMS].join(' and ')}.` })
      },
    }
  },
}

/** @type {import('eslint').Rule.RuleModule} */
export const noBarrel = {
  meta: { type: 'suggestion', docs: { description: 'a file that only passes on what others export' }, schema: [] },
  create(context) {
    return {
      Program(node) {
        const passedOn = node.body.filter(
          (statement) =>
            statement.type === 'ExportAllDeclaration' ||
            (statement.type === 'ExportNamedDeclaration' && statement.source),
        )
        if (passedOn.length === 0 || passedOn.length < node.body.length) return
        context.report({ node, message: 'A barrel file: import from the room that owns the name.' })
      },
    }
  },
}

/** @type {import('eslint').Rule.RuleModule} */
export const castSaysWhy = {
  meta: { type: 'suggestion', docs: { description: 'an `as` without a reason' }, schema: [] },
  create(context) {
    const commented = new Set(
      context.sourceCode.getAllComments().flatMap((comment) => [comment.loc?.start.line, comment.loc?.end.line]),
    )
    /** @param {any} node */
    const look = (node) => {
      if (node.typeAnnotation.typeName?.name === 'const') return
      const lines = [node.loc.start.line, node.typeAnnotation.loc.start.line]
      if (lines.some((line) => commented.has(line) || commented.has(line - 1))) return
      context.report({ node, message: 'Say why this `as` holds, on its line or the one above.' })
    }
    return { TSAsExpression: look, TSTypeAssertion: look }
  },
}

export const plugin = {
  meta: { name: 'tallydesk' },
  rules: { walls, 'port-rooms': portRooms, 'no-barrel': noBarrel, 'cast-says-why': castSaysWhy },
}
