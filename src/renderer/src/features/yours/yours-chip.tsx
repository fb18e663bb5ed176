import { Popover } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format.ts'
import { openArrival } from '../../store/arrival.ts'
import { useValue } from '../../store/core-context.tsx'
import { openNow, useOpen } from '../../store/open.ts'
import { openYours } from '../../store/yours.ts'
import { OpenedUndo } from './undo-dialog.tsx'
import { useRefusalNotes } from './use-refusal-notes.ts'
import { YoursPanel } from './yours-panel.tsx'
import { keepFocus } from '../../ui/keep-focus.ts'
import classes from './yours.module.css'

/** "Yours: 0 waiting": opens what was done at this desk, what became of it, and what to do about it. */
export function YoursChip() {
  const { t } = useTranslation()
  const format = useFormat()
  const { isOpen: open } = useOpen('yours')
  const outbox = useValue('outbox')
  useRefusalNotes(outbox)
  if (!outbox) return null
  const { waiting, rejected, expired, conflicts } = outbox
  const parts = [
    t('frame.outboxWaiting', { count: waiting, n: format.number(waiting) }),
    ...(rejected > 0 ? [t('frame.outboxRejected', { count: rejected, n: format.number(rejected) })] : []),
    ...(expired > 0 ? [t('acts.expiredShort', { n: format.number(expired) })] : []),
    ...(conflicts > 0 ? [t('acts.toDecideShort', { n: format.number(conflicts) })] : []),
  ]
  return (
    <>
      <Popover opened={open} onChange={openYours} position="top-end" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.chip}
            data-some={waiting > 0 || undefined}
            data-bad={rejected + expired + conflicts > 0 || undefined}
            onClick={() => openYours(!open)}
          >
            {t('frame.outbox')}: {parts.join(' · ')}
          </button>
        </Popover.Target>
        <Popover.Dropdown ref={keepFocus} aria-label={t('frame.outboxTitle')}>
          <YoursPanel
            outbox={outbox}
            onAsk={(next) => {
              openYours(false)
              if (next.is === 'undo') openNow('undo', next.item.key)
              else openArrival(next.arrival)
            }}
            onGo={() => openYours(false)}
          />
        </Popover.Dropdown>
      </Popover>
      <OpenedUndo outbox={outbox} />
    </>
  )
}
