import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CommitteeCode } from '../../../../shared/model/ids.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { filtersIn, to, useRoute } from '../../store/route.ts'
import { CountList } from '../../ui/count-list.tsx'
import { CountSettings } from '../../ui/count-settings.tsx'
import { ConflictBar } from '../../ui/conflict-bar.tsx'
import { ListHead } from '../../ui/list-head.tsx'
import classes from '../../ui/list-page.module.css'
import { Refused } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { useSum } from '../../ui/use-sum.ts'
import { WhenReady } from '../../ui/when-ready.tsx'
import { CommitteeGrid } from './committee-grid.tsx'
import { CountSheet } from './count-sheet.tsx'
import { SheetReview } from './sheet-review.tsx'
import { TypedBy } from './two-people.tsx'
import { VerifySheet } from './verify-sheet.tsx'

/** The counts, or one committee's sheet being entered: `#/count?committee=m4&sheet=open`. */
export function CountPage() {
  const query = useRoute((route) => route.query)
  const rows = useValue('committees')
  // What is recorded can be looked at, not typed.
  const past = useReplayRefusal()
  const committee =
    query.sheet === 'open' && past === null ? rows?.find((row) => row.code === query.committee) : undefined
  return committee ? <CountSheet key={committee.id} committee={committee} /> : <Counts />
}

const SHEETS = to('results', { view: 'committees' })

/** How far each committee's count is, and every candidate's votes from it. */
function Counts() {
  const { t } = useTranslation()
  const format = useFormat()
  const headline = useValue('headline')
  const committees = useStream('committees')
  const committee = useRoute((route) => CommitteeCode.safeParse(route.query.committee).data ?? null)
  const sheetsRead = useSum('counts')
  const filtered = useRoute((route) => filtersIn(route.query).length > 0)
  const facts = headline
    ? [
        {
          label: t('lists.count.completed'),
          // Of no committee none can be complete.
          value:
            headline.committees === 0
              ? '—'
              : `${sheetsRead(headline.entries.completed)} / ${format.number(headline.committees)}`,
          href: SHEETS,
        },
        { label: t('lists.count.ballots'), value: headline.ballotsCast, href: SHEETS },
        { label: t('lists.count.invalid'), value: headline.ballotsInvalid, href: SHEETS },
        { label: t('lists.count.votes'), value: headline.votes, href: to('results', { view: 'counts' }) },
        {
          label: t('lists.count.votesVerified'),
          value: headline.votesVerified,
          href: to('results', { view: 'counts', verified: 'yes' }),
        },
      ]
    : []
  return (
    <div className={classes.page}>
      <ListHead title={t('lists.count.title')} topic="counts" facts={facts}>
        <CountSettings />
      </ListHead>
      <ConflictBar screen="count" />
      <WhenReady state={committees} loading={<Skeleton width="100%" height={120} />}>
        {(rows) => <CommitteeGrid rows={rows} chosen={committee} />}
      </WhenReady>
      {committee && <ChosenReview code={committee} />}
      <CountList
        label={t('lists.count.perCandidate')}
        empty={<EmptyList topic="counts" filtered={filtered} text={t('lists.count.empty')} />}
        end={
          committee && (
            <>
              <VerifySheet committee={committee} />
              <EnterSheet committee={committee} />
            </>
          )
        }
      />
    </div>
  )
}

function ChosenReview({ code }: { readonly code: string }) {
  const id = useValue('committees')?.find((row) => row.code === code)?.id
  const sheet = useValue('sheets')?.find((row) => row.id === id)
  if (!sheet) return null
  return (
    <>
      {sheet.typed && <TypedBy typed={sheet.typed} />}
      <SheetReview sheet={sheet} code={code} />
    </>
  )
}

/** Opens the chosen committee's sheet, where this account may. */
function EnterSheet({ committee }: { readonly committee: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  const may = useValue('session')?.may
  const words = t('sheet.enter', { committee: `\u2068${format.digitsOf(committee)}\u2069` })
  const past = useReplayRefusal()
  const refusal = past ?? (may && !may.enterCounts ? t('sheet.mayNot') : null)
  if (refusal !== null) {
    return (
      <Refused why={refusal}>
        <Button aria-disabled data-disabled aria-description={refusal}>
          {words}
        </Button>
      </Refused>
    )
  }
  return (
    <Button component="a" href={to('count', { committee, sheet: 'open' })}>
      {words}
    </Button>
  )
}
