/** What begins in Latin letters is cut at its right end on an Arabic page too. */
const LATIN_FIRST = /^\P{L}*\p{Script=Latin}/u

/** For a field of choices: the one chosen reads in its own direction, whatever the page's. */
export const ownDirection = (chosen: string) =>
  LATIN_FIRST.test(chosen) ? { attributes: { input: { dir: 'ltr' } } } : {}
