import type { AppContract } from '../../../shared/contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import {
  type AlertSettings,
  DEFAULT_ALERTS,
  type Evidence,
  type Incident,
  isOpen,
} from '../../../shared/view/incident.ts'
import type { HandOver, ShiftReport } from '../../../shared/view/shift.ts'
import { headlineOf, USER } from './fake-views.ts'
import type { Changed, Whole } from './fake-sources.ts'
import { DEFAULT_ZONE } from '../../../shared/zone.ts'
import { fakeKeeping } from './fake-keeping.ts'
import type { Scenario } from './scenario.ts'
import type { World } from './world.ts'

const MINUTE = 60_000
const OTHER = 'shift@example.org'

type Stock = {
  readonly world: World
  readonly scenario: Scenario
  readonly startedAt: number
  readonly now: () => number
  readonly tell: (stream: string, key?: string) => void
  readonly calls: { readonly name: string; readonly input: unknown }[]
}

type Duty = { readonly incidents: Incident[]; alerts: AlertSettings; zone: string; last: HandOver | null }

/** Made-up incidents and a made-up shift, with commands that do at once what the core does. */
export function fakeDuty(stock: Stock) {
  const { tell, now, startedAt } = stock
  const note = 'Hall f2 has no network since 14:10.'
  const duty: Duty = {
    incidents: madeUp(stock),
    alerts: DEFAULT_ALERTS,
    zone: DEFAULT_ZONE,
    last: stock.scenario.handOver ? handedOver(stock, OTHER, note, startedAt) : null,
  }
  const keeping = fakeKeeping(stock)
  return {
    handlers: { ...incidentHandlers(stock, duty), ...shiftHandlers(stock, duty), ...keeping.handlers },
    sources: (whole: Whole) => ({
      incidents: (_input: null, changed: Changed) => {
        const feed = whole('incidents', () => [...duty.incidents])(null, changed)
        return { ...feed, patch: (key: string) => duty.incidents.find(({ id }) => id === key) ?? null }
      },
      shift: whole('shift', () => ({ last: duty.last, now: reportOf(stock, duty.incidents, now(), duty.last) })),
      alerts: whole('alerts', () => duty.alerts),
      zone: whole('zone', () => duty.zone),
      keeping: whole('keeping', keeping.view),
    }),
    /** One more, as if a rule had found it. */
    trigger(more: Partial<Incident> = {}) {
      const one = { ...begun('disk', { is: 'disk', freeBytes: 150_000_000 }, now()), ...more }
      duty.incidents.push(one)
      tell('incidents', one.id)
    },
  }
}

function incidentHandlers({ calls, now, tell }: Stock, { incidents }: Duty) {
  function change(does: Turn['does'], input: { id: string }, more: Partial<Incident>, turn: Partial<Turn> = {}) {
    const index = incidents.findIndex(({ id }) => id === input.id)
    const one = incidents[index]
    if (!one) return err('unknown')
    const said = { at: now(), does, by: USER.email, note: null, until: null, to: null, ...turn }
    incidents[index] = { ...one, ...more, turns: [...one.turns, said] }
    tell('incidents', one.id)
    tell('shift')
    return ok(null)
  }
  return {
    'incident.acknowledge': async (input) => {
      calls.push({ name: 'incident.acknowledge', input })
      return change('acknowledged', input, { state: 'acknowledged', owner: USER.email })
    },
    'incident.resolve': async (input) => {
      calls.push({ name: 'incident.resolve', input })
      const resolved = { state: 'resolved', resolvedAt: now(), resolvedBy: USER.email } as const // a literal of the schema
      return change('resolved', input, resolved, { note: input.note })
    },
    'incident.snooze': async (input) => {
      calls.push({ name: 'incident.snooze', input })
      const until = now() + input.minutes * MINUTE
      return change('snoozed', input, { snoozedUntil: until }, { until })
    },
    'incident.escalate': async (input) => {
      calls.push({ name: 'incident.escalate', input })
      const { to, note } = input
      return change('escalated', input, { severity: 'alarm', escalatedTo: to }, { to, note })
    },
    'incident.note': async (input) => {
      calls.push({ name: 'incident.note', input })
      return change('noted', input, {}, { note: input.note })
    },
  } satisfies Partial<Handlers<AppContract>>
}

function shiftHandlers(stock: Stock, duty: Duty) {
  const { calls, tell, now } = stock
  return {
    'shift.hand-over': async (input) => {
      calls.push({ name: 'shift.hand-over', input })
      duty.last = handedOver(stock, USER.email, input.note, now())
      tell('shift')
      return ok(null)
    },
    'shift.accept': async (input) => {
      calls.push({ name: 'shift.accept', input })
      if (duty.last) duty.last = { ...duty.last, acceptedBy: USER.email, acceptedAt: now() }
      tell('shift')
      return ok(null)
    },
    'alerts.set': async (input) => {
      calls.push({ name: 'alerts.set', input })
      duty.alerts = input
      tell('alerts')
      return ok(null)
    },
    'zone.set': async (input) => {
      calls.push({ name: 'zone.set', input })
      duty.zone = input.zone
      tell('zone')
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

type Turn = Incident['turns'][number]

const begun = (key: string, evidence: Evidence, at: number, more: Partial<Incident> = {}): Incident => ({
  ...{ id: `${key}@${at}`, key, severity: 'alarm', topic: null, committee: null, evidence, since: at, triggeredAt: at },
  ...{ state: 'triggered', stands: true, owner: null, snoozedUntil: null, escalatedTo: null },
  ...{ resolvedAt: null, resolvedBy: null, turns: [] },
  ...more,
})

const turn = (at: number, does: Turn['does'], more: Partial<Turn> = {}): Turn => ({
  ...{ at, does, by: OTHER, note: null, until: null, to: null },
  ...more,
})

/** What agrees with the made-up committees, and one of most other kinds. */
function madeUp({ world, scenario, startedAt }: Stock): Incident[] {
  if (scenario.quiet) return []
  const ago = (minutes: number) => startedAt - minutes * MINUTE
  const ofCommittees = world.committees.flatMap((row): Incident[] => {
    const committee = { id: row.id, code: row.code, name: row.name }
    if (row.condition === 'silent') {
      const lastMarkAt = row.lastMarkAt ?? ago(24)
      const evidence = { is: 'silent', lastMarkAt, missed: 19, elsewhere: 212, perHour: 48 } as const // literals of the schema
      return [begun(`silent:${row.code}`, evidence, lastMarkAt, { topic: 'attendance', committee })]
    }
    if (row.condition !== 'over') return []
    const evidence = { is: 'over', attended: row.attended, electors: row.electors } as const // literals of the schema
    return [begun(`over:${row.code}`, evidence, ago(31), { topic: 'attendance', committee })]
  })
  const clock = begun('clock', { is: 'clock', skewMs: 2_700 }, ago(46), {
    ...{ severity: 'warning', state: 'acknowledged', owner: OTHER },
    turns: [turn(ago(40), 'acknowledged'), turn(ago(38), 'noted', { note: 'Asked the technician to set it.' })],
  })
  const target = { is: 'target', attended: 4_812, electors: 8_703, expected: 5_480, target: 0.72 } as const // literals of the schema
  const over = begun('link', { is: 'link', state: 'offline', cause: 'cut' }, ago(97), {
    ...{ state: 'resolved', stands: false, resolvedAt: ago(91), owner: OTHER },
    turns: [turn(ago(95), 'acknowledged'), turn(ago(91), 'ended', { by: null })],
  })
  const byHand = begun('refused', { is: 'refused', count: 2, handled: 0 }, ago(130), {
    ...{ severity: 'warning', state: 'resolved', stands: false },
    ...{ resolvedAt: ago(122), resolvedBy: USER.email, owner: USER.email },
    turns: [turn(ago(122), 'resolved', { by: USER.email, note: 'Both marks were entered again at m2.' })],
  })
  return [
    byHand,
    over,
    clock,
    begun('target', target, ago(18), { severity: 'warning', topic: 'attendance' }),
    ...ofCommittees,
  ]
}

function reportOf(
  { world, scenario }: Stock,
  incidents: readonly Incident[],
  at: number,
  last: HandOver | null,
): ShiftReport {
  const { attended, pledged, pledgedAttended, entries, votes, pendingAttendance } = headlineOf(world, scenario)
  const open = incidents.filter(isOpen)
  const unowned = open.filter(({ owner }) => owner === null).length
  return {
    at,
    since: last?.report.at ?? null,
    open: open.slice(0, 50),
    openInAll: open.length,
    figures: {
      ...{ phase: world.election?.phase ?? null, attended, pledged, pledgedAttended, votes },
      ...{ entriesCompleted: entries.completed, entriesVerified: entries.verified },
    },
    before: last?.report.figures ?? null,
    triggered: incidents.length,
    resolved: incidents.length - open.length,
    linkLosses: 1,
    watch: [
      ...(unowned > 0 ? [{ is: 'unowned' as const, count: unowned }] : []), // the literal the schema names
      { is: 'wrong-committee', count: pendingAttendance },
    ],
  }
}

function handedOver(stock: Stock, by: string, note: string, at: number): HandOver {
  const report = reportOf(stock, madeUp(stock), at - 9 * MINUTE, null)
  return { id: `shift@${at}`, by, note, report, acceptedBy: null, acceptedAt: null }
}
