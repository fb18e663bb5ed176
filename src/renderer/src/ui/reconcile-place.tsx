import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Reason, type ReconcileRow, typedHere } from '../../../shared/view/reconcile.ts'
import { useFormat } from '../i18n/format.ts'
import { useValue } from '../store/core-context.tsx'
import { mayMarkAt } from '../store/may.ts'
import { useOpen } from '../store/open.ts'
import { openingRecord, recordName } from '../store/opened-record.ts'
import { to, useRoute } from '../store/route.ts'
import { useTrust } from '../store/trust.ts'
import { openYours } from '../store/yours.ts'
import { useDoubtWords } from './doubt-mark.tsx'
import { Figure } from './figure.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import classes from './reconcile.module.css'
import { Refused, refusing } from './refused.tsx'
import { useReplayRefusal } from './use-replay-refusal.ts'
import { useSum } from './use-sum.ts'

/** One committee: marked at this desk, said by the server, counted on paper; how far each goes, and what to do where they differ. */
export function ReconcilePlace({ row }: { readonly row: ReconcileRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { own, attended, pending } = row
  const others = Math.max(0, attended - own.seen)
  const trust = useTrust('attendance')?.state ?? 'provisional'
  const n = (count: number) => format.number(count)
  const came = useSum('attendance')
  return (
    <>
      <dl className={classes.three}>
        <div>
          <dt>{t('attend.reconcile.here')}</dt>
          <dd>
            <button type="button" className={classes.toYours} onClick={() => openYours(true)}>
              <b className={classes.own}>{n(typedHere(own))}</b>
            </button>
          </dd>
          <dd>{t('attend.reconcile.seen', { n: n(own.seen) })}</dd>
          {(['unsent', 'unseen', 'refused'] as const).map(
            (
              fate, // the literals the sums are named by
            ) =>
              own[fate] > 0 && (
                <dd key={fate} className={classes.look}>
                  {t(`attend.reconcile.${fate}`, { n: n(own[fate]) })}
                </dd>
              ),
          )}
          <dd className={classes.trust}>{t('attend.reconcile.hereTrust')}</dd>
        </div>
        <div>
          <dt>{t('attend.reconcile.server')}</dt>
          <dd>
            <Figure
              value={attended}
              topic="attendance"
              level={2}
              mark
              href={to('attendance', { committee: row.code, status: 'ATTENDED' })}
            />
          </dd>
          <dd data-trust={trust}>{t('attend.reconcile.others', { n: came(others) })}</dd>
          {pending > 0 && <dd>{t('attend.reconcile.pendingToo', { n: n(pending) })}</dd>}
          <dd className={classes.trust}>{t('attend.reconcile.serverTrust')}</dd>
        </div>
        <Paper row={row} />
      </dl>
      <ToDo row={row} />
    </>
  )
}

function Paper({ row }: { readonly row: ReconcileRow }) {
  const { screen, query } = useRoute()
  const { t } = useTranslation()
  const format = useFormat()
  const { paper } = row
  return (
    <div>
      <dt>{t('attend.reconcile.paper')}</dt>
      {paper === null ? (
        <dd className="quiet">{t('attend.reconcile.standing.no-paper')}</dd>
      ) : (
        <>
          <dd>
            <a
              href={to(screen, { ...query, record: recordName({ kind: 'paper', key: row.code }) })}
              onClick={openingRecord}
              title={t('trail.open')}
            >
              <b className={classes.own}>{format.number(paper.count)}</b>
            </a>{' '}
            <StandingWords row={row} />
          </dd>
          <dd>
            {t('attend.reconcile.by', { by: `\u2068${paper.by}\u2069`, time: format.clock(paper.at) })} ·{' '}
            {t('attend.reconcile.then', { n: format.number(paper.attendedThen) })}
          </dd>
          {paper.reason !== '' && (
            <dd>
              {t('attend.reconcile.again', { n: format.number(paper.times), reason: `\u2068${paper.reason}\u2069` })}
            </dd>
          )}
          <dd className={classes.trust}>{t('attend.reconcile.paperTrust')}</dd>
        </>
      )}
      <dd>
        <TypePaper row={row} />
      </dd>
    </div>
  )
}

/** How paper and server stand to each other, in a word. */
export function StandingWords({
  row: { standing, apart },
}: {
  readonly row: Pick<ReconcileRow, 'standing' | 'apart'>
}) {
  const { t } = useTranslation()
  const format = useFormat()
  const differs = standing === 'more-on-paper' || standing === 'fewer-on-paper'
  return (
    <span className={classes.standing} data-standing={standing} data-differs={differs || undefined}>
      {t(`attend.reconcile.standing.${standing}`, { n: format.number(Math.abs(apart)) })}
    </span>
  )
}

/** Opens the paper's count, or says why this account may not type it. */
export function TypePaper({ row }: { readonly row: ReconcileRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const may = useValue('session')?.may
  const past = useReplayRefusal()
  const { isOpen, of, open, close } = useOpen('paper')
  const refusal = past ?? (may === undefined || mayMarkAt(may, row.code) ? null : t('common.error.not-your-committee'))
  const words = t(row.paper === null ? 'attend.reconcile.type' : 'attend.reconcile.typeAgain')
  const name = t('attend.reconcile.typeFor', { committee: format.digitsOf(row.code) })
  return (
    <>
      <Refused why={refusal}>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${words}: ${name}`}
          {...(refusal === null ? { onClick: () => open(row.code) } : refusing(refusal))}
        >
          {words}
        </Button>
      </Refused>
      {isOpen && of === row.code && refusal === null && <PaperDialog row={row} onClose={close} />}
    </>
  )
}

/** What a difference comes from as far as this desk knows, and the next step for each. */
function ToDo({ row }: { readonly row: ReconcileRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const doubt = useDoubtWords(useTrust('attendance'))
  return (
    <section className={classes.todo} aria-label={t('attend.reconcile.toDo')}>
      <h3>{t('attend.reconcile.toDo')}</h3>
      {doubt && <p className={classes.look}>{t('attend.reconcile.doubtful', { why: doubt.why })}</p>}
      {row.reasons.length === 0 && !doubt && <p className="quiet">{t('attend.reconcile.nothing')}</p>}
      <ul>
        {row.reasons.map((reason) => (
          <li key={reason.is}>
            {t(`attend.reconcile.reason.${reason.is}`, { n: format.number(reason.count) })}{' '}
            <Way reason={reason} row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Where these marks are to be found. */
function Way({ reason, row }: { readonly reason: Reason; readonly row: ReconcileRow }) {
  const { t } = useTranslation()
  const { code: committee } = row
  switch (reason.is) {
    case 'unsent':
    case 'unseen':
    case 'refused':
      return (
        <Button size="compact-xs" variant="subtle" onClick={() => openYours(true)}>
          {t('attend.reconcile.openYours')}
        </Button>
      )
    case 'pending':
      return <a href={to('attendance', { committee, status: 'PENDING' })}>{t('attend.reconcile.openPending')}</a>
    case 'later':
    case 'nowhere':
    case 'not-on-paper':
    case 'others':
      return <a href={to('attendance', { committee })}>{t('attend.reconcile.openList')}</a>
  }
}
