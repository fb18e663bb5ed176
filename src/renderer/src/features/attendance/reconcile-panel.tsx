import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../../shared/model/ids.ts'
import { type ReconcileRow, type ReconcileView, typedHere } from '../../../../shared/view/reconcile.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { to } from '../../store/route.ts'
import { useTrust } from '../../store/trust.ts'
import { openYours } from '../../store/yours.ts'
import { CommitteeName } from '../../ui/committee-name.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { ReconcilePlace, StandingWords, TypePaper } from '../../ui/reconcile-place.tsx'
import classes from '../../ui/reconcile.module.css'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { WhenReady } from '../../ui/when-ready.tsx'

/** What is marked here, what the server says, what the paper says: of one committee in full, or of all, those that differ first. */
export function ReconcilePanel({ committee }: { readonly committee: CommitteeCode | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const state = useStream('reconcile', { committee })
  return (
    <section className={`panel ${classes.panel} ${classes.scroll}`} aria-label={t('attend.reconcile.title')}>
      <div className="panel-head">
        <h2>{t('attend.reconcile.title')}</h2>
        <DoubtMark topic="attendance" />
        {state.is === 'ready' && state.value.at > 0 && (
          <span className="quiet small" title={t('figures.asOfText')}>
            {t('figures.asOf', { time: format.clockSeconds(state.value.at) })}
          </span>
        )}
      </div>
      <WhenReady state={state} loading={<Skeleton width="100%" height={220} />}>
        {(view) => <Found view={view} committee={committee} />}
      </WhenReady>
    </section>
  )
}

function Found({ view, committee }: { readonly view: ReconcileView; readonly committee: CommitteeCode | null }) {
  const { t } = useTranslation()
  const [first] = view.rows
  if (!first)
    return (
      <EmptyList
        topic="committees"
        text={t(committee === null ? 'attend.reconcile.empty' : 'attend.reconcile.noCommittee')}
      />
    )
  return committee === null ? <All view={view} /> : <ReconcilePlace row={first} />
}

function All({ view }: { readonly view: ReconcileView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { own, attended, counted, committees } = view
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
          <dd className={own.unsent + own.refused > 0 ? classes.look : undefined}>
            {t('attend.reconcile.unsent', { n: n(own.unsent) })} ·{' '}
            {t('attend.reconcile.refused', { n: n(own.refused) })}
          </dd>
          <dd className={classes.trust}>{t('attend.reconcile.hereTrust')}</dd>
        </div>
        <div>
          <dt>{t('attend.reconcile.server')}</dt>
          <dd>
            <Figure value={attended} topic="attendance" level={2} href={to('attendance', { status: 'ATTENDED' })} />
          </dd>
          <dd data-trust={trust}>{t('attend.reconcile.others', { n: came(Math.max(0, attended - own.seen)) })}</dd>
          <dd className={classes.trust}>{t('attend.reconcile.serverTrust')}</dd>
        </div>
        <div>
          <dt>{t('attend.reconcile.paper')}</dt>
          <dd>
            <b className={classes.own}>{counted.committees === 0 ? '—' : n(counted.paper)}</b>
          </dd>
          <dd>
            {counted.committees === 0
              ? t('attend.reconcile.noneCounted')
              : `${t('attend.reconcile.counted', { a: n(counted.committees), b: n(committees) })} · ${t('attend.reconcile.serverThere', { n: n(counted.attended) })}`}
          </dd>
          <dd className={classes.trust}>{t('attend.reconcile.paperTrust')}</dd>
        </div>
      </dl>
      <Rows view={view} />
    </>
  )
}

function Rows({ view }: { readonly view: ReconcileView }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('attend.reconcile.title')}</caption>
        <thead>
          <tr>
            <th>{t('common.committee')}</th>
            <th className={classes.end}>{t('attend.reconcile.here')}</th>
            <th className={classes.end}>{t('attend.reconcile.server')}</th>
            <th className={classes.end}>{t('attend.reconcile.paper')}</th>
            <th>{t('common.status')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {view.beyond > 0 && <p className="quiet">{t('attend.reconcile.beyond', { n: format.number(view.beyond) })}</p>}
    </>
  )
}

function Row({ row }: { readonly row: ReconcileRow }) {
  const format = useFormat()
  return (
    <tr>
      <td>
        <CommitteeName
          code={row.code}
          name={row.name}
          href={to('attendance', { view: 'reconcile', committee: row.code })}
        />
      </td>
      <td className={classes.end}>{format.number(typedHere(row.own))}</td>
      <td className={classes.end}>
        <Figure
          value={row.attended}
          topic="attendance"
          href={to('attendance', { committee: row.code, status: 'ATTENDED' })}
        />
      </td>
      <td className={classes.end}>{row.paper === null ? '—' : format.number(row.paper.count)}</td>
      <td>
        <StandingWords row={row} />
      </td>
      <td className={classes.end}>
        <TypePaper row={row} />
      </td>
    </tr>
  )
}
