import { Button } from '@mantine/core'
import { IconPhone, IconPhoneCall } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CallRow } from '../../../../shared/view/calls.ts'
import type { Sharing } from '../../../../shared/view/sharing.ts'
import { useFormat } from '../../i18n/format.ts'
import { openingRecord, recordName } from '../../store/opened-record.ts'
import { to, useRoute } from '../../store/route.ts'
import { Refused, refusing } from '../../ui/refused.tsx'
import { useReplayRefusal } from '../../ui/use-replay-refusal.ts'
import type { Column } from '../../ui/virtual-table.tsx'
import { Mobile } from './call-dialog.tsx'
import classes from './calls.module.css'

type Doing = {
  readonly window: string | null
  readonly sharing: Sharing
  readonly take: (row: CallRow) => void
  readonly open: (row: CallRow) => void
}

/** Whom to call, and who is calling already. */
export function useCallColumns(doing: Doing): readonly Column<CallRow>[] {
  const { t } = useTranslation()
  const format = useFormat()
  return [
    {
      key: 'state',
      head: t('pledges.calls.state'),
      track: '170px',
      paper: null,
      cell: (row) => <CallState row={row} doing={doing} />,
    },
    {
      key: 'name',
      head: t('common.elector'),
      track: 'minmax(0, 2fr)',
      cell: (row) => <Name row={row} />,
    },
    { key: 'mobile', head: t('pledges.calls.mobile'), track: '130px', cell: (row) => <Mobile row={row} /> },
    {
      key: 'committee',
      head: t('common.committee'),
      track: 'minmax(0, 1.4fr)',
      cell: (row) => <bdi title={row.committeeName}>{row.committeeName}</bdi>,
    },
    {
      key: 'confirmation',
      head: t('lists.guarantees.confirmationLabel'),
      track: '110px',
      cell: (row) => t(`lists.guarantees.confirmation.${row.confirmation}`),
    },
    { key: 'last', head: t('pledges.calls.last'), track: 'minmax(0, 1.3fr)', cell: (row) => <LastCall row={row} /> },
    {
      key: 'note',
      wide: true,
      head: t('lists.guarantees.note'),
      track: 'minmax(0, 1fr)',
      cell: (row) => (
        <bdi className="quiet" title={row.note}>
          {row.note}
        </bdi>
      ),
    },
    {
      key: 'number',
      wide: true,
      head: t('common.number'),
      track: '84px',
      cell: (row) => <bdi dir="ltr">{format.digitsOf(row.elector)}</bdi>,
    },
  ]
}

/** Leads to the journal's rows about the promise: a call list is made of them. */
function Name({ row }: { readonly row: CallRow }) {
  const { t } = useTranslation()
  const { screen, query } = useRoute()
  const record = recordName({ kind: 'guarantee', key: String(row.guarantee) })
  return (
    <a href={to(screen, { ...query, record })} onClick={openingRecord} title={t('trail.open')}>
      <bdi>{row.name}</bdi>
    </a>
  )
}

/** One control, always in the same place: take it, enter what came of it, or see who has it. */
function CallState({ row, doing }: { readonly row: CallRow; readonly doing: Doing }) {
  const { t } = useTranslation()
  const format = useFormat()
  const past = useReplayRefusal()
  const { claim } = row
  if (claim && claim.window !== doing.window) {
    // What other desks do is known as of when the link was lost.
    const isDoubtful = claim.from === 'server' && doing.sharing !== 'shared'
    const said = { caller: claim.caller, since: format.clock(claim.at), time: format.clock(claim.until) }
    const why = t(isDoubtful ? 'pledges.calls.theirsDoubt' : 'pledges.calls.theirsText', said)
    return (
      <Refused why={why}>
        <span
          className={classes.theirs}
          data-trust={isDoubtful ? 'doubtful' : 'live'}
          tabIndex={0}
          aria-description={why}
        >
          <IconPhoneCall size={14} aria-hidden /> <bdi>{t('pledges.calls.theirs', { caller: claim.caller })}</bdi>
        </span>
      </Refused>
    )
  }
  const name = `\u2068${row.name}\u2069`
  if (claim)
    return (
      <>
        <Button
          size="compact-sm"
          leftSection={<IconPhoneCall size={14} aria-hidden />}
          aria-label={t('pledges.calls.yoursFor', { name })}
          onClick={() => doing.open(row)}
        >
          {t('pledges.calls.yours')}
        </Button>
        {claim.from === 'desk' && (
          <span className={classes.only} title={t('pledges.calls.onlyHereText')}>
            {' '}
            {t('pledges.calls.onlyHere')}
          </span>
        )}
      </>
    )
  return (
    <Refused why={past}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPhone size={14} aria-hidden />}
        aria-label={t('pledges.calls.takeFor', { name })}
        {...(past === null ? { onClick: () => doing.take(row) } : refusing(past))}
      >
        {t('pledges.calls.take')}
      </Button>
    </Refused>
  )
}

function LastCall({ row: { called, claim, untold } }: { readonly row: CallRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  if (!called) return null
  const what = t(`pledges.calls.outcomes.${called.outcome}`)
  return (
    <span title={[called.caller, called.note].filter(Boolean).join(' · ')}>
      {t('pledges.calls.lastAt', { what, time: format.clock(called.at) })}
      {called.times > 1 && (
        <span className="quiet small"> · {t('pledges.calls.times', { n: format.number(called.times) })}</span>
      )}
      {untold && claim === null && <span className={classes.only}> · {t('pledges.calls.untold')}</span>}
    </span>
  )
}
