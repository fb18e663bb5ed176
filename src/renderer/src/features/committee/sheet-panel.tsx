import { useTranslation } from 'react-i18next'
import { attentionOf, openFindings } from '../../../../shared/sheet/attention.ts'
import { ruleWords } from '../../../../shared/sheet/rules.ts'
import type { SheetRow } from '../../../../shared/sheet/sheet-view.ts'
import type { CommitteeRow } from '../../../../shared/view/board.ts'
import { useFormat } from '../../i18n/format.ts'
import { useStream } from '../../store/core-context.tsx'
import { recordName, openingRecord } from '../../store/opened-record.ts'
import { usePreferences } from '../../store/preferences.ts'
import { to } from '../../store/route.ts'
import { useIsUnread, useTrust } from '../../store/trust.ts'
import { useWorseTopic } from '../../store/worse-topic.ts'
import { DoubtMark } from '../../ui/doubt-mark.tsx'
import { EmptyList } from '../../ui/empty-list.tsx'
import { Figure } from '../../ui/figure.tsx'
import { Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import classes from './committee.module.css'

/** How far its count sheet is, what the rules find in it, and whether there are as many ballots as people who came. */
export function SheetPanel({ row }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const state = useStream('sheets')
  const isUnread = useIsUnread('counts')
  return (
    <section className={`panel ${classes.card}`} aria-label={t('committee.sheet.title')}>
      <h2>
        <a href={to('count', { committee: row.code })}>{t('committee.sheet.title')}</a>{' '}
        <DoubtMark topic="counts" short />
      </h2>
      <WhenReady state={state} loading={<Skeleton width="100%" height={80} />}>
        {(sheets) => {
          const sheet = sheets.find(({ id }) => id === row.id)
          if (isUnread) return <EmptyList topic="counts" text={t('sheet.stage.not-started')} />
          return sheet ? <Sheet sheet={sheet} row={row} /> : <p className="quiet">{t('sheet.stage.not-started')}</p>
        }}
      </WhenReady>
    </section>
  )
}

function Sheet({ sheet, row }: { readonly sheet: SheetRow; readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const { cast, invalid, votes, stage, id } = sheet
  const opened = to('committee', { code: row.code, record: recordName({ kind: 'entry', key: String(id) }) })
  return (
    <>
      <p>
        <b data-attention={attentionOf(sheet) ?? undefined} className={classes.stage}>
          {t(`sheet.stage.${stage}`)}
        </b>{' '}
        <a href={to('count', { committee: row.code })}>{t('committee.sheet.open')}</a>
      </p>
      <dl className={classes.figures}>
        {(
          [
            ['cast', cast],
            ['invalid', invalid],
            ['votes', votes],
          ] as const
        ).map(
          (
            [name, value], // the literals the figures are named by
          ) => (
            <div key={name}>
              <dt>{t(`committee.sheet.${name}`)}</dt>
              <dd onClickCapture={openingRecord}>
                <Figure
                  value={value}
                  topic="counts"
                  level={3}
                  href={name === 'votes' ? to('count', { committee: row.code }) : opened}
                />
              </dd>
            </div>
          ),
        )}
      </dl>
      <Held row={row} />
      <Findings sheet={sheet} />
    </>
  )
}

/** The ballots counted against the people who came. */
function Held({ row: { ballotsCast, attended } }: { readonly row: CommitteeRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const trust = useTrust(useWorseTopic('counts', 'attendance'))?.state ?? 'provisional'
  if (ballotsCast === 0 || attended === 0) return null
  const apart = ballotsCast - attended
  const n = format.number(Math.abs(apart))
  const words = t(
    apart === 0 ? 'committee.sheet.agrees' : apart > 0 ? 'committee.sheet.more' : 'committee.sheet.fewer',
    { n },
  )
  return (
    <p className={classes.said} data-trust={trust}>
      {words}
    </p>
  )
}

function Findings({ sheet }: { readonly sheet: SheetRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  const language = usePreferences((preferences) => preferences.language)
  const found = openFindings(sheet)
  if (found.length === 0) return sheet.cast > 0 ? <p className="quiet">{t('committee.sheet.fine')}</p> : null
  return (
    <ul className={classes.findings}>
      {found.map(({ code, field, n, most, place }) => (
        <li key={`${code} ${field}`}>
          <b>{code}</b>{' '}
          {ruleWords(code, 'supervisor', language, {
            n: format.number(n),
            most: format.number(most),
            place: place ?? '',
          })}
        </li>
      ))}
    </ul>
  )
}
