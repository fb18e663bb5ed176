import { isKeepTooLittle, KeepMb, type Keeping, PartMb } from '../../../../shared/keeping-contract.ts'
import { toAscii } from '../../i18n/format.ts'

/** What is wrong with what was typed, and in which field. */
export type KeepingFault = 'part-bad' | 'keep-bad' | 'keep-little' | 'sure-needed'
export type KeepingWish = { readonly keeping: Keeping } | { readonly fault: KeepingFault }

/** Both fields as typed, in digits of either language; empty: null. The first fault is named. */
export function readKeeping(part: string, keep: string, before: Keeping, isSure: boolean): KeepingWish {
  const [partMb, keepMb] = [PartMb.nullable().safeParse(megabytes(part)), KeepMb.nullable().safeParse(megabytes(keep))]
  if (!partMb.success) return { fault: 'part-bad' }
  if (!keepMb.success) return { fault: 'keep-bad' }
  const keeping = { partMb: partMb.data, keepMb: keepMb.data }
  if (isKeepTooLittle(keeping)) return { fault: 'keep-little' }
  if (keepsLess(keeping, before) && !isSure) return { fault: 'sure-needed' }
  return { keeping }
}

/** Whether something may go for good that would have stayed. */
export const keepsLess = ({ keepMb }: Keeping, before: Keeping): boolean =>
  keepMb !== null && (before.keepMb === null || keepMb < before.keepMb)

/** Whether the field asks for less, whatever else is typed. */
export const asksForLess = (keep: string, before: Keeping): boolean => {
  const keepMb = KeepMb.nullable().safeParse(megabytes(keep))
  return keepMb.success && keepsLess({ partMb: null, keepMb: keepMb.data }, before)
}

const DIGITS = /^\d{1,12}$/
/** Null where the field is empty; what is no number is none of any bounds. */
function megabytes(typed: string): number | null {
  const text = toAscii(typed.trim())
  if (text === '') return null
  return DIGITS.test(text) ? Number(text) : Number.NaN
}
