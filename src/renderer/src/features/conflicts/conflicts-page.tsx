import { useTranslation } from 'react-i18next'
import type { ConflictsView } from '../../../../shared/view/conflict.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { ConflictCard } from './conflict-card.tsx'
import { DecidedList } from './decided-list.tsx'
import classes from './conflicts.module.css'

/** Things that cannot both be so, each until a person has decided it; then what was decided, by whom, when and why. */
export function ConflictsPage() {
  const { t } = useTranslation()
  const state = useStream('conflicts')
  return (
    <div className={classes.page}>
      <h1>{t('acts.conflicts.title')}</h1>
      <WhenReady state={state} loading={<Skeleton width="100%" height={320} />}>
        {(view) => <Cards view={view} />}
      </WhenReady>
    </div>
  )
}

function Cards({ view }: { readonly view: ConflictsView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const open = view.cards.filter((card) => card.state === 'open')
  const ended = view.cards.filter((card) => card.state !== 'open')
  return (
    <>
      {open.length === 0 ? (
        <section className="panel">
          <EmptyState title={t('acts.conflicts.noneTitle')} text={t('acts.conflicts.none')} />
        </section>
      ) : (
        <>
          <p role="status" className={classes.count}>
            {t('acts.conflicts.needsDecision', { count: view.open, n: format.number(view.open) })}
          </p>
          <ol className={classes.cards}>
            {open.map((card) => (
              <li key={card.id}>
                <ConflictCard card={card} />
              </li>
            ))}
          </ol>
        </>
      )}
      <DecidedList cards={ended} />
    </>
  )
}
