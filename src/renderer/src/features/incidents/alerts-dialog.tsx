import { Button, Checkbox, Switch, TextInput } from '@mantine/core'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type AlertSettings,
  INCIDENT_RULES,
  type Severity,
  type Polls,
  pollsOf,
  type Target,
} from '../../../../shared/view/incident.ts'
import { clockIn, momentIn } from '../../../../shared/zone.ts'
import { toAscii, useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useValue } from '../../store/core-context.tsx'
import { useKept } from '../../store/drafts.ts'
import { useZone } from '../../store/zone.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { refusing } from '../../ui/refused.tsx'
import { say } from '../../ui/say.ts'
import { play } from '../../ui/sound.ts'
import { TypedBefore } from '../../ui/typed-before.tsx'
import { useSetAlerts } from './alert-tools.tsx'
import classes from './alerts-dialog.module.css'

const SEVERITIES = ['alarm', 'warning'] as const satisfies readonly Severity[]

/** Sound and notes by severity, rules that are muted, and the day's target. */
export function AlertsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const alerts = useValue('alerts')
  return (
    <Dialog title={t('incidents.rulesTitle')} size="lg" onClose={onClose}>
      {alerts && <Settings alerts={alerts} />}
    </Dialog>
  )
}

function Settings({ alerts }: { readonly alerts: AlertSettings }) {
  const { t } = useTranslation()
  const set = useSetAlerts()
  const canNote = useValue('host')?.can.notify ?? false
  const kinds = ['sound', 'note'] as const // names of the settings
  return (
    <div className={classes.settings}>
      <p className="quiet">{t('incidents.rulesText')}</p>
      {kinds.map((kind) => (
        <Part
          key={kind}
          title={t(`incidents.${kind}`)}
          {...(kind === 'sound' && {
            end: (
              <Button size="compact-sm" variant="default" onClick={() => play('alarm')}>
                {t('incidents.test')}
              </Button>
            ),
          })}
        >
          <div className={classes.switches}>
            {SEVERITIES.map((severity) => (
              <Switch
                key={severity}
                size="sm"
                label={t('incidents.forSeverity', { severity: t(`incidents.severity.${severity}`) })}
                {...refusing(kind === 'note' && !canNote ? t('incidents.noteCannot') : null)}
                checked={alerts[kind][severity]}
                onChange={(event) =>
                  (kind === 'sound' || canNote) &&
                  void set({ ...alerts, [kind]: { ...alerts[kind], [severity]: event.currentTarget.checked } })
                }
              />
            ))}
          </div>
          {kind === 'note' && !canNote && <p className="quiet small">{t('incidents.noteCannot')}</p>}
        </Part>
      ))}
      <Part title={t('incidents.muted')}>
        <div className={classes.switches}>
          {INCIDENT_RULES.map((rule) => (
            <Checkbox
              key={rule}
              size="sm"
              label={t(`incidents.title.${rule}`)}
              checked={alerts.mute.includes(rule)}
              onChange={(event) => {
                const others = alerts.mute.filter((each) => each !== rule)
                void set({ ...alerts, mute: event.currentTarget.checked ? [...others, rule] : others })
              }}
            />
          ))}
        </div>
      </Part>
      <TargetForm target={alerts.target} polls={pollsOf(alerts)} onSet={(day) => set({ ...alerts, ...day })} />
    </div>
  )
}

type PartProps = { readonly title: string; readonly end?: ReactNode; readonly children: ReactNode }

/** What belongs together, under a name of its own. `end` stands beside the name. */
function Part({ title, end, children }: PartProps) {
  const id = useId()
  return (
    <fieldset className={classes.part} aria-labelledby={id}>
      <div className={classes.partHead}>
        <h3 id={id}>{title}</h3>
        {end}
      </div>
      {children}
    </fieldset>
  )
}

const PERCENT = 100

/** The moment of that day at which the clocks of the election's place say `HH:MM`; null: it is no time. */
function momentOf(zone: string, day: number, typed: string): number | null {
  const found = /^(\d{1,2}):(\d{2})$/.exec(toAscii(typed).trim())
  if (!found) return null
  const [hours, minutes] = [Number(found[1]), Number(found[2])]
  return hours < 24 && minutes < 60 ? momentIn(zone, day, hours, minutes) : null
}

/** When polls open and close, and the share to be reached by then. */
type Day = { readonly polls: Polls | null; readonly target: Target | null }
type TargetProps = Day & { readonly onSet: (day: Day) => Promise<boolean> }

/** Times are told as everywhere, in the election's zone, and are of the day they are set on. */
function TargetForm({ target, polls, onSet }: TargetProps) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const zone = useZone((told) => told.zone)
  const kept = useKept('day')
  const {
    share = target ? String(Math.round(target.share * PERCENT)) : '',
    opens = polls ? clockIn(zone, polls.opens) : '08:00',
    closes = polls ? clockIn(zone, polls.closes) : '20:00',
  } = kept.typed
  const [isBad, setBad] = useState(false)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = readDay(zone, now, share, opens, closes)
    setBad(wanted === 'bad')
    if (wanted === 'bad' || !(await onSet(wanted))) return
    kept.drop(kept.typed)
    say(t('incidents.saved'))
  }
  return (
    <form onSubmit={(event) => void send(event)}>
      <Part title={t('incidents.target')}>
        <TypedBefore kept={kept} stays />
        <div className={classes.target}>
          <TextInput
            label={t('incidents.targetShare')}
            inputMode="numeric"
            value={share}
            onChange={(event) => kept.type({ share: event.currentTarget.value })}
          />
          <TextInput
            label={t('incidents.opens')}
            value={opens}
            dir="ltr"
            onChange={(event) => kept.type({ opens: event.currentTarget.value })}
          />
          <TextInput
            label={t('incidents.closes')}
            value={closes}
            dir="ltr"
            onChange={(event) => kept.type({ closes: event.currentTarget.value })}
          />
          <Button type="submit" variant="default">
            {t('incidents.saveTarget')}
          </Button>
        </div>
        {isBad && <p role="alert">{t('incidents.targetBad')}</p>}
        <p className="quiet small">
          {t('incidents.targetText')} {t('zone.told', { name: format.zone })}
        </p>
      </Part>
    </form>
  )
}

/** Without a share there are hours and no target; without hours there is neither. */
function readDay(zone: string, day: number, share: string, opens: string, closes: string): Day | 'bad' {
  const isOpen = share.trim() === ''
  if (isOpen && opens.trim() === '' && closes.trim() === '') return { polls: null, target: null }
  const percent = Number(toAscii(share))
  const [from, to] = [momentOf(zone, day, opens), momentOf(zone, day, closes)]
  if (from === null || to === null || to <= from) return 'bad'
  const polls = { opens: from, closes: to }
  if (isOpen) return { polls, target: null }
  return percent >= 1 && percent <= PERCENT ? { polls, target: { share: percent / PERCENT, ...polls } } : 'bad'
}
