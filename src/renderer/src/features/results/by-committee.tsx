import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attentionOf, attentionOrder } from '../../../../shared/sheet/attention.ts'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import type { CandidateRow, CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { recordName } from '../../store/opened-record.ts'
import { to, useRoute } from '../../store/route.ts'
import { useIsUnread } from '../../store/trust.ts'
import { CommitteeName } from '../../ui/committee-name.tsx'
import { Figure } from '../../ui/figure.tsx'
import { ChoiceFilter, Filters, oneOf, SearchFilter } from '../../ui/filters.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './results.module.css'

const VERIFIED = ['yes', 'no'] as const
/** So many are drawn at first: those to look at are among them, and a long table costs a frame. */
const AT_FIRST = 60
const inOrder = new Intl.Collator('en', { numeric: true })

/** Every committee's sheet: what was cast, what is verified and what is not, and who leads there. Those to look at come first. */
export function ByCommittee() {
  const { t } = useTranslation()
  const sheets = useStream('sheets')
  const committees = useValue('committees')
  const query = useRoute((route) => route.query)
  return (
    <>
      <Filters keep={['view']}>
        <SearchFilter placeholder={t('results.searchCommittee')} />
        <ChoiceFilter
          name="verified"
          label={t('lists.count.anyVerified')}
          any={t('lists.count.anyVerified')}
          choices={VERIFIED.map((value) => ({
            value,
            label: t(value === 'yes' ? 'lists.count.verified' : 'lists.count.unverified'),
          }))}
        />
      </Filters>
      <WhenReady state={sheets} loading={<Skeleton width="100%" height={320} />}>
        {(rows) => <Table places={placesOf(rows, committees ?? [], query)} filtered={rows.length > 0} />}
      </WhenReady>
    </>
  )
}

type Place = { readonly sheet: SheetRow; readonly committee: CommitteeRow }

function placesOf(
  sheets: readonly SheetRow[],
  committees: readonly CommitteeRow[],
  query: Readonly<Record<string, string>>,
): Place[] {
  const byId = new Map(committees.map((row) => [row.id, row]))
  const wanted = (query.q ?? '').toLowerCase()
  const verified = oneOf(VERIFIED, query.verified)
  return sheets
    .flatMap((sheet) => {
      const committee = byId.get(sheet.id)
      if (!committee || (verified !== null && (sheet.stage === 'verified') !== (verified === 'yes'))) return []
      return `${committee.code} ${committee.name}`.toLowerCase().includes(wanted) ? [{ sheet, committee }] : []
    })
    .sort((a, b) => attentionOrder(a.sheet, b.sheet) || inOrder.compare(a.committee.code, b.committee.code))
}

function Table({ places, filtered }: { readonly places: readonly Place[]; readonly filtered: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const candidates = useValue('candidates') ?? []
  const [all, showAll] = useState(false)
  const shown = all ? places : places.slice(0, AT_FIRST)
  if (places.length === 0)
    return (
      <section className="panel">
        <EmptyList topic="committees" filtered={filtered} text={t('results.sheetsEmpty')} />
      </section>
    )
  return (
    <div className={`panel ${classes.box}`}>
      <table className={classes.table}>
        <caption className="visually-hidden">{t('results.view.committees')}</caption>
        <thead>
          <tr>
            <th>{t('common.committee')}</th>
            <th>{t('common.status')}</th>
            <th className={classes.end}>{t('lists.results.cast')}</th>
            <th className={classes.end}>{t('lists.results.invalid')}</th>
            <th className={classes.end}>{t('lists.results.valid')}</th>
            <th className={classes.end}>{t('results.verified')}</th>
            <th className={classes.end}>{t('results.unverified')}</th>
            <th>{t('results.leads')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((place) => (
            <Row key={place.sheet.id} {...place} candidates={candidates} />
          ))}
        </tbody>
      </table>
      {shown.length < places.length && (
        <Button variant="subtle" fullWidth onClick={() => showAll(true)}>
          {t('results.showAll', { a: format.number(shown.length), b: format.number(places.length) })}
        </Button>
      )}
    </div>
  )
}

function Row({ sheet, committee, candidates }: Place & { readonly candidates: readonly CandidateRow[] }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { leader } = sheet
  const isUnread = useIsUnread('counts')
  const ahead = candidates.find(({ id }) => id === leader?.candidate)
  const unverified = Math.max(0, sheet.votes - sheet.votesVerified)
  const entry = to('results', { view: 'committees', record: recordName({ kind: 'entry', key: String(sheet.id) }) })
  const counts = (verified: 'yes' | 'no') => to('results', { view: 'counts', committee: committee.code, verified })
  return (
    <tr data-attention={attentionOf(sheet) ?? undefined} className={classes.far}>
      <td>
        <CommitteeName code={committee.code} name={committee.name} href={to('committee', { code: committee.code })} />
      </td>
      <td>
        <a className="calm" href={to('count', { committee: committee.code })}>
          {isUnread ? t('common.unread.title') : t(`sheet.stage.${sheet.stage}`)}
        </a>
      </td>
      <td className={classes.end}>
        <Figure value={sheet.cast} topic="counts" href={entry} />
      </td>
      <td className={classes.end}>
        <Figure value={sheet.invalid} topic="counts" href={entry} />
      </td>
      <td className={classes.end}>
        <Figure value={Math.max(0, sheet.cast - sheet.invalid)} topic="counts" href={entry} />
      </td>
      <td className={classes.end}>
        <Figure value={sheet.votesVerified} topic="counts" href={counts('yes')} />
      </td>
      <td className={classes.end} data-some={unverified > 0 || undefined}>
        <Figure value={unverified} topic="counts" href={counts('no')} />
      </td>
      <td>
        {leader === null ? (
          <span className="quiet">{sheet.votes > 0 ? t('results.level') : '—'}</span>
        ) : (
          <>
            <bdi>{ahead?.name ?? t('common.unknown')}</bdi>{' '}
            <span className="quiet">
              <Figure
                value={`+${format.number(leader.ahead)}`}
                topic="counts"
                href={to('results', { view: 'counts', committee: committee.code })}
              />
            </span>
          </>
        )}
      </td>
    </tr>
  )
}
