import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import icon from '../../../../../resources/icon.svg'
import type { SafeView } from '../../../../shared/view/safe.ts'
import { useFormat } from '../../i18n/format.ts'
import { useDeskNow } from '../../store/clock.ts'
import { useCall } from '../../store/core-context.tsx'
import { Looks } from '../../ui/looks.tsx'
import { refusing } from '../../ui/refused.tsx'
import { saveZipAs } from '../../ui/save-as.ts'
import { say } from '../../ui/say.ts'
import classes from './safe.module.css'

/** Safe mode: what happened, what waits, what can be done. No figure is shown, for none could be vouched for. */
export function SafePage({ safe }: { readonly safe: SafeView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const count = safe.deaths.length
  return (
    <div className={classes.page}>
      <main className={`panel ${classes.card}`}>
        <div className={classes.brand}>
          <img src={icon} alt="" width={28} height={28} />
          {t('frame.product')}
        </div>
        <h1>{t('safe.title')}</h1>
        <p>{count === 0 ? t('safe.chosen') : t('safe.what', { count, n: format.number(count) })}</p>
        <Waiting safe={safe} />
        <h2>{t('safe.steps')}</h2>
        <div className={classes.steps}>
          <Leave allowed={safe.canLeave} />
          <Save />
          <div className={classes.step}>
            <strong>{t('safe.other')}</strong>
            <p className="quiet">{t('safe.otherText')}</p>
            <code className={classes.command}>tallydesk start --data NEW_FOLDER</code>
          </div>
          <div className={classes.step}>
            <strong>{t('safe.backup')}</strong>
            <p className="quiet">{t('safe.backupText')}</p>
            <code className={classes.command}>tallydesk journal restore FILE --data {safe.dataDir}</code>
          </div>
          <div className={classes.step}>
            <strong>{t('safe.copy')}</strong>
            <p className="quiet">{t('safe.copyText')}</p>
          </div>
        </div>
        <Found safe={safe} />
        <details>
          <summary>{t('frame.theme')}</summary>
          <Looks />
        </details>
      </main>
    </div>
  )
}

function Waiting({ safe }: { readonly safe: SafeView }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useDeskNow()
  const count = safe.journals.reduce((sum, { waiting }) => sum + waiting, 0)
  const oldest = safe.journals.flatMap(({ oldestAt }) => oldestAt ?? [])
  return (
    <div className={classes.waiting} role="status">
      <p>
        <strong>{t('safe.waiting', { count, n: format.number(count) })}</strong>
      </p>
      {oldest.length > 0 && <p>{t('safe.oldest', { age: format.age(now - Math.min(...oldest)) })}</p>}
      {count > 0 && <p>{t('safe.sentLater')}</p>}
    </div>
  )
}

function Leave({ allowed }: { readonly allowed: boolean }) {
  const { t } = useTranslation()
  const call = useCall()
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    const left = await call('safe.leave', null)
    if (!left.ok) setBusy(false)
  }
  return (
    <div className={classes.step}>
      <Button
        {...refusing(allowed ? null : t('safe.cannotLeave'))}
        loading={busy}
        onClick={() => allowed && void leave()}
        autoFocus
      >
        {t(busy ? 'safe.leaving' : 'safe.leave')}
      </Button>
      <p className="quiet">{t(allowed ? 'safe.leaveText' : 'safe.cannotLeave')}</p>
    </div>
  )
}

function Save() {
  const { t } = useTranslation()
  const call = useCall()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const made = await call('diagnostics.make', null)
    setBusy(false)
    if (!made.ok) return say(t('safe.notSaved'), 'failed')
    saveZipAs(made.value.name, made.value.zip)
    say(t('safe.saved', { name: made.value.name }))
  }
  return (
    <div className={classes.step}>
      <Button variant="default" loading={busy} onClick={() => void save()}>
        {t('safe.save')}
      </Button>
      <p className="quiet">{t('safe.saveText')}</p>
    </div>
  )
}

function Found({ safe }: { readonly safe: SafeView }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <section className={classes.found} aria-label={t('safe.found')}>
      <h2>{t('safe.found')}</h2>
      <p>
        {t('safe.folder')}: <code className={classes.command}>{safe.dataDir}</code>
      </p>
      {safe.journals.length === 0 && <p className="quiet">{t('safe.none')}</p>}
      <ul>
        {safe.journals.map(({ name, events, state, detail }) => (
          <li key={name}>
            <code className={classes.command}>{name}</code>
            <span>
              {t('safe.events', { count: events, n: format.number(events) })} · {t(`safe.state.${state}`)}
              {detail !== null && ` (${detail})`}
            </span>
          </li>
        ))}
      </ul>
      {safe.deaths.length > 0 && (
        <p className="quiet">
          {t('safe.deaths')}:{' '}
          {safe.deaths.map(({ at, how }) => `\u2068${format.clockSeconds(at)} \u2068${how}\u2069\u2069`).join(' · ')}
        </p>
      )}
    </section>
  )
}
