import { useTranslation } from 'react-i18next'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { say } from '../../ui/say.ts'
import { Skeleton } from '../../ui/state-notes.tsx'
import classes from './count-sheet.module.css'
import { Differing } from './differing.tsx'
import { Entry, type EntryProps } from './entry.tsx'
import { dropDraft, useDraftName } from './sheet-drafts.ts'

type EntriesProps = Pick<EntryProps, 'committee' | 'rows'>

/** The sheet as whoever asks may type it now: alone, as one of two, or only what the two do not agree in. */
export function Entries(props: EntriesProps) {
  const { t } = useTranslation()
  const counting = useValue('counting')
  const sheet = useValue('sheets')?.find((row) => row.id === props.committee.id)
  const me = useValue('session')?.user?.email
  const name = useDraftName(props.committee.id)
  const { entry } = props.committee
  const replaces = entry === 'NOT_STARTED' ? null : t(`sheet.replaces.${entry}`)
  if (counting === null || !sheet) return <Skeleton width="100%" height={480} />
  if (!counting.double) return <Entry {...props} notice={replaces} />
  // What waits for another person is in the journal and not to be looked at over a shoulder.
  const onEntered: EntryProps['onEntered'] = (entered) => {
    if (entered.is === 'queued') return say(t('sheet.two.agreed'))
    dropDraft(name)
    if (entered.is === 'first') say(t('sheet.two.kept'))
  }
  if (sheet.first && sheet.second) return <Differing {...props} sheet={sheet} onEntered={onEntered} />
  if (sheet.first?.by === me && sheet.first) return <Waits first={sheet.first} />
  const notice = [t(sheet.first ? 'sheet.two.second' : 'sheet.two.first'), replaces].filter(Boolean).join(' ')
  return <Entry {...props} notice={notice} blind onEntered={onEntered} />
}

/** One's own entry is kept; somebody else has to type the same paper. */
function Waits({ first }: { readonly first: NonNullable<SheetRow['first']> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className={`panel ${classes.note}`} role="status">
      <h2>{t('sheet.two.waits')}</h2>
      <p>{t('sheet.two.waitsText', { time: format.clock(first.at) })}</p>
    </section>
  )
}
