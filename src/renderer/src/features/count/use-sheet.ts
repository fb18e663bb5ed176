import { useMemo, useState } from 'react'
import type { Entered, Explained } from '../../../../shared/sheet/sheet-view.ts'
import type { OutboxItem } from '../../../../shared/view/outbox.ts'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { useOutboxItem } from '../../store/outbox-item.ts'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import {
  type Checked,
  checkSheet,
  type FieldName,
  figuresOf,
  type Finding,
  nameOf,
  type Paper,
  type Typed,
  weightOf,
} from './sheet-check.ts'
import {
  type Draft,
  dropDraft,
  explainIn,
  type Said,
  saidSaved,
  typeInto,
  useDraft,
  useDraftName,
} from './sheet-drafts.ts'
import { usePaper } from './use-paper.ts'

export type SheetState = {
  readonly typed: Typed
  readonly checked: Checked
  /** What was left or asked for: there the rules speak. */
  readonly spoken: ReadonlySet<FieldName>
  /** What the operator says to each warning, by its name. */
  readonly said: Said
  /** It was tried to save: everything that is missing is shown. */
  readonly asked: boolean
  readonly busy: boolean
  /** Why it could not even be saved here, in words. */
  readonly failed: string | null
  /** What became of it; null until it was saved here. */
  readonly item: OutboxItem | null
  /** Saved and not refused: nothing may be typed over it. */
  readonly fixed: boolean
  /** What a figure is compared with that was entered before. */
  readonly before: (field: FieldName) => number | undefined
  readonly type: (field: FieldName, text: string) => void
  readonly leave: (field: FieldName) => void
  readonly explain: (finding: Finding, words: string) => void
  /** Answers the element to look at first, or null when the sheet is on its way. */
  readonly save: () => Promise<string | null>
  readonly putAway: () => void
}

const NOTHING = () => undefined

/** One committee's sheet: what is typed, what the rules say, and where it is on its way to the server. */
export function useSheet(
  committee: CommitteeRow,
  candidates: readonly CandidateRow[],
  onEntered: (entered: Entered) => void = NOTHING,
): SheetState {
  const call = useCall()
  const failure = useFailureWords()
  const name = useDraftName(committee.id)
  const draft = useDraft(name)
  const paper = usePaper(committee, candidates)
  const [spoken, setSpoken] = useState<ReadonlySet<FieldName>>(new Set())
  const [asked, setAsked] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const told = useOutboxItem(draft.key)
  const { checked, askCore } = useChecked(committee, draft.typed, paper)
  const fixed = useIsFixed(draft, told)

  const save = async () => {
    setSpoken(new Set(checked.fields))
    setAsked(true)
    const look = lookFirst(checked, draft.said)
    if (look !== null) return look
    setBusy(true)
    const remarks = explained(checked, draft.said)
    const result = await call('count.enter', { committee: committee.id, ...figuresOf(draft.typed, paper), remarks })
    setBusy(false)
    setFailed(result.ok ? null : failure(result.error))
    if (!result.ok) {
      await askCore()
      return null
    }
    if (result.value.is === 'queued') saidSaved(name, result.value.key)
    onEntered(result.value)
    return null
  }

  return {
    typed: draft.typed,
    checked,
    spoken,
    said: draft.said,
    ...{ asked, busy, failed, fixed },
    item: draft.key === null ? null : told,
    before: paper.before ?? NOTHING,
    type: (field, text) => typeInto(name, field, text),
    leave: (field) => setSpoken((before) => (before.has(field) ? before : new Set([...before, field]))),
    explain: (finding, words) => explainIn(name, nameOf(finding), words),
    save,
    putAway: () => dropDraft(name),
  }
}

/** The rules on what is typed, and what the core found beyond that once it was asked. */
function useChecked({ id: committee }: CommitteeRow, typed: Typed, paper: Paper) {
  const call = useCall()
  const [core, setCore] = useState<CoreFound>(NOTHING_FOUND)
  const checked = useMemo(() => withCore(checkSheet(typed, paper), typed, core), [typed, paper, core])
  const askCore = async () => {
    const found = await call('count.check', { committee, ...figuresOf(typed, paper) })
    if (found.ok) setCore({ typed, findings: found.value.map(asFound) })
  }
  return { checked, askCore }
}

/** What the core found in a sheet it did not take: it holds it against more than is at hand in the window. */
type CoreFound = { readonly typed: Typed; readonly findings: readonly Finding[] }
type Sent = Omit<Finding, 'place'> & { readonly place?: string | undefined }
const asFound = ({ place, ...found }: Sent): Finding => (place === undefined ? found : { ...found, place })
const NOTHING_FOUND: CoreFound = { typed: {}, findings: [] }
function withCore(checked: Checked, typed: Typed, core: CoreFound): Checked {
  if (core.typed !== typed) return checked
  const known = new Set(checked.findings.map(nameOf))
  const more = core.findings.filter((finding) => !known.has(nameOf(finding)))
  return more.length === 0 ? checked : { ...checked, findings: [...checked.findings, ...more] }
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

/** Where something was said already that still holds. */
const wordsTo = (finding: Finding, said: Said): string => (said[nameOf(finding)] ?? '').trim()

/** What keeps the sheet from being saved: the id of the field to look at; null when nothing does. */
function lookFirst({ findings }: Checked, said: Said): string | null {
  const fault = findings.find((finding) => weightOf(finding) === 'fault')
  if (fault) return `sheet-${fault.field}`
  const silent = findings.find((finding) => wordsTo(finding, said) === '')
  return silent ? whyId(silent) : null
}

/** The field in which one says why the paper has what is unlikely. */
export const whyId = ({ code, field }: Pick<Finding, 'code' | 'field'>): string => `why-${code}-${field}`

const explained = ({ findings }: Checked, said: Said): Explained[] =>
  findings.map((finding) => ({ ...finding, words: wordsTo(finding, said) }))
