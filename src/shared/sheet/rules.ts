import { type Found, type Reader, type Rule, type RuleLanguage, roomOf, validOf } from './rule.ts'
import type { FieldName, SheetFacts } from './sheet.ts'

/** From this share of invalid ballots on it is asked, of a hundred. */
const MANY_INVALID = 3
/** So many pledged electors who came make a sheet without any vote unlikely. */
const PLEDGED_ENOUGH = 5
/** A figure that moves by at least this much, and by at least a fifth, jumped. */
const JUMP = 10
const JUMP_SHARE = 0.2

/** One finding, or none. */
const when = (so: boolean, found: Found): readonly Found[] => (so ? [found] : [])
const first = ({ votes }: SheetFacts): FieldName => (votes[0] === undefined ? 'cast' : `${votes[0].candidate}`)
const typedSo = ({ unread }: SheetFacts, isEmpty: boolean) =>
  unread.filter(({ text }) => (text.trim() === '') === isEmpty).map(({ field }) => ({ field, n: 0, most: 0 }))

function jumps({ before, cast, invalid, votes }: SheetFacts): readonly Found[] {
  if (before === null) return []
  const figures: readonly (readonly [FieldName, number | null])[] = [
    ['cast', cast],
    ['invalid', invalid],
    ...votes.map(({ candidate, votes: n }) => [`${candidate}`, n] as const), // a pair
  ]
  return figures.flatMap(([field, n]) => {
    const most = before(field)
    if (n === null || most === undefined) return []
    const step = Math.abs(n - most)
    return when(step >= JUMP && step >= most * JUMP_SHARE, { field, n, most })
  })
}

/**
 * Every rule of the count sheet: its code, what it looks for, and what it says, in this one place. F: no sheet can be so, it
 * is not saved. W: unlikely, but papers say such things; it is saved with an explanation. In texts `{{n}}` is what was found,
 * `{{most}}` what it is held against, `{{place}}` another committee. The order is the order in which they are said.
 */
export const RULES = {
  F101: {
    find: (facts) => typedSo(facts, true),
    clerk: { en: 'Empty. Where the paper has none, type 0.', ar: 'فارغ. إن خلت الورقة فاكتب 0.' },
    supervisor: { en: 'A figure is missing.', ar: 'رقم ناقص.' },
  },
  F102: {
    find: (facts) => typedSo(facts, false),
    clerk: { en: 'Type a whole number, digits only.', ar: 'اكتب عددًا صحيحًا بالأرقام فقط.' },
    supervisor: { en: 'A figure is no whole number.', ar: 'رقم ليس عددًا صحيحًا.' },
  },
  F201: {
    urgent: true,
    find: ({ cast, invalid }) =>
      cast === null || invalid === null ? [] : when(invalid > cast, { field: 'invalid', n: invalid, most: cast }),
    clerk: {
      en: '{{n}} invalid of {{most}} cast: more than there are.',
      ar: '{{n}} باطلة من {{most}}: أكثر من الموجود.',
    },
    supervisor: {
      en: '{{n}} invalid of {{most}} ballots cast. One of the two is misread: ask for the paper.',
      ar: '{{n}} باطلة من {{most}} ورقة مُدلى بها. أحد الرقمين قُرئ خطأً: اطلب الورقة.',
    },
  },
  F301: {
    urgent: true,
    find: (facts) => {
      const valid = validOf(facts)
      if (valid === null) return []
      return facts.votes.flatMap(({ candidate, votes }) =>
        when(votes !== null && votes > valid, { field: `${candidate}`, n: votes ?? 0, most: valid }),
      )
    },
    clerk: {
      en: '{{n}} votes, but only {{most}} valid ballots.',
      ar: '{{n}} صوت، والأوراق الصحيحة {{most}} فقط.',
    },
    supervisor: {
      en: 'A candidate has {{n}} votes on {{most}} valid ballots. Compare this line with the paper.',
      ar: 'لمرشح {{n}} صوت والأوراق الصحيحة {{most}}. قارن هذا السطر بالورقة.',
    },
  },
  F302: {
    urgent: true,
    sums: true,
    find: (facts) => {
      const most = roomOf(facts)
      return most === null ? [] : when(facts.sum > most, { field: first(facts), n: facts.sum, most })
    },
    clerk: {
      en: '{{n}} votes in all; the valid ballots can carry {{most}}.',
      ar: 'مجموع الأصوات {{n}}، والأوراق الصحيحة لا تحمل إلا {{most}}.',
    },
    supervisor: {
      en: '{{n}} votes, and the valid ballots can carry {{most}}. Have the sheet entered again from the paper.',
      ar: '{{n}} صوت، والأوراق الصحيحة لا تحمل إلا {{most}}. ليُدخل المحضر من الورقة من جديد.',
    },
  },
  W201: {
    // Where nobody's attendance was marked there is nothing to hold the ballots against.
    find: ({ cast, attended, electors }) =>
      cast === null
        ? []
        : when(cast > attended && cast <= electors && attended > 0, { field: 'cast', n: cast, most: attended }),
    clerk: { en: '{{n}} ballots cast, but only {{most}} came.', ar: '{{n}} ورقة اقتراع، ولم يحضر إلا {{most}}.' },
    supervisor: {
      en: '{{n}} ballots cast, {{most}} came. Hold the paper against the list of who came.',
      ar: '{{n}} ورقة مُدلى بها، وحضر {{most}}. قارن الورقة بقائمة من حضر.',
    },
  },
  W202: {
    urgent: true,
    find: ({ cast, electors }) =>
      cast === null ? [] : when(cast > electors, { field: 'cast', n: cast, most: electors }),
    clerk: {
      en: '{{n}} ballots cast, but only {{most}} electors here.',
      ar: '{{n}} ورقة اقتراع، والناخبون هنا {{most}} فقط.',
    },
    supervisor: {
      en: '{{n}} ballots cast, {{most}} electors. Ask the committee before anything is verified.',
      ar: '{{n}} ورقة مُدلى بها، و{{most}} ناخب. اسأل اللجنة قبل أي تدقيق.',
    },
  },
  W203: {
    find: ({ attended, electors }) => when(attended > electors, { field: 'cast', n: attended, most: electors }),
    clerk: {
      en: '{{n}} marked as come, but only {{most}} electors here.',
      ar: 'سُجّل حضور {{n}}، والناخبون هنا {{most}} فقط.',
    },
    supervisor: {
      en: '{{n}} marked as come, {{most}} electors. Correct the attendance or the register.',
      ar: 'سُجّل حضور {{n}}، والناخبون {{most}}. صحّح الحضور أو السجل.',
    },
  },
  W204: {
    // Whole numbers on both sides: no rounding decides.
    find: ({ cast, invalid }) =>
      cast === null || invalid === null
        ? []
        : when(cast > 0 && invalid <= cast && invalid * 100 >= cast * MANY_INVALID, {
            field: 'invalid',
            n: invalid,
            most: cast,
          }),
    clerk: {
      en: '{{n}} invalid of {{most}} cast: 3 % or more.',
      ar: '{{n}} باطلة من {{most}}: ثلاثة في المئة أو أكثر.',
    },
    supervisor: {
      en: '{{n}} of {{most}} ballots are invalid: 3 % or more. Ask why before verifying.',
      ar: '{{n}} من {{most}} ورقة باطلة: ثلاثة في المئة أو أكثر. اسأل عن السبب قبل التدقيق.',
    },
  },
  W301: {
    sums: true,
    find: (facts) => {
      const valid = validOf(facts)
      return valid === null || !facts.whole
        ? []
        : when(facts.sum < valid, { field: first(facts), n: facts.sum, most: valid })
    },
    clerk: {
      en: '{{n}} votes for {{most}} valid ballots: some carry none.',
      ar: '{{n}} صوت لـ {{most}} ورقة صحيحة: بعضها بلا صوت.',
    },
    supervisor: {
      en: '{{n}} votes on {{most}} valid ballots. A line may have been left out.',
      ar: '{{n}} صوت على {{most}} ورقة صحيحة. ربما سقط سطر.',
    },
  },
  W302: {
    sums: true,
    find: (facts) =>
      when(facts.whole && facts.sum === 0 && facts.pledged >= PLEDGED_ENOUGH, {
        field: first(facts),
        n: facts.pledged,
        most: 0,
      }),
    clerk: {
      en: 'No votes at all, though {{n}} who had promised came.',
      ar: 'لا أصوات إطلاقًا، مع أن {{n}} ممن وعدوا حضروا.',
    },
    supervisor: {
      en: 'No votes at all, though {{n}} who had promised came here. Ask for the paper.',
      ar: 'لا أصوات إطلاقًا مع أن {{n}} ممن وعدوا حضروا هنا. اطلب الورقة.',
    },
  },
  W401: {
    sums: true,
    find: (facts) =>
      facts.twin === null ? [] : [{ field: first(facts), n: facts.sum, most: facts.sum, place: facts.twin }],
    clerk: {
      en: 'Every figure is the same as in {{place}}. Is this the right sheet?',
      ar: 'كل الأرقام مطابقة للجنة {{place}}. أهذا هو المحضر الصحيح؟',
    },
    supervisor: {
      en: 'Every figure is the same as in {{place}}. One sheet may have been entered twice.',
      ar: 'كل الأرقام مطابقة للجنة {{place}}. ربما أُدخل محضر واحد مرتين.',
    },
  },
  W402: {
    find: jumps,
    clerk: { en: '{{n}}; entered before: {{most}}.', ar: '{{n}}؛ أُدخل من قبل: {{most}}.' },
    supervisor: {
      en: 'Changed from {{most}} to {{n}} when it was entered again.',
      ar: 'تغيّر من {{most}} إلى {{n}} عند إعادة الإدخال.',
    },
  },
} as const satisfies Readonly<Record<string, Rule>>

export type RuleCode = keyof typeof RULES
export const RULE_CODES = Object.keys(RULES) as [RuleCode, ...RuleCode[]] // the keys of this very object, and it has some

/** `{{name}}` in a text gives way to its value. */
export function ruleWords(
  code: RuleCode,
  reader: Reader,
  language: RuleLanguage,
  said: { readonly n: string; readonly most: string; readonly place: string },
): string {
  const { n, most, place } = said
  return RULES[code][reader][language]
    .replaceAll('{{n}}', n)
    .replaceAll('{{most}}', most)
    .replaceAll('{{place}}', place)
}

export const isFault = (code: RuleCode): boolean => code.startsWith('F')
export const ruleOf = (code: RuleCode): Rule => RULES[code]

export type Finding = Found & { readonly code: RuleCode }
/** Everything the rules find, faults first, in the order above. */
export const findingsOf = (facts: SheetFacts): readonly Finding[] =>
  RULE_CODES.flatMap((code) => RULES[code].find(facts).map((found): Finding => ({ code, ...found })))

/** Facts of which only the sums are known, as of a sheet on record. */
export const sumsOnly = (
  known: Pick<SheetFacts, 'cast' | 'invalid' | 'sum' | 'attended' | 'electors' | 'perBallot'>,
): SheetFacts => ({ ...known, votes: [], whole: true, unread: [], pledged: 0, twin: null, before: null })

/** What these rules were called before they had codes: read from older journals, written no more. */
const ONCE: Readonly<Record<string, RuleCode>> = {
  'invalid-over-cast': 'F201',
  'cast-over-electors': 'W202',
  'votes-over-ballots': 'F302',
  'cast-over-attended': 'W201',
  'votes-under-ballots': 'W301',
}
export const codeOf = (name: string): RuleCode | null => RULE_CODES.find((code) => code === name) ?? ONCE[name] ?? null
