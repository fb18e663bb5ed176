import { SegmentedControl, Switch } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Incident, isCalling } from '../../../../shared/view/incident.ts'
import { useFormat } from '../../i18n/format.ts'
import { useNow } from '../../store/clock.ts'
import { useStream, useValue } from '../../store/core-context.tsx'
import { openNow } from '../../store/open.ts'
import { refine, useRoute } from '../../store/route.ts'
import { oneOf } from '../../ui/filters.tsx'
import { EmptyState, Skeleton } from '../../ui/state-notes.tsx'
import { WhenReady } from '../../ui/when-ready.tsx'
import { AlertTools } from './alert-tools.tsx'
import { History } from './history.tsx'
import { inOrder, SHOWS, those } from './in-order.ts'
import { IncidentCard, useWhyNot } from './incident-card.tsx'
import { IncidentList } from './incident-list.tsx'
import { placeOf } from './incident-words.ts'
import shared from './incidents.module.css'
import classes from './incidents-page.module.css'
import { OpenedAsk } from './opened-ask.tsx'
import { ShiftBar } from './shift-bar.tsx'
import type { Act } from './use-incident-acts.ts'
import { useIncidentActs } from './use-incident-acts.ts'
import { useIncidentKeys } from './use-incident-keys.ts'

/** What needs somebody: the loudest first, one of them in full, and what was resolved. */
export function IncidentsPage() {
  const state = useStream('incidents')
  return (
    <div className={classes.page}>
      <ShiftBar />
      <WhenReady state={state} loading={<Loading />}>
        {(incidents) => <Faults incidents={incidents} />}
      </WhenReady>
    </div>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h1>{t('incidents.page')}</h1>
      </div>
      <Skeleton width="100%" height={420} />
    </div>
  )
}

function Faults({ incidents }: { readonly incidents: readonly Incident[] }) {
  const { t } = useTranslation()
  const now = useNow()
  const query = useRoute((route) => route.query)
  const me = useValue('session')?.user?.email ?? null
  const calling = query.only === 'faults'
  const open = useMemo(() => inOrder(incidents, now), [incidents, now])
  const shown = those(open, { shows: oneOf(SHOWS, query.show), calling, committee: query.committee ?? null }, me, now)
  const chosen = incidents.find(({ id }) => id === query.id) ?? shown[0] ?? null
  const choose = (id: string) => refine({ id })
  return (
    <>
      <Head open={open} calling={calling} />
      <div className={classes.columns}>
        <section className={`panel ${classes.listBox}`} aria-label={t('incidents.showAll')}>
          {shown.length > 0 ? (
            <IncidentList incidents={shown} chosen={chosen?.id ?? null} onChoose={choose} />
          ) : open.length > 0 ? (
            <EmptyState text={t('incidents.noneSo')} />
          ) : (
            <EmptyState title={t('incidents.allWell')} text={t('incidents.allWellText')} />
          )}
        </section>
        <Chosen incident={chosen} shown={shown} onChoose={choose} />
      </div>
      {!calling && <History incidents={incidents} chosen={chosen?.id ?? null} onChoose={choose} />}
      <OpenedAsk incidents={incidents} />
    </>
  )
}

function Head({ open, calling }: { readonly open: readonly Incident[]; readonly calling: boolean }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow()
  const show = useRoute((route) => route.query.show ?? 'all')
  const loud = open.filter((one) => isCalling(one, now))
  const alarms = loud.filter(({ severity }) => severity === 'alarm').length
  const warnings = loud.length - alarms
  const said = [
    ...(alarms > 0 ? [t('incidents.alarms', { count: alarms, n: format.number(alarms) })] : []),
    ...(warnings > 0 ? [t('incidents.warnings', { count: warnings, n: format.number(warnings) })] : []),
  ]
  return (
    <div className={classes.head}>
      <h1>{t('incidents.page')}</h1>
      <p className={classes.sum} data-some={alarms > 0 || undefined}>
        {said.length === 0 ? t('incidents.allWell') : said.join(' · ')}
      </p>
      <SegmentedControl
        size="xs"
        aria-label={t('incidents.show')}
        value={show}
        data={[
          { value: 'all', label: t('incidents.showAll') },
          { value: 'mine', label: t('incidents.showMine') },
          { value: 'unowned', label: t('incidents.showUnowned') },
        ]}
        onChange={(value) => refine({ show: value === 'all' ? null : value, id: null })}
      />
      <Switch
        size="xs"
        label={t('incidents.onlyFaults')}
        checked={calling}
        onChange={(event) => refine({ only: event.currentTarget.checked ? 'faults' : null })}
      />
      <span className={shared.grow} />
      <AlertTools />
    </div>
  )
}

type ChosenProps = {
  readonly incident: Incident | null
  readonly shown: readonly Incident[]
  readonly onChoose: (id: string) => void
}

/** The chosen one in full, and the keys. */
function Chosen({ incident, shown, onChoose }: ChosenProps) {
  const why = useWhyNot()
  const act = useIncidentActs()
  const wish = (wanted: Act) => {
    if (!incident || why(incident, wanted) !== null) return
    if (wanted === 'acknowledge') void act(incident.id, { act: wanted })
    else openNow(wanted, incident.id)
  }
  const step = (by: 1 | -1) => {
    const at = shown.findIndex(({ id }) => id === incident?.id)
    const next = shown[at === -1 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))]
    if (next) onChoose(next.id)
  }
  const open = () => {
    const place = incident && placeOf(incident)
    if (place) location.hash = place
  }
  useIncidentKeys({ act: wish, step, open })
  if (!incident) return null
  return <IncidentCard incident={incident} onAct={wish} />
}
