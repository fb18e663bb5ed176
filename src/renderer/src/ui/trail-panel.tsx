import { Button, Drawer } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrailEntry, TrailOf, TrailView } from '../../../shared/view/trail.ts'
import { useFormat } from '../i18n/format.ts'
import { useCall, useHostPresence } from '../store/core-context.tsx'
import { closeRecord, parseRecord, recordClosed, useOpenedRecord } from '../store/opened-record.ts'
import { EmptyState, ErrorState, Skeleton } from './state-notes.tsx'
import { TrailLine } from './trail-line.tsx'
import classes from './trail.module.css'
import { useFailureWords } from './use-failure-words.ts'
import { useFocusBack } from './use-focus-back.ts'

/** How the record in the address came to be, beside what one looks at: `?record=attendance/123`. Esc closes it. */
export function TrailPanel() {
  const name = useOpenedRecord()
  const of = parseRecord(name ?? undefined)
  return of === null ? null : <Panel key={name} of={of} />
}

function Panel({ of }: { readonly of: TrailOf }) {
  const { t } = useTranslation()
  const trail = useTrail(of)
  useFocusBack()
  useEffect(() => recordClosed, [])
  const name = trail.is === 'ready' ? trail.view.name : ''
  return (
    <Drawer
      opened
      onClose={closeRecord}
      position="right"
      size={520}
      title={
        <>
          {t('trail.title')}
          {name !== '' && (
            <>
              : <bdi>{name}</bdi>
            </>
          )}
        </>
      }
      closeButtonProps={{ 'aria-label': t('common.close') }}
      // Mantine draws the head as <header>; the page has one already.
      attributes={{ header: { role: 'presentation' } }}
    >
      <Found kind={of.kind} trail={trail} />
    </Drawer>
  )
}

type Trail =
  | { readonly is: 'reading' }
  | { readonly is: 'refused'; readonly error: string }
  | { readonly is: 'ready'; readonly view: TrailView; readonly older: () => void }

/** Read once when it is opened: what is written meanwhile is read when it is opened again. */
function useTrail({ kind, key }: TrailOf): Trail {
  const call = useCall()
  const presence = useHostPresence()
  const [state, setState] = useState<{ readonly view: TrailView } | { readonly error: string } | null>(null)
  const [after, setAfter] = useState<number | null>(null)
  useEffect(() => {
    let wanted = true
    void call('trail.read', { of: { kind, key }, after }).then((answer) => {
      // The page may be drawn before its host is there: then it is asked for again when it is.
      if (!wanted || (!answer.ok && answer.error === 'disconnected')) return
      if (!answer.ok) return setState({ error: answer.error })
      setState((before) => ({ view: joined(before && 'view' in before ? before.view : null, answer.value) }))
    })
    return () => {
      wanted = false
    }
  }, [call, presence, kind, key, after])
  if (state === null) return { is: 'reading' }
  if ('error' in state) return { is: 'refused', error: state.error }
  return { is: 'ready', view: state.view, older: () => setAfter(state.view.next) }
}

const joined = (newer: TrailView | null, older: TrailView): TrailView => {
  const last = newer?.entries.at(-1)?.cursor ?? Number.POSITIVE_INFINITY
  return { ...older, entries: [...(newer?.entries ?? []), ...older.entries.filter(({ cursor }) => cursor < last)] }
}

function Found({ kind, trail }: { readonly kind: TrailOf['kind']; readonly trail: Trail }) {
  const { t } = useTranslation()
  const format = useFormat()
  const failure = useFailureWords()
  if (trail.is === 'reading') return <Skeleton width="100%" height={180} />
  if (trail.is === 'refused') {
    if (trail.error === 'unknown') return <EmptyState text={t('trail.none')} />
    return <ErrorState text={failure(trail.error)} code={trail.error} />
  }
  const { entries, gone, replayed, leftOut, next } = trail.view
  return (
    <>
      <p className="quiet">{t('trail.text')}</p>
      {replayed && <p className={classes.said}>{t('trail.replayed')}</p>}
      {gone && <p className={classes.said}>{t('trail.gone')}</p>}
      <ol className={classes.rows}>
        {entries.map((entry: TrailEntry) => (
          <TrailLine key={entry.cursor} kind={kind} entry={entry} />
        ))}
      </ol>
      {leftOut > 0 && <p className="quiet">{t('trail.leftOut', { count: leftOut, n: format.number(leftOut) })}</p>}
      {next !== null && (
        <Button variant="default" onClick={trail.older}>
          {t('trail.older')}
        </Button>
      )}
    </>
  )
}
