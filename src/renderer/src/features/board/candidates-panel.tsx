import { useTranslation } from 'react-i18next'
import type { CandidateRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { countsOf, countsOfParty } from '../../store/counts-address.ts'
import { to } from '../../store/route.ts'
import { Bar } from '../../ui/bar.tsx'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { Figure } from '../../ui/figure.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { usePartyColor } from '../../ui/use-party-color.ts'
import { useSize } from '../../ui/use-size.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import shared from './board.module.css'
import classes from './candidates-panel.module.css'

const SHOWN = 8
/** A candidate's line, px, as the styles have it. */
const LINE_PX = 39

/** Who leads so far, and from how many committees. */
export function CandidatesPanel() {
  const { t } = useTranslation()
  const format = useFormat()
  const state = useStream('candidates')
  const headline = useValue('headline')
  const begun = state.is === 'ready' && state.value.some((row) => row.votes > 0)
  return (
    <section className={`panel ${classes.candidates}`} aria-label={t('board.leading')}>
      <div className="panel-head">
        <h2 className={classes.wholeTitle}>
          <a className={shared.cardTitle} href={to('results')}>
            {t('board.leading')}
          </a>
        </h2>
        {headline && begun && (
          <a className={`quiet small ${classes.leadingFrom}`} href={to('results', { view: 'committees' })}>
            {t('board.leadingFrom', {
              a: format.number(headline.entries.completed),
              b: format.number(headline.committees),
            })}
          </a>
        )}
        <DoubtMark topic="counts" short />
      </div>
      <WhenReady state={state} loading={<Loading />}>
        {(rows) => (begun ? <Ranking rows={rows} /> : <EmptyList topic="counts" text={t('board.leadingEmpty')} />)}
      </WhenReady>
    </section>
  )
}

function Ranking({ rows }: { readonly rows: readonly CandidateRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const colorOf = usePartyColor()
  const [box, { height }] = useSize<HTMLOListElement>()
  // Who does not fit whole is not begun: half a line would be read for a whole one.
  const room = height === 0 ? SHOWN : Math.max(1, Math.floor(height / LINE_PX))
  const shown = [...rows].sort((a, b) => a.rank - b.rank).slice(0, Math.min(SHOWN, room))
  const most = shown[0]?.votes ?? 0
  const all = rows.reduce((sum, row) => sum + row.votes, 0)
  return (
    <>
      <ol className={classes.ranking} ref={box}>
        {shown.map((row, index) => (
          <li key={row.id} className={classes.candidate}>
            <bdi className="quiet">{format.plain(row.rank)}</bdi>
            <span className={classes.candidateName}>
              <bdi title={row.name}>{row.name}</bdi>
              <bdi className="quiet small">{row.party ?? t('common.independent')}</bdi>
            </span>
            <span className={classes.candidateVotes}>
              <Figure value={row.votes} topic="counts" level={3} href={countsOf(row.number)} />
              <span className="quiet small">
                <Figure value={format.share(row.votes, all)} topic="counts" href={countsOf(row.number)} />
              </span>
              {index === 0 && <Margin over={shown[1]?.votes ?? 0} votes={row.votes} />}
            </span>
            <div className={classes.candidateBar}>
              <Bar
                slim
                value={row.votes}
                of={most}
                topic="counts"
                color={colorOf(row.color)}
                label={format.share(row.votes, all)}
              />
            </div>
          </li>
        ))}
      </ol>
      <Parties rows={rows} />
    </>
  )
}

/** How far the first is ahead of the second. */
function Margin({ votes, over }: { readonly votes: number; readonly over: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const words = votes === over ? t('charts.tied') : t('charts.margin', { n: format.number(votes - over) })
  return (
    <a className="small" href={to('results', { view: 'lead' })}>
      {words}
    </a>
  )
}

/** Votes of each party's candidates together. */
function Parties({ rows }: { readonly rows: readonly CandidateRow[] }) {
  const { t } = useTranslation()
  const totals = new Map<string | null, number>()
  for (const { party, votes } of rows) totals.set(party, (totals.get(party) ?? 0) + votes)
  const sorted = [...totals].sort((a, b) => b[1] - a[1])
  return (
    <p className={classes.parties} aria-label={t('charts.parties')}>
      {sorted.map(([party, votes]) => (
        <span key={party ?? ''}>
          <bdi className="quiet">{party ?? t('common.independent')}</bdi>{' '}
          <Figure value={votes} topic="counts" href={countsOfParty(party)} />
        </span>
      ))}
    </p>
  )
}

function Loading() {
  return (
    <div className={shared.loadingRows}>
      {Array.from({ length: SHOWN }, (_, row) => (
        <Skeleton key={row} width="100%" height={26} />
      ))}
    </div>
  )
}
