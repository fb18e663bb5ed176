import type { LinkView } from '../shared/model/link.ts'
import type { Headline } from '../shared/view/board.ts'
import type { GuaranteeChoices } from '../shared/view/lists.ts'
import type { NotesView } from '../shared/view/notes.ts'
import type { PledgesView, RadarView } from '../shared/view/pledges.ts'
import type { HoursView, ReconcileView } from '../shared/view/reconcile.ts'
import type { LeadView } from '../shared/sheet/lead.ts'
import { type CountingView, NO_COUNT_SETTINGS } from '../shared/sheet/sheet-view.ts'
import type { MetersView } from '../shared/view/meters.ts'
import type { ShiftView } from '../shared/view/shift.ts'

/** What views say while no server is chosen and no journal is open. */
export const NO_HEADLINE: Headline = {
  election: null,
  electors: 0,
  attended: 0,
  expected: null,
  pendingAttendance: 0,
  attendedLast: { m15: 0, m30: 0, m60: 0 },
  guarantees: 0,
  pledged: 0,
  confirmed: 0,
  notAvailable: 0,
  pledgedAttended: 0,
  promised: { electors: 0, seen: 0, beyond: 0 },
  committees: 0,
  entries: { started: 0, completed: 0, verified: 0 },
  ballotsCast: 0,
  ballotsInvalid: 0,
  votes: 0,
  votesVerified: 0,
  latestAttendanceAt: null,
}

export const NO_NOTES: NotesView = { is: 'refused', because: 'offline' }
const NO_PLEDGES_AT_ALL = { guarantees: 0, pledged: 0, confirmed: 0, attended: 0, confirmedAttended: 0 }
export const NO_PLEDGES: PledgesView = {
  ...{ all: NO_PLEDGES_AT_ALL, electors: 0, electorsSeen: 0, committees: [], collectors: [], groups: [] },
}
export const NO_RADAR: RadarView = {
  ...{ at: 0, closes: null, hours: [], committees: [], beyond: 0 },
  all: { pledged: 0, seen: 0, byHour: [], closing: { is: 'nothing', because: 'not-voting' } },
}
export const NO_CHOICES: GuaranteeChoices = { groups: [], ungrouped: 0, collectors: [] }
const NO_FIGURES: ShiftView['now']['figures'] = {
  ...{ phase: null, attended: 0, pledged: 0, pledgedAttended: 0 },
  ...{ entriesCompleted: 0, entriesVerified: 0, votes: 0 },
}
export const NO_SHIFT: ShiftView = {
  last: null,
  now: {
    ...{ at: 0, since: null, open: [], openInAll: 0, figures: NO_FIGURES, before: null },
    ...{ triggered: 0, resolved: 0, linkLosses: 0, watch: [] },
  },
}
export const NO_COUNTING: CountingView = { ...NO_COUNT_SETTINGS, published: null, signedBy: null }
export const NO_LEAD: LeadView = { candidates: [], points: [], changes: [], changesInAll: 0 }
export const NO_HOURS: HoursView = { width: 3_600_000, points: [] }
export const NO_RECONCILE: ReconcileView = {
  ...{ at: 0, own: { seen: 0, unsent: 0, unseen: 0, refused: 0 }, attended: 0, pending: 0, committees: 0 },
  ...{ counted: { committees: 0, paper: 0, attended: 0 }, rows: [], beyond: 0 },
}
export const NO_LIST = { total: 0, offset: 0, rows: [] }

export const noLink = (now: number): LinkView => ({
  state: 'signed-out',
  since: now,
  by: 'socket',
  cause: { code: 'starting', proof: 'no server chosen', at: now },
  nextTryAt: null,
  attempt: 0,
  heardAt: null,
  roundTrip: null,
  clockSkew: null,
})

export const noMeters = (now: number): MetersView => ({
  meters: {
    startedAt: now,
    framesReceived: 0,
    framesSent: 0,
    bytesReceived: 0,
    reconnects: 0,
    errors: 0,
    quarantined: 0,
    duplicates: 0,
    gaps: 0,
    phantoms: 0,
    reads: 0,
    readFailures: 0,
    journalLength: 0,
    journalHead: '',
    ingestMs: 0,
  },
  health: { verdict: 'unhealthy', reasons: ['not-live'] },
  points: [],
  ribbon: [],
  closes: [],
  quarantine: [],
})
