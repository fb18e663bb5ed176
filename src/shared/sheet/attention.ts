import { ruleOf } from './rules.ts'
import type { Remark, SheetRow, Stage } from './sheet-view.ts'

type Row = Pick<SheetRow, 'stage' | 'findings' | 'remarks'>

const isAbout = (one: Pick<Remark, 'code' | 'field'>, other: Pick<Remark, 'code' | 'field'>) =>
  one.code === other.code && one.field === other.field

/** What the rules find in the sheet on record and nobody has dealt with. */
export const openFindings = ({ findings, remarks }: Omit<Row, 'stage'>): SheetRow['findings'] =>
  findings.filter((finding) => !remarks.some((remark) => remark.handled !== null && isAbout(remark, finding)))

/** Warnings saved with words that nobody has dealt with. */
export const openRemarks = ({ remarks }: Pick<Row, 'remarks'>): SheetRow['remarks'] =>
  remarks.filter(({ handled }) => handled === null)

/** Whether somebody has to look at this sheet: `alarm`: it cannot stand so; `warning`: somebody has to deal with it. */
export function attentionOf(row: Row): 'alarm' | 'warning' | null {
  if (row.stage === 'differs') return 'alarm'
  const found = openFindings(row)
  if (found.some(({ code }) => ruleOf(code).urgent)) return 'alarm'
  return found.length + openRemarks(row).length > 0 ? 'warning' : null
}

/** Those on which somebody has to act come first, then what is to be done next; what is verified comes last. */
const ORDER: readonly Stage[] = ['differs', 'second-waits', 'entered', 'entering', 'not-started', 'verified']
const WEIGHT = { alarm: 0, warning: 1 } as const
export function attentionOrder(a: Row, b: Row): number {
  const weight = (row: Row) => WEIGHT[attentionOf(row) ?? 'warning'] + (attentionOf(row) === null ? 1 : 0)
  return weight(a) - weight(b) || ORDER.indexOf(a.stage) - ORDER.indexOf(b.stage)
}
