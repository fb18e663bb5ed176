import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entered } from '../../../../shared/sheet/sheet-view.ts'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { go } from '../../store/route.ts'
import { EmptyState } from '../../ui/state-notes.tsx'
import classes from './count-sheet.module.css'
import type { FieldName } from './sheet-check.ts'
import { SheetFields } from './sheet-fields.tsx'
import { SheetSide } from './sheet-side.tsx'
import { useSheet } from './use-sheet.ts'

export type EntryProps = {
  readonly committee: CommitteeRow
  readonly rows: readonly CandidateRow[]
  /** What is to be known before one types, in words. */
  readonly notice: string | null
  /** A second person must not see what was typed before. */
  readonly blind?: boolean
  /** The only fields asked for; null: all. */
  readonly only?: ReadonlySet<FieldName> | null
  readonly onEntered?: (entered: Entered) => void
}

/** The fields, the rules beside them, and the way to the server. */
export function Entry({ committee, rows, notice, blind = false, only = null, onEntered }: EntryProps) {
  const { t } = useTranslation()
  const candidates = useMemo(
    () => rows.filter((row) => row.active).sort((a, b) => a.number - b.number || a.id - b.id),
    [rows],
  )
  const sheet = useSheet(committee, candidates, onEntered)
  const first = only === null ? 'cast' : [...only][0]
  useEffect(() => document.getElementById(`sheet-${first}`)?.focus(), [first])
  if (candidates.length === 0) {
    return (
      <div className="panel">
        <EmptyState text={t('sheet.noCandidates')} />
      </div>
    )
  }
  const save = async () => {
    const look = await sheet.save()
    if (look !== null) document.getElementById(look)?.focus()
  }
  const done = () => {
    sheet.putAway()
    go('count', { committee: committee.code })
  }
  return (
    <div className={`panel ${classes.sheet}`}>
      <SheetFields sheet={sheet} candidates={candidates} came={committee.attended} blind={blind} only={only} />
      <SheetSide sheet={sheet} candidates={candidates} notice={notice} onSave={() => void save()} onDone={done} />
    </div>
  )
}
