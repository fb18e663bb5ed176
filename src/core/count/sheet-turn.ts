import type { CommandKey, CommitteeId } from '../../shared/model/ids.ts'
import type { RuleCode } from '../../shared/sheet/rules.ts'
import type { FieldName, SheetFigures } from '../../shared/sheet/sheet.ts'
import type { Explained } from '../../shared/sheet/sheet-view.ts'

/** One thing that happened to a committee's sheet at this desk. `by`: an e-mail. `key`: of the action that took it to the server. */
export type SheetTurn =
  /** Saved by one person and on its way, with what was said to each warning. */
  | {
      readonly does: 'entered'
      readonly committee: CommitteeId
      readonly by: string
      readonly key: CommandKey
      readonly remarks: readonly Explained[]
    }
  /** One of two blind entries, or the correction of one's own. It stays at this desk. */
  | {
      readonly does: 'typed'
      readonly committee: CommitteeId
      readonly by: string
      readonly figures: SheetFigures
      readonly remarks: readonly Explained[]
    }
  /** Both typed the same: one entry is on its way. */
  | { readonly does: 'agreed'; readonly committee: CommitteeId; readonly by: string; readonly key: CommandKey }
  /** They did not, and a third person decided by the paper. */
  | {
      readonly does: 'resolved'
      readonly committee: CommitteeId
      readonly by: string
      readonly key: CommandKey
      readonly reason: string
    }
  /** Both entries are thrown away; the sheet is typed anew. */
  | { readonly does: 'dropped'; readonly committee: CommitteeId; readonly by: string; readonly reason: string }
  /** A supervisor dealt with a warning that was saved all the same. */
  | {
      readonly does: 'handled'
      readonly committee: CommitteeId
      readonly by: string
      readonly code: RuleCode
      readonly field: FieldName
      readonly note: string
      /** The server is to be told under this key; absent where it has no place for it. */
      readonly key?: CommandKey
    }
  /** The server answered what was told under this key. */
  | {
      readonly does: 'told'
      readonly committee: CommitteeId
      readonly by: string
      readonly key: CommandKey
      readonly how: 'taken' | 'refused'
    }
  /** How this desk counts, from here on. */
  | { readonly does: 'settled'; readonly by: string; readonly double: boolean; readonly seats: number | null }
