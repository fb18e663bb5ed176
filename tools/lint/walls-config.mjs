import { plugin } from './rules.mjs'

const PURE = 'The core is told the time and rolls no dice: ask its Clock or Random port.'

/**
 * The rules that need no types, so that a planted file can be held against them without a compiler.
 * @type {import('eslint').Linter.Config[]}
 */
export const wallsConfig = [
  {
    name: 'walls',
    files: ['src/**/*.{ts,tsx}', 'bin/*.js', 'tools/bootstrap/*.mjs'],
    plugins: { tallydesk: plugin },
    rules: { 'tallydesk/walls': 'error', 'tallydesk/port-rooms': 'error' },
  },
  {
    name: 'rooms',
    files: ['src/**/*.{ts,tsx}'],
    plugins: { tallydesk: plugin },
    rules: {
      'tallydesk/no-barrel': 'error',
      'tallydesk/cast-says-why': 'error',
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true, IIFEs: true }],
    },
  },
  {
    // A component is mostly markup, one attribute a line: twice the room of a plain function.
    name: 'components',
    files: ['src/renderer/**/*.tsx'],
    rules: { 'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }] },
  },
  {
    name: 'pure',
    files: ['src/shared/**/*.ts', 'src/core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: PURE },
        { object: 'Math', property: 'random', message: PURE },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: PURE },
        { selector: 'CallExpression[callee.name="Date"]', message: PURE },
      ],
    },
  },
]
