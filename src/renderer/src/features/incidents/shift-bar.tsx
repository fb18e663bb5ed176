import { Button } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { useValue } from '../../store/core-context.tsx'
import { useOpen } from '../../store/open.ts'
import shared from './incidents.module.css'
import classes from './shift-bar.module.css'
import { ShiftDialog } from './shift-dialog.tsx'

/** A hand-over that nobody has confirmed yet. */
export function ShiftBar() {
  const { t } = useTranslation()
  const format = useFormat()
  const last = useValue('shift')?.last ?? null
  const me = useValue('session')?.user?.email ?? null
  const { isOpen, of, open, close } = useOpen('shift')
  if (!last || last.acceptedBy !== null) return null
  const said = { name: `\u2068${last.by}\u2069`, time: format.clock(last.report.at) }
  return (
    <div className={classes.shiftBar} role="status">
      <IconArrowsExchange size={18} aria-hidden />
      <span className={shared.grow}>
        {last.by === me ? t('incidents.shift.waitingOwn', said) : t('incidents.shift.waiting', said)}
      </span>
      <Button size="compact-sm" onClick={() => open('last')}>
        {t('incidents.shift.readOpen')}
      </Button>
      {isOpen && of === 'last' && <ShiftDialog reads onClose={close} />}
    </div>
  )
}
