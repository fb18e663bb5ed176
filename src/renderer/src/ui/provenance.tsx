import { IconBolt, IconDatabase, IconDeviceDesktop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Provenance as From } from '../../../shared/view/lists.ts'
import type { TrailOf } from '../../../shared/view/trail.ts'
import { useFormat } from '../i18n/format.ts'
import { openingRecord, recordName } from '../store/opened-record.ts'
import { to, useRoute } from '../store/route.ts'
import { Hint } from './hint.tsx'
import classes from './provenance.module.css'

const ICON = { live: IconBolt, snapshot: IconDatabase, desk: IconDeviceDesktop } as const

/** Where a record came from and when this desk learnt it; leads to the journal's rows about it. */
export function Provenance({ from, of }: { readonly from: From; readonly of: TrailOf }) {
  const { t } = useTranslation()
  const { screen, query } = useRoute()
  const format = useFormat()
  const Icon = ICON[from.source]
  return (
    <Hint
      label={
        <>
          <div>{t(`common.source.${from.source}`)}</div>
          <div>
            {t('common.received')} {format.date(from.at)} {format.clockSeconds(from.at)}
          </div>
          {from.provisional && <div>{t('common.provisional')}</div>}
          <div>{t('trail.open')}</div>
        </>
      }
    >
      <a
        className={classes.from}
        data-provisional={from.provisional || undefined}
        href={to(screen, { ...query, record: recordName(of) })}
        onClick={openingRecord}
      >
        <Icon size={13} stroke={1.75} aria-hidden />
        {t(`common.sourceShort.${from.source}`)} <bdi dir="ltr">{format.clock(from.at)}</bdi>
      </a>
    </Hint>
  )
}
