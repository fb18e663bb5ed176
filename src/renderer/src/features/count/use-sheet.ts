import { useMemo, useState } from 'react'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOutboxItem } from '../../store/outbox-item.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { type Checked, checkSheet, type FieldName, readCount, type Typed } from './sheet-check.ts'
import { type Draft, dropDraft, saidSaved, typeInto, useDraft, useDraftName } from './sheet-drafts.ts'

export type SheetState = {
  readonly typed: Typed
  readonly checked: Checked
  /** What was left or asked for: there the rules speak. */
  readonly spoken: ReadonlySet<FieldName>
  /** The operator says that the paper has what is unlikely. */
  readonly agreed: boolean
  readonly busy: boolean
  /** Why it could not even be saved here, in words. */
  readonly failed: string | null
  /** What became of it; null until it was saved here. */
  readonly item: OutboxItem | null
  /** Saved and not refused: nothing may be typed over it. */
  readonly fixed: boolean
  readonly type: (field: FieldName, text: string) => void
  readonly leave: (field: FieldName) => void
  readonly agree: (agreed: boolean) => void
  /** Answers the field to look at first, or null when the sheet is on its way. */
  readonly save: () => Promise<FieldName | 'agree' | null>
  readonly putAway: () => void
}

/** One committee's sheet: what is typed, what the rules say, and where it is on its way to the server. */
export function useSheet(committee: CommitteeRow, candidates: readonly CandidateRow[]): SheetState {
  const call = useCall()
  const failure = useFailureWords()
  const name = useDraftName(committee.id)
  const draft = useDraft(name)
  const perBallot = useValue('headline')?.election?.maxCandidatesPerBallot ?? 0
  const [spoken, setSpoken] = useState<ReadonlySet<FieldName>>(new Set())
  const [agreed, agree] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const told = useOutboxItem(draft.key)
  const { attended, electors } = committee
  const checked = useMemo(
    () => checkSheet(draft.typed, { candidates: candidates.map((row) => row.id), attended, electors, perBallot }),
    [draft.typed, candidates, attended, electors, perBallot],
  )
  const fixed = useIsFixed(draft, told)

  const save = async () => {
    setSpoken(new Set(checked.fields))
    const look = lookFirst(checked, agreed)
    if (look !== null) return look
    setBusy(true)
    const result = await call('count.enter', sheetOf(committee, candidates, draft.typed))
    setBusy(false)
    setFailed(result.ok ? null : failure(result.error))
    if (result.ok) saidSaved(name, result.value.key)
    return null
  }

  return {
    typed: draft.typed,
    checked,
    spoken,
    agreed,
    busy,
    failed,
    item: draft.key === null ? null : told,
    fixed,
    type(field, text) {
      agree(false)
      typeInto(name, field, text)
    },
    leave: (field) => setSpoken((before) => (before.has(field) ? before : new Set([...before, field]))),
    agree,
    save,
    putAway: () => dropDraft(name),
  }
}

/**
 * Saved here and not come to nothing. Kept from before the page was loaded and not among the latest of the outbox: nobody
 * can say any more, so it may be typed over.
 */
function useIsFixed({ key, kept }: Draft, told: OutboxItem | null): boolean {
  const isTold = useValue('outbox') !== null
  const cards = useValue('conflicts')?.cards
  if (key === null) return false
  if (told === null) return !(kept && isTold)
  if (told.state !== 'conflict') return !isEndedUndone(told.state)
  const card = cards?.find(({ id }) => id === told.conflict)
  return card === undefined || card.state === 'open'
}

/** It came to nothing: what is typed may be typed over and saved again. */
const isEndedUndone = (state: OutboxItem['state'] | undefined): boolean =>
  state === 'rejected' || state === 'expired' || state === 'withdrawn'

/** What keeps the sheet from being saved; null when nothing does. */
function lookFirst({ findings }: Checked, agreed: boolean): FieldName | 'agree' | null {
  const fault = findings.find((finding) => finding.weight === 'fault')
  if (fault) return fault.field
  return findings.length > 0 && !agreed ? 'agree' : null
}

/** The sheet as it is sent. Every field was found to be a number before. */
function sheetOf(committee: CommitteeRow, candidates: readonly CandidateRow[], typed: Typed) {
  const value = (field: FieldName) => readCount(typed[field] ?? '') ?? 0
  const votes = candidates.map(({ id }) => ({ candidate: id, votes: value(`${id}`) }))
  return { committee: committee.id, cast: value('cast'), invalid: value('invalid'), votes }
}
