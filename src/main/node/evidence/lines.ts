import type { Bidi } from 'bidi-js'
import { type FontPart, partFor } from './fonts.ts'

/** What is drawn in one go: text of one font file, in the order its shaper wants it. Part null: a box for an unknown sign. */
export type Piece = { readonly text: string; readonly part: FontPart | null }
type Atom = Piece & { readonly level: number }

/** Characters no font has are tried again taken apart: a letter and its mark. */
const decomposed = (text: string): string =>
  [...text].map((each) => (partFor(each) === null ? each.normalize('NFD') : each)).join('')
/** Signs that steer direction and have no picture, but for isolates: those keep a date in one piece and harm no neighbour. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\ufeff\u00ad]/g
const ISOLATE = /[\u2066-\u2069]/
const BREAKS = /[\r\n\t\u2028\u2029\v\f]+/g

/** A text as it can be set on one line: no breaks, no invisible signs. */
export const settable = (text: string): string => decomposed(text.replace(BREAKS, ' ').replace(INVISIBLE, ''))

/**
 * The pieces of one line, from left to right as they are seen (the Unicode bidirectional algorithm). Words in Arabic
 * letters stay whole, in the order they are read: the font shapes and turns them. All else in a line from right to left
 * is laid down sign by sign, with its brackets turned.
 */
export function piecesOf(bidi: Bidi, text: string, base: 'ltr' | 'rtl' | 'auto'): readonly Piece[] {
  if (text === '') return []
  const { levels } = bidi.getEmbeddingLevels(text, base)
  return inOrder(atomsOf(bidi, text, levels))
}

function atomsOf(bidi: Bidi, text: string, levels: Uint8Array): Atom[] {
  const atoms: Atom[] = []
  let at = 0
  for (const character of text) {
    const level = levels[at] ?? 0
    at += character.length
    if (ISOLATE.test(character)) continue
    const turned = level % 2 === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character
    const part = partFor(turned)
    const last = atoms.at(-1)
    if (last && last.level === level && last.part === part && part !== null && joins(part, level, turned)) {
      atoms[atoms.length - 1] = { ...last, text: last.text + turned }
    } else atoms.push({ text: turned, part, level })
  }
  return atoms
}

const DIGIT = /\p{Nd}/u
const MARK = /\p{M}/u
/** Whether a sign belongs to the atom before it. */
function joins(part: FontPart, level: number, sign: string): boolean {
  if (MARK.test(sign)) return true
  if (part === 'arabic') return level % 2 === 1 && !DIGIT.test(sign)
  return level % 2 === 0
}

/** Rule L2: from the highest level down to the lowest odd one, every row of atoms at that level or above is turned round. */
function inOrder(atoms: Atom[]): readonly Piece[] {
  let highest = 0
  for (const { level } of atoms) highest = Math.max(highest, level)
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < atoms.length; from++) {
      if ((atoms[from]?.level ?? 0) < level) continue
      let to = from
      while (to + 1 < atoms.length && (atoms[to + 1]?.level ?? 0) >= level) to++
      atoms.splice(from, to - from + 1, ...atoms.slice(from, to + 1).reverse())
      from = to
    }
  }
  return atoms
}
