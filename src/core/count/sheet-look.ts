import { fieldsOf, type FieldName, type SheetFigures } from '../../shared/sheet/sheet.ts'
import type { Explained } from '../../shared/sheet/sheet-view.ts'
import type { Typed } from '../projection/sheets.ts'

/** Each of the two types their sheet, and where they differ those fields once more: then a third person decides. */
export const MOST_TURNS = 2

/** What the asking person may see of two entries: their own, and both where it is theirs to decide. */
export type SheetLook = {
  readonly mine: SheetFigures | null
  readonly remarks: Explained[]
  readonly mayCorrect: boolean
  readonly both: {
    readonly first: string
    readonly second: string
    readonly fields: { readonly field: FieldName; readonly first: number; readonly second: number }[]
  } | null
}

/** The fields that differ, with both figures. */
export function compare(first: Typed, second: Typed, differs: readonly FieldName[]): SheetLook['both'] {
  const [one, other] = [fieldsOf(first.figures), fieldsOf(second.figures)]
  const fields = differs.map((field) => ({ field, first: one.get(field) ?? 0, second: other.get(field) ?? 0 }))
  return { first: first.by, second: second.by, fields }
}
