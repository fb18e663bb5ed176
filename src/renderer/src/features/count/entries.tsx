import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useSharing } from '../../store/sharing.ts'
import { say } from '../../ui/say.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import { Differing } from './differing.tsx'
import { Entry, type EntryProps } from './entry.tsx'
import { dropDraft, useDraftName } from './sheet-drafts.ts'
import { OnRecord, OnWay, Waits } from './two-people.tsx'

type EntriesProps = Pick<EntryProps, 'committee' | 'rows'>

/** The sheet as whoever asks may type it now: alone, as one of two, or only what the two do not agree in. */
export function Entries(props: EntriesProps) {
  const { t } = useTranslation()
  const counting = useValue('counting')
  const sheet = useValue('sheets')?.find((row) => row.id === props.committee.id)
  const me = useValue('session')?.user?.email ?? null
  const name = useDraftName(props.committee.id)
  const [anew, setAnew] = useState(false)
  const replaces = useReplaces(props)
  const words = useWordsBefore(sheet)
  if (counting === null || !sheet) return <Skeleton width="100%" height={480} />
  // A correction that was begun is over with what it corrected.
  const begin = () => {
    dropDraft(name)
    setAnew(true)
  }
  if (isDone(sheet, me) && !anew) return <OnRecord typed={sheet.typed} onAnew={begin} />
  if (!counting.double && !isBegun(sheet)) return <Entry {...props} notice={replaces} />
  // What waits for another person is not to be looked at over a shoulder.
  const onEntered: EntryProps['onEntered'] = (entered) => {
    setAnew(false)
    if (entered.is === 'queued') return say(t('sheet.two.agreed'))
    dropDraft(name)
    if (entered.is === 'first') say(t('sheet.two.kept'))
    if (entered.is === 'sealed') say(t('sheet.two.sealed'))
  }
  const onWay = sheet.onWay.find(({ by }) => by === me)
  if (onWay) return <OnWay at={onWay.at} />
  if (sheet.first && sheet.second) return <Differing {...props} sheet={sheet} onEntered={onEntered} />
  if (sheet.first?.by === me) return <Waits sheet={sheet} />
  const notice = [words, replaces].filter(Boolean).join(' ')
  return <Entry {...props} notice={notice} blind onEntered={onEntered} />
}

/** Two people type it, however this desk counts: one of them has. */
const isBegun = ({ entriesFrom, first, onWay }: SheetRow): boolean =>
  (entriesFrom === 'server' && first !== null) || onWay.length > 0

type Done = SheetRow & { readonly typed: NonNullable<SheetRow['typed']> }
/** What one of two typed is on record, and nothing of the sheet waits. */
function isDone(sheet: SheetRow, me: string | null): sheet is Done {
  const { typed, first, onWay } = sheet
  if (me === null || typed === null || first !== null || onWay.length > 0) return false
  return typed.first?.by === me || typed.second?.by === me
}

function useReplaces({ committee: { entry } }: EntriesProps): string | null {
  const { t } = useTranslation()
  return entry === 'NOT_STARTED' ? null : t(`sheet.replaces.${entry}`)
}

/** Whether one's own is the first entry or the second, and where it is kept. */
function useWordsBefore(sheet: SheetRow | undefined): string {
  const { t } = useTranslation()
  const format = useFormat()
  const sharing = useSharing('double')
  if (!sheet?.first) return t(`sheet.two.firstOf.${sharing}`)
  const { by, at } = sheet.first
  return t('sheet.two.second', { who: `\u2068${by}\u2069`, time: format.clock(at) })
}
