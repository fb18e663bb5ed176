import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldsOf } from '../../../../shared/sheet/sheet.ts'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import { useCall } from '../../store/core-context.tsx'
import { useSharing } from '../../store/sharing.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import classes from './count-sheet.module.css'
import { Entry, type EntryProps } from './entry.tsx'
import { Judge } from './judge.tsx'
import { type FieldName, nameOf, type Typed } from './sheet-check.ts'
import { beginWith, useDraftName, useDrafts } from './sheet-drafts.ts'
import type { Look } from './sheet-look.ts'

type DifferingProps = Pick<EntryProps, 'committee' | 'rows' | 'onEntered'> & { readonly sheet: SheetRow }

/** Two people typed this sheet and do not agree: whoever asks sees what is theirs to see of it, and no more. */
export function Differing(props: DifferingProps) {
  const { committee, sheet } = props
  const { t } = useTranslation()
  const call = useCall()
  const failure = useFailureWords()
  const [look, setLook] = useState<Look | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const sharing = useSharing('double')
  const stand = `${sheet.first?.turns} ${sheet.second?.turns} ${sharing}`
  useEffect(() => {
    let wanted = stand !== ''
    void call('count.look', { committee: committee.id }).then((seen) => {
      if (!wanted) return
      if (seen.ok) setLook(seen.value)
      setFailed(seen.ok ? null : failure(seen.error))
    })
    return () => {
      wanted = false
    }
  }, [call, failure, committee.id, stand])
  if (failed && look === null) return <Note>{failed}</Note>
  if (look === null) return <Skeleton width="100%" height={480} />
  if (look.both) return <Judge committee={committee} rows={props.rows} both={look.both} />
  if (look.mine && look.mayCorrect) return <Correction {...props} look={look} mine={look.mine} />
  return <Note>{t(look.mine ? 'sheet.two.corrected' : 'sheet.two.others')}</Note>
}

function Note({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <section className={`panel ${classes.note}`} role="status">
      <h2>{t('sheet.stage.differs')}</h2>
      <p>{children}</p>
    </section>
  )
}

type CorrectionProps = DifferingProps & { readonly look: Look; readonly mine: NonNullable<Look['mine']> }

/** One's own sheet with only those fields open that differ. What the other typed is not there. */
function Correction({ sheet, look, mine, ...props }: CorrectionProps) {
  const { t } = useTranslation()
  const name = useDraftName(props.committee.id)
  const open = useOpenFields(name, sheet.differs, look, mine)
  const isBegun = useDrafts(({ drafts }) => drafts[name] !== undefined)
  if (open === null || !isBegun) return <Skeleton width="100%" height={480} />
  return <Entry {...props} notice={t('sheet.two.correct')} blind only={new Set([...sheet.differs, ...open])} />
}

/**
 * Begins the correction, once, and keeps open what was to be typed again then: what the other corrects meanwhile may agree by now,
 * and a field that is empty has to be typed. Null until it is begun.
 */
function useOpenFields(
  name: string,
  differs: readonly FieldName[],
  look: Look,
  mine: NonNullable<Look['mine']>,
): ReadonlySet<FieldName> | null {
  const [open, setOpen] = useState<ReadonlySet<FieldName> | null>(null)
  useEffect(() => {
    if (open !== null) return
    const own = [...fieldsOf(mine)].map(([field, n]): [FieldName, string] => [field, String(n)])
    const begun = useDrafts.getState().drafts[name]
    if (begun === undefined) {
      const agreed: Typed = Object.fromEntries(own.filter(([field]) => !differs.includes(field)))
      beginWith(name, agreed, Object.fromEntries(look.remarks.map((remark) => [nameOf(remark), remark.words])))
    }
    const left = own.filter(([field, text]) => begun !== undefined && begun.typed[field] !== text)
    setOpen(new Set([...differs, ...left.map(([field]) => field)]))
  }, [open, name, differs, look, mine])
  return open
}
