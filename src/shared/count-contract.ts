import { z } from 'zod'
import { CommitteeId } from './model/ids.ts'
import { reason, savedErrors } from './saved.ts'
import { LARGEST } from './sheet/read-count.ts'
import { FieldName, SheetFigures } from './sheet/sheet.ts'
import { CountingView, CountSettings, Entered, Explained, Finding, RuleCode, SheetRow } from './sheet/sheet-view.ts'
import { LeadView } from './sheet/lead.ts'

const committee = CommitteeId
const figure = z.number().int().nonnegative().max(LARGEST)
const errors = ['not-allowed', 'not-open', 'not-saved', 'role-too-low'] as const

/** What people do with count sheets. Each is in the journal, by name, when it answers. */
export const COUNT_COMMANDS = {
  /**
   * Saves a committee's count sheet whole, with what was said to each warning. Where two people type each sheet it is kept, at the
   * server or else here, until both agree. `sheet-fault`: a rule of kind F speaks; `needs-words`: one of kind W does and has no explanation for its
   * figure; `two-others`: two other people typed it; `needs-decision`: one's own correction was made already.
   */
  'count.enter': {
    input: SheetFigures.extend({ committee, remarks: z.array(Explained).max(100).default([]) }),
    output: Entered,
    errors: [...savedErrors, 'sheet-fault', 'needs-words', 'two-others', 'needs-decision'],
  },
  /** What the rules find in a sheet, held against everything the core has: asked where it found more than the window. */
  'count.check': { input: SheetFigures.extend({ committee }), output: z.array(Finding), errors },
  /** What the asking person may see of two entries: their own, and both where it is theirs to decide. */
  'count.look': {
    input: z.object({ committee }),
    output: z.object({
      mine: SheetFigures.nullable(),
      remarks: z.array(Explained),
      mayCorrect: z.boolean(),
      both: z
        .object({
          first: z.string(),
          second: z.string(),
          fields: z.array(z.object({ field: FieldName, first: figure, second: figure })),
        })
        .nullable(),
    }),
    // `server-away`: the server has the entries and did not answer.
    errors: [...errors, 'server-away'],
  },
  /** Decides by the paper every field in which two entries differ; the sheet goes on its way. */
  'count.resolve': {
    input: z.object({
      committee,
      take: z.array(z.object({ field: FieldName, value: figure })).max(1002),
      reason,
    }),
    output: Entered,
    errors: [...savedErrors, 'sheet-fault', 'unknown', 'own-entry', 'not-whole'],
  },
  /** Throws both entries away. */
  'count.drop': { input: z.object({ committee, reason }), output: z.null(), errors: [...savedErrors, 'unknown'] },
  /** Says what was done about a warning that was saved all the same. `own-words`: not by who wrote it. */
  'count.handle': {
    input: z.object({ committee, code: RuleCode, field: FieldName, note: reason }),
    output: z.null(),
    errors: [...errors, 'unknown', 'own-words', 'handled-already'],
  },
  /** How this desk counts, from here on; the whole of it. */
  'count.settle': { input: CountSettings, output: z.null(), errors },
} as const

export const COUNT_STREAMS = {
  /** Every committee's sheet; each as it changes. */
  sheets: { input: z.null(), snapshot: z.array(SheetRow), patch: SheetRow },
  counting: { input: z.null(), snapshot: CountingView, patch: CountingView },
  /** The lead through the count. */
  lead: { input: z.null(), snapshot: LeadView, patch: LeadView },
} as const
