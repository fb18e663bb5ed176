const ARABIC_INDIC_ZERO = 0x0660
const PERSIAN_ZERO = 0x06f0

/** Letters written in several ways that have no decomposition, each as the one it is searched by. */
const SAME: Readonly<Record<string, string>> = {
  '\u0671': '\u0627', // alef wasla: alef
  '\u0649': '\u064a', // alef maqsura: yeh
  '\u06cc': '\u064a', // Persian yeh: yeh
  '\u06d2': '\u064a', // yeh barree: yeh
  '\u06a9': '\u0643', // Persian kaf: kaf
  '\u0629': '\u0647', // teh marbuta: heh
  '\u06be': '\u0647', // heh doachashmee: heh
  '\u06c1': '\u0647', // heh goal: heh
  '\u06d5': '\u0647', // ae: heh
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
}
const SEVERAL = new RegExp(`[${Object.keys(SAME).join('')}]`, 'g')
/** What is written or left out as one likes: vowel marks, a hamza on its carrier or alone, tatweel, direction marks. */
const LEFT_OUT = /[\p{M}\p{Cf}\u0640\u0621]/gu
/** Hyphens and apostrophes inside a name: Al-Sa'id, AlSaid. */
const JOINTS = /[-'`\u2010-\u2015\u2018\u2019\u02bb-\u02bf]/g
/** First parts of names that some write apart and others together: عبد الله, أبو بكر, آل صباح, Al Sabah. */
const FIRST_PARTS = /(^|\s)(عبد|ابو|ال|abdul|abd|abu|al|el)\s+(?=\S)/g

/**
 * Text as people search it: lower case, both digit sets as 0–9, without accents, vowel marks, hamza, tatweel and direction
 * marks; letters that are written in several ways (alef, yeh, kaf, teh marbuta) as one; compound names as one word. Folded
 * twice it stays as it is.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(LEFT_OUT, '')
    .replace(SEVERAL, (letter) => SAME[letter] ?? letter)
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - ARABIC_INDIC_ZERO))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - PERSIAN_ZERO))
    .replace(JOINTS, '')
    .replace(FIRST_PARTS, '$1$2')
}

/** The words searched for: each has to be found. */
export const searchedWords = (search: string): readonly string[] => foldText(search).split(/\s+/).filter(Boolean)
