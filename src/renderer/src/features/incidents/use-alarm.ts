import { useEffect, useMemo, useRef } from 'react'
import { type AlertSettings, type Incident, isCalling, type Severity } from '../../../../shared/view/incident.ts'
import { useNow } from '../../store/clock.ts'
import { useCall, useValue } from '../../store/core-context.tsx'
import { usePreferences } from '../../store/preferences.ts'
import { useReplay } from '../../store/replay.ts'
import { play } from '../../ui/sound.ts'

/** An alarm that nobody has taken is heard again after this long, ms. */
const AGAIN_AFTER = 30_000
/** Windows of one desk share its loudspeaker: the one that plays keeps the others quiet for so long, ms. */
const MY_TURN = 1_500

/** Those that want to be heard, by these settings: nobody's, not put off, of no muted rule. */
export function heard(incidents: readonly Incident[], alerts: AlertSettings, now: number): readonly Incident[] {
  return incidents.filter(
    (one) =>
      one.state === 'triggered' &&
      isCalling(one, now) &&
      alerts.sound[one.severity] &&
      !alerts.mute.includes(one.evidence.is),
  )
}

/**
 * Plays when a fault comes up, and for alarms again and again until somebody takes them. Silent in a replay, and for what
 * was there when the window opened only alarms are heard. Also tells the desk in which language its notes are to be.
 */
export function useAlarm(): void {
  const incidents = useValue('incidents')
  const alerts = useValue('alerts')
  const inReplay = useReplay() !== null
  const now = useNow()
  const loud = useMemo(
    () => (incidents && alerts && !inReplay ? heard(incidents, alerts, now) : []),
    [incidents, alerts, inReplay, now],
  )
  const played = useRef(new Map<string, Severity>())
  const last = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const fresh = loud.filter(({ id, severity }) => played.current.get(id) !== severity)
    played.current = new Map(loud.map(({ id, severity }) => [id, severity]))
    const alarm = loud.some(({ severity }) => severity === 'alarm')
    const isDue = alarm && now - last.current >= AGAIN_AFTER
    if (fresh.length === 0 && !isDue) return
    last.current = now
    inTurn(() => play(alarm ? 'alarm' : 'warning'))
  }, [loud, now])
  useNoteLanguage(alerts)
}

function useNoteLanguage(alerts: AlertSettings | null): void {
  const call = useCall()
  const language = usePreferences((preferences) => preferences.language)
  useEffect(() => {
    if (alerts && alerts.language !== language) void call('alerts.set', { ...alerts, language })
  }, [alerts, language, call])
}

/** Only one window of a desk at a time. */
function inTurn(run: () => void): void {
  if (!('locks' in navigator)) return run()
  void navigator.locks.request('tallydesk.sound', { ifAvailable: true }, async (lock) => {
    if (!lock) return
    run()
    await new Promise((done) => setTimeout(done, MY_TURN))
  })
}
