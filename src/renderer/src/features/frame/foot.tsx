import { Popover, Tooltip } from '@mantine/core'
import { IconKey, IconKeyOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OutboxItem, OutboxView } from '../../../../shared/view/outbox.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import classes from './frame.module.css'
import { useDoesWords } from './does-words.ts'
import { useRefusalNotes } from './use-refusal-notes.ts'

/** The last line: which server, where the sign-in is kept, what of yours is still on its way. */
export function Foot() {
  const server = useValue('session')?.server ?? null
  return (
    <footer className={classes.foot}>
      {server && (
        <span>
          <bdi>{server.name}</bdi> · <bdi dir="ltr">{server.url}</bdi>
        </span>
      )}
      <Vault />
      <span className={classes.grow} />
      <Yours />
    </footer>
  )
}

function Vault() {
  const { t } = useTranslation()
  const session = useValue('session')
  if (session?.state !== 'signed-in') return null
  // A rehearsal's sign-in is kept in memory on purpose: nothing there needs anybody.
  const weak = session.vault !== 'keychain' && session.mode !== 'rehearsal'
  const Icon = weak ? IconKeyOff : IconKey
  return (
    <Tooltip label={t(`frame.vault.${session.vault}`)}>
      <button
        type="button"
        className={classes.vault}
        data-weak={weak || undefined}
        aria-description={t(`frame.vault.${session.vault}`)}
      >
        <Icon size={14} aria-hidden />
        {t(`frame.vaultShort.${session.vault}`)}
      </button>
    </Tooltip>
  )
}

/** "Yours: 0 waiting": opens what was done at this desk and what became of it. */
function Yours() {
  const { t } = useTranslation()
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const outbox = useValue('outbox')
  useRefusalNotes(outbox)
  if (!outbox) return null
  const waiting = t('frame.outboxWaiting', { count: outbox.waiting, n: format.number(outbox.waiting) })
  const refused = t('frame.outboxRejected', { count: outbox.rejected, n: format.number(outbox.rejected) })
  return (
    <Popover opened={open} onChange={setOpen} position="top-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.yours}
          data-some={outbox.waiting > 0 || undefined}
          data-refused={outbox.rejected > 0 || undefined}
          onClick={() => setOpen(!open)}
        >
          {t('frame.outbox')}: {waiting}
          {outbox.rejected > 0 && ` · ${refused}`}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('frame.outboxTitle')}>
        <OutboxList outbox={outbox} />
      </Popover.Dropdown>
    </Popover>
  )
}

function OutboxList({ outbox }: { readonly outbox: OutboxView }) {
  const { t } = useTranslation()
  return (
    <div className={classes.list} tabIndex={-1}>
      <h2>{t('frame.outboxTitle')}</h2>
      {outbox.recent.length === 0 && <p className="quiet">{t('frame.outboxNone')}</p>}
      {outbox.recent.map((item) => (
        <Item key={item.key} item={item} />
      ))}
    </div>
  )
}

function Item({ item }: { readonly item: OutboxItem }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const does = useDoesWords()
  return (
    <div className={classes.item}>
      <span>
        {does(item.does)} · <bdi>{item.about}</bdi>
      </span>
      <span data-state={item.state}>{t(`frame.outboxState.${item.state}`)}</span>
      <span className="quiet small">
        {t('common.ago', { age: format.age(now - item.queuedAt) })} ·{' '}
        {t('frame.outboxTries', { count: item.attempts, n: format.number(item.attempts) })}
      </span>
      <span className="quiet small">{item.reason && <bdi>{item.reason}</bdi>}</span>
    </div>
  )
}
