import { Tooltip } from '@mantine/core'
import { IconBolt, IconDatabase, IconDeviceDesktop } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Provenance as From } from '../../../shared/view/lists.ts'
import { useFormat } from '../i18n/format.ts'
import classes from './provenance.module.css'

const ICON = { live: IconBolt, snapshot: IconDatabase, desk: IconDeviceDesktop } as const

/** Where a record came from and when this desk learnt it. */
export function Provenance({ from }: { readonly from: From }) {
  const { t } = useTranslation()
  const format = useFormat()
  const Icon = ICON[from.source]
  return (
    <Tooltip
      label={
        <>
          <div>{t(`common.source.${from.source}`)}</div>
          <div>
            {t('common.received')} {format.date(from.at)} {format.clockSeconds(from.at)}
          </div>
          {from.provisional && <div>{t('common.provisional')}</div>}
        </>
      }
    >
      <span className={classes.from} data-provisional={from.provisional || undefined}>
        <Icon size={13} stroke={1.75} aria-hidden />
        {t(`common.sourceShort.${from.source}`)} <bdi dir="ltr">{format.clock(from.at)}</bdi>
      </span>
    </Tooltip>
  )
}
