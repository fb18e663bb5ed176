import { TOPICS } from '../../shared/model/change.ts'
import type { Incident } from '../../shared/view/incident.ts'
import { MOST_LISTED, type ShiftFigures, type ShiftReport, type WatchPoint } from '../../shared/view/shift.ts'
import type { Shown } from '../projection/shown.ts'

/** What is open, what changed since the last hand-over, what to watch: from the projection alone. `now` in ms. */
export function shiftReport({ projection, figures }: Shown, now: number): ShiftReport {
  const { incidents, handOver, linkLosses } = projection.duty
  const since = handOver?.report.at ?? null
  const isSince = (at: number | null) => at !== null && (since === null || at > since)
  const all = incidents.all()
  const open = [...incidents.open()].sort(worstFirst)
  return {
    at: now,
    since,
    open: open.slice(0, MOST_LISTED),
    openInAll: open.length,
    figures: figuresNow({ projection, figures }),
    before: handOver?.report.figures ?? null,
    triggered: all.filter(({ triggeredAt }) => isSince(triggeredAt)).length,
    resolved: all.filter(({ resolvedAt }) => isSince(resolvedAt)).length,
    linkLosses,
    watch: watchPoints({ projection, figures }, open, now),
  }
}

const worstFirst = (a: Incident, b: Incident): number =>
  a.severity === b.severity ? a.since - b.since : a.severity === 'alarm' ? -1 : 1

function figuresNow({ projection, figures }: Pick<Shown, 'projection' | 'figures'>): ShiftFigures {
  const [election] = projection.of('election').values()
  const { pledged, pledgedAttended } = figures.guarantees.all
  return {
    phase: election?.record.phase ?? null,
    attended: figures.attendance.attended,
    pledged,
    pledgedAttended,
    entriesCompleted: figures.counts.entries.completed,
    entriesVerified: figures.counts.entries.verified,
    votes: figures.counts.votes,
  }
}

function watchPoints(
  { projection, figures }: Pick<Shown, 'projection' | 'figures'>,
  open: readonly Incident[],
  now: number,
): WatchPoint[] {
  const { outbox, conflicts, trust } = projection
  const points: WatchPoint[] = []
  const unowned = open.filter(({ owner }) => owner === null).length
  if (unowned > 0) points.push({ is: 'unowned', count: unowned })
  const until = open.flatMap(({ snoozedUntil }) => (snoozedUntil !== null && snoozedUntil > now ? [snoozedUntil] : []))
  if (until.length > 0) points.push({ is: 'snoozed', count: until.length, firstUntil: Math.min(...until) })
  for (const topic of TOPICS) {
    const is = trust.of(topic)
    if (is.state === 'doubtful') points.push({ is: 'doubt', topic, because: is.because, since: is.since })
  }
  const oldest = outbox.oldest()
  if (oldest) points.push({ is: 'unsent', count: outbox.waiting.size, oldestAt: oldest.queuedAt })
  if (conflicts.open > 0) points.push({ is: 'conflicts', count: conflicts.open })
  const { pending } = figures.attendance
  if (pending > 0) points.push({ is: 'wrong-committee', count: pending })
  return points
}
