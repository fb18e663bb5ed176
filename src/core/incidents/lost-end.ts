import type { Rule } from './rule.ts'

/** A journal's end that is gone is found when it is opened, not by looking; it stays told until a person says that they know. */
export const lostEndRule: Rule = () => 'unknown'
