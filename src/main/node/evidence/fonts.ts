import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The files of one weight: each holds one script. */
export type FontPart = 'arabic' | 'latin' | 'latin-ext'
export type Weight = 400 | 600

/** What has letters in which file. Read off the files themselves: both weights have the same. */
const LATIN =
  /^[\u0020-\u007e\u00a0-\u00ff\u0131\u0152\u0153\u02bb\u02bc\u02c6\u02da\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u2044\u20ac\u2122\u2191\u2193\u2212\u2215]$/
const LATIN_MARK = /^[\u0300\u0301\u0303\u0304\u0308]$/
const LATIN_EXT =
  /^[\u0110\u0132\u0133\u0135\u0140-\u0142\u0160\u0161\u0178\u017d\u017e\u0192\u0237\u02c7\u02dd\u1e9e\u2020\u20a1\u20a4\u20a6\u20a8-\u20ab\u20ad\u20ae\u20b1\u20b2\u20b4\u20b5\u20b8-\u20ba\u20bd\u20bf\u2113]$/
const ARABIC =
  /^[\u0600-\u0604\u0606-\u061b\u061e-\u06a1\u06a3-\u06ff\u0750-\u077f\u08a0\u08a2-\u08ac\u08b3\u08e4-\u08fe\ufdf1\ufdf2\ufdf4\ufdfa-\ufdfd\u200c\u200d]$/

/** Which file has this character; null: none has. */
export function partFor(character: string): FontPart | null {
  if (ARABIC.test(character)) return 'arabic'
  if (LATIN.test(character) || LATIN_MARK.test(character)) return 'latin'
  return LATIN_EXT.test(character) ? 'latin-ext' : null
}

/** The folder of the fonts: beside the checkout's or the installed program's package.json. */
export function fontFolder(): string {
  let dir = import.meta.dirname
  while (!existsSync(join(dir, 'resources', 'fonts')) && dirname(dir) !== dir) dir = dirname(dir)
  return join(dir, 'resources', 'fonts')
}

export const fontFile = (folder: string, part: FontPart, weight: Weight): string =>
  join(folder, `ibm-plex-sans-arabic-${part}-${weight}.ttf`)
