import { Drawer } from '@mantine/core'
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GuaranteeRow } from '../../../../shared/view/lists.ts'
import type { HistoryLine, Note, NotesView } from '../../../../shared/view/notes.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { ErrorState, Skeleton } from '../../ui/state-notes.tsx'
import { useFocusBack } from '../../ui/use-focus-back.ts'
import { NoteForm } from './note-form.tsx'
import classes from './notes-panel.module.css'

type NotesPanelProps = { readonly row: GuaranteeRow; readonly onClose: () => void }

/** What is written about one guarantee, beside the list. Esc closes it and the focus goes back to the row. */
export function NotesPanel({ row, onClose }: NotesPanelProps) {
  const { t } = useTranslation()
  const format = useFormat()
  useFocusBack()
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={420}
      title={<bdi>{row.electorName}</bdi>}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Mantine draws the head as <header>; the page has one already.
      attributes={{ header: { role: 'presentation' } }}
    >
      <p className={classes.about}>
        <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi>
        <bdi>{row.committeeName ?? t('common.unknown')}</bdi>
        {row.groupName !== null && <bdi>{row.groupName}</bdi>}
      </p>
      {row.note !== '' && (
        <p className={classes.quick}>
          <span>{t('lists.guarantees.note')}</span>
          <bdi>{row.note}</bdi>
        </p>
      )}
      <NoteForm id={row.id} />
      <Notes row={row} />
    </Drawer>
  )
}

function Notes({ row }: { readonly row: GuaranteeRow }) {
  const { t } = useTranslation()
  const state = useStream('guarantee.notes', { id: row.id })
  if (state.is === 'refused') return <ErrorState text={t('common.error.refused')} code={state.error} />
  if (state.is === 'loading' || state.value.is === 'loading') return <Waiting />
  const view = state.value
  if (view.is === 'refused') {
    return (
      <p className={classes.refused} role="status">
        {t(`lists.notes.refused.${view.because}`)}
      </p>
    )
  }
  return <Written view={view} />
}

function Waiting() {
  const { t } = useTranslation()
  return (
    <div aria-busy aria-label={t('lists.notes.title')} className={classes.waiting}>
      <Skeleton width="60%" />
      <Skeleton width="90%" />
      <Skeleton width="75%" />
    </div>
  )
}

function Written({ view }: { readonly view: Extract<NotesView, { is: 'read' }> }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      {view.since && (
        <p className={classes.since} role="status">
          <IconAlertTriangle size={14} aria-hidden />
          {t('lists.notes.since', {
            time: format.clock(view.at),
            why: t(`lists.notes.refused.${view.since.because}`),
          })}
        </p>
      )}
      <section aria-label={t('lists.notes.title')}>
        <h2 className={classes.head}>{t('lists.notes.title')}</h2>
        {view.notes.length === 0 && <p className="quiet">{t('lists.notes.none')}</p>}
        <ol className={classes.list}>
          {view.notes.map((note) => (
            <WrittenNote key={note.id} note={note} />
          ))}
        </ol>
      </section>
      {view.history !== null && view.history.length > 0 && <History lines={view.history} />}
    </>
  )
}

function WrittenNote({ note }: { readonly note: Note }) {
  const { t } = useTranslation()
  return (
    <li data-important={note.important || undefined}>
      <p className={classes.by}>
        <bdi>{note.author === '' ? t('common.unknown') : note.author}</bdi>
        <When at={note.at} />
        {note.important && <strong>{t('lists.notes.important')}</strong>}
      </p>
      <p className={classes.text} dir="auto">
        {note.text}
      </p>
    </li>
  )
}

function History({ lines }: { readonly lines: readonly HistoryLine[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <details className={classes.history}>
      <summary>
        <IconHistory size={14} aria-hidden /> {t('lists.notes.history', { n: format.number(lines.length) })}
      </summary>
      <ol className={classes.list}>
        {lines.map((line) => (
          <li key={line.id}>
            <p className={classes.by}>
              <HistoryWords line={line} />
              <bdi>{line.author}</bdi>
              <When at={line.at} />
            </p>
          </li>
        ))}
      </ol>
    </details>
  )
}

const KNOWN = [
  'CREATED',
  'UPDATED',
  'STATUS_CHANGED',
  'GROUP_CHANGED',
  'NOTE_ADDED',
  'CONTACT_UPDATED',
  'CONFIRMATION_CHANGED',
] as const
const STATES = ['PENDING', 'GUARANTEED', 'CONFIRMED', 'NOT_AVAILABLE'] as const

/** The server's word for what was done, in this language where it is known, else as it came. */
function HistoryWords({ line }: { readonly line: HistoryLine }) {
  const { t } = useTranslation()
  const known = KNOWN.find((action) => action === line.action)
  const state = STATES.find((each) => each === line.after)
  const words = known ? t(`lists.notes.action.${known}`) : line.action
  const value =
    known === 'CONFIRMATION_CHANGED' && state && state !== 'GUARANTEED'
      ? t(`lists.guarantees.confirmation.${state}`)
      : known === 'STATUS_CHANGED' && (state === 'PENDING' || state === 'GUARANTEED')
        ? t(`lists.guarantees.status.${state}`)
        : null
  return <span>{value === null ? words : `${words}: ${value}`}</span>
}

function When({ at }: { readonly at: number }) {
  const format = useFormat()
  return (
    <time dateTime={new Date(at).toISOString()}>
      {format.date(at)} {format.clock(at)}
    </time>
  )
}
