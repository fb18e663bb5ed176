import { useTranslation } from 'react-i18next'
import type { CommitteeCode } from '../../../../shared/model/ids.ts'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useCommitteeNames } from '../../store/committee-names.ts'
import { useStream } from '../../store/core-context.tsx'
import { to, useRoute } from '../../store/route.ts'
import { ConditionMark } from '../../ui/condition-mark.tsx'
import { hasIncident, useConditionWords } from '../../ui/condition-words.ts'
import { ChoiceFilter } from '../../ui/filters.tsx'
import { HoursPanel } from '../../ui/hours-panel.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { CamePanel, PledgesPanel } from './came-panel.tsx'
import classes from './committee.module.css'
import { FaultsHere } from './faults-here.tsx'
import { PaperPanel } from './paper-panel.tsx'
import { PeopleAndTold } from './people.tsx'
import { SheetPanel } from './sheet-panel.tsx'

/** Everything this desk knows of one committee: `#/committee?code=m4`. Tiles, search and the feed lead here. */
export function CommitteePage() {
  const { t } = useTranslation()
  const code = useRoute((route) => route.query.code ?? '')
  const state = useStream('committees')
  return (
    <div className={classes.page}>
      <WhenReady state={state} loading={<Loading code={code} />}>
        {(rows) => {
          const row = rows.find((each) => each.code === code)
          return row ? (
            <Known row={row} />
          ) : (
            <>
              <Head row={null} />
              <section className="panel">
                {code !== '' && rows.length === 0 ? (
                  <EmptyList topic="committees" text={t('board.committeesEmpty')} />
                ) : (
                  <EmptyState
                    text={code === '' ? t('committee.chooseText') : t('committee.unknown')}
                    action={<a href={to('board')}>{t('committee.board')}</a>}
                  />
                )}
              </section>
            </>
          )
        }}
      </WhenReady>
    </div>
  )
}

function Loading({ code }: { readonly code: string }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1>{code === '' ? t('committee.choose') : <bdi>{format.digitsOf(code)}</bdi>}</h1>
      </div>
      <Skeleton width="100%" height={420} />
    </div>
  )
}

function Head({ row }: { readonly row: CommitteeRow | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const names = useCommitteeNames() ?? []
  return (
    <div className={classes.head}>
      <h1>
        {row === null ? (
          t('committee.choose')
        ) : (
          <>
            <bdi>{format.digitsOf(row.code)}</bdi> · <bdi>{row.name}</bdi>
          </>
        )}
      </h1>
      {row && <Condition row={row} />}
      <span className={classes.grow} />
      <ChoiceFilter
        name="code"
        label={t('committee.choose')}
        any={t('committee.choose')}
        choices={names.map((name) => ({ value: name.code, label: `${name.code} · ${name.name}` }))}
        widest={260}
      />
    </div>
  )
}

function Condition({ row }: { readonly row: CommitteeRow }) {
  const words = useConditionWords()(row)
  const said = (
    <>
      <ConditionMark condition={row.condition} /> {words}
    </>
  )
  return (
    <span className={classes.condition} data-condition={row.condition}>
      {hasIncident(row) ? <a href={to('incidents', { committee: row.code })}>{said}</a> : said}
    </span>
  )
}

function Known({ row }: { readonly row: CommitteeRow }) {
  const code: CommitteeCode = row.code
  return (
    <>
      <Head row={row} />
      <div className={classes.cards}>
        <CamePanel row={row} />
        <PledgesPanel code={code} />
        <SheetPanel row={row} />
      </div>
      <div className={classes.wide}>
        <HoursPanel committee={code} />
        <FaultsHere row={row} />
      </div>
      <PaperPanel code={code} />
      <PeopleAndTold code={code} />
    </>
  )
}
