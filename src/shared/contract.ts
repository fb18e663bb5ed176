import { z } from 'zod'
import { CONNECTION_COMMANDS, CONNECTION_STREAMS } from './connection-contract.ts'
import { AttendanceId, CommandKey, CommitteeCode, CommitteeId, ElectorNumber } from './model/ids.ts'
import { Results } from './model/records.ts'
import { TrustView } from './model/trust.ts'
import { COUNT_COMMANDS, COUNT_STREAMS } from './count-contract.ts'
import { DUTY_COMMANDS, DUTY_STREAMS } from './duty-contract.ts'
import { GUARANTEE_COMMANDS, GUARANTEE_STREAMS } from './guarantee-contract.ts'
import { KEEPING_COMMANDS, KEEPING_STREAMS } from './keeping-contract.ts'
import { PLEDGE_COMMANDS, PLEDGE_STREAMS } from './pledge-contract.ts'
import { defineContract } from './rpc/define.ts'
import { REPLAY_COMMANDS, REPLAY_STREAMS } from './replay-contract.ts'
import { reason, SAVED_BUT_OWN, saved, savedErrors } from './saved.ts'
import { CandidateRow, CommitteeRow, FeedItem, Headline, Span, TurnoutPoint } from './view/board.ts'
import { COMMITTEE_STREAMS } from './view/committee.ts'
import { ConflictsView, Decision } from './view/conflict.ts'
import { DoctorView, DoctorWishes } from './view/doctor.ts'
import { EVIDENCE_COMMANDS, EvidenceView } from './view/evidence.ts'
import { HostInfo } from './view/host.ts'
import { AttendanceQuery, AttendanceSlice, CountQuery, CountSlice } from './view/lists.ts'
import { MetersView } from './view/meters.ts'
import { OutboxView, UndoBar } from './view/outbox.ts'
import { ATTENDANCE_COMMANDS, ATTENDANCE_STREAMS } from './view/reconcile.ts'
import { SafeView } from './view/safe.ts'
import { TRAIL_COMMANDS } from './view/trail.ts'
import { WALL_COMMANDS, WALL_STREAMS } from './view/wall.ts'

/** Everything that may cross from the core to a window, and back. If it is not here it does not cross. */
export const contract = defineContract({
  version: 1,
  commands: {
    ...ATTENDANCE_COMMANDS,
    ...CONNECTION_COMMANDS,
    ...DUTY_COMMANDS,
    ...GUARANTEE_COMMANDS,
    ...KEEPING_COMMANDS,
    ...PLEDGE_COMMANDS,
    ...TRAIL_COMMANDS,
    ...WALL_COMMANDS,
    /** Looks at the way to the chosen server, step by step; the stream `doctor` tells. A visit under way is ended first. */
    'doctor.run': { input: DoctorWishes, output: z.null(), errors: ['no-server'] },
    /** Ends the visit; what was found stays. */
    'doctor.stop': { input: z.null(), output: z.null(), errors: [] },
    /** Ends listening early; the visit goes on. */
    'doctor.skip': { input: z.null(), output: z.null(), errors: [] },
    /** Everything a technician needs to look at from afar, without secrets or people: a ZIP, base64, at most 1 MB. */
    'diagnostics.make': {
      input: z.null(),
      output: z.object({ name: z.string(), bytes: z.number().int(), zip: z.string().max(1_400_000) }),
      errors: ['not-here', 'failed'],
    },
    ...REPLAY_COMMANDS,
    ...EVIDENCE_COMMANDS,
    /** Ends safe mode: the console is started anew, as a person would. */
    'safe.leave': { input: z.null(), output: z.null(), errors: ['not-here'] },
    /** Marks an elector as having attended, at this committee. */
    'attendance.mark': {
      input: z.object({ elector: ElectorNumber, committee: CommitteeCode, notes: z.string().max(1000).default('') }),
      output: saved,
      errors: savedErrors,
    },
    /** Records an elector who came to the wrong committee, or whom the register does not have: then `name` is needed. */
    'attendance.pending': {
      input: z.object({
        elector: ElectorNumber,
        committee: CommitteeCode,
        name: z.string().max(255).default(''),
        notes: z.string().max(1000).default(''),
      }),
      output: saved,
      errors: savedErrors,
    },
    /** Changes or takes away a mark, with a reason. */
    'attendance.correct': {
      input: z.object({ id: AttendanceId, to: z.enum(['ATTENDED', 'PENDING', 'removed']), reason }),
      output: saved,
      errors: savedErrors,
    },
    /** Looks an elector up on the server. */
    'elector.find': {
      input: z.object({ elector: ElectorNumber, committee: CommitteeCode }),
      output: z.object({
        elector: ElectorNumber,
        name: z.string(),
        section: z.string(),
        committeeCode: z.string(),
        committeeName: z.string(),
        attended: z.boolean(),
        attendedAt: z.string().nullable(),
      }),
      errors: ['not-found', 'other-committee', 'not-allowed', 'no-answer'],
    },
    ...COUNT_COMMANDS,
    /** Verifies a committee's count sheet as it stands on this desk's screen. */
    'count.verify': { input: z.object({ committee: CommitteeId }), output: saved, errors: savedErrors },
    /** Adds the verified sheets up. */
    'results.generate': { input: z.null(), output: saved, errors: savedErrors },
    /** Publishes the results on screen. Not sent after `deadline`, ms; null: two minutes from now. */
    'results.publish': {
      input: z.object({ deadline: z.number().int().nullable().default(null) }),
      output: saved,
      errors: savedErrors,
    },
    /** Takes an action back: unsent it is withdrawn, done it is reversed. The key is the reversing action's; null: withdrawn. */
    'outbox.undo': {
      input: z.object({ key: CommandKey, reason }),
      output: z.object({ key: CommandKey.nullable() }),
      errors: ['unknown', ...UndoBar.options, ...SAVED_BUT_OWN],
    },
    /** Says that one has read that these came to nothing: they are no longer counted as new. Of others nothing is written. */
    'outbox.look': {
      input: z.object({ keys: z.array(CommandKey).min(1).max(50) }),
      output: z.null(),
      errors: ['not-open', 'not-allowed', 'not-saved'],
    },
    /** Decides a card. What it takes to carry that out goes through the outbox, under these keys. */
    'conflict.decide': {
      input: z.object({ id: z.string().max(200), decision: Decision, reason }),
      output: z.object({ keys: z.array(CommandKey) }),
      errors: ['unknown', 'decided-already', 'not-a-choice', ...savedErrors],
    },
  },
  streams: {
    ...ATTENDANCE_STREAMS,
    ...COMMITTEE_STREAMS,
    ...CONNECTION_STREAMS,
    ...DUTY_STREAMS,
    ...GUARANTEE_STREAMS,
    ...KEEPING_STREAMS,
    ...PLEDGE_STREAMS,
    ...COUNT_STREAMS,
    ...WALL_STREAMS,
    host: { input: z.null(), snapshot: HostInfo, patch: HostInfo },
    /** The console in safe mode; null: it is not. */
    safe: { input: z.null(), snapshot: SafeView.nullable(), patch: SafeView.nullable() },
    trust: { input: z.null(), snapshot: TrustView, patch: TrustView },
    headline: { input: z.null(), snapshot: Headline, patch: Headline },
    committees: { input: z.null(), snapshot: z.array(CommitteeRow), patch: CommitteeRow },
    candidates: { input: z.null(), snapshot: z.array(CandidateRow), patch: z.array(CandidateRow) },
    /** Turnout through the day; null committee: all of them. Of a part of the day (`span`) as fine as 240 points allow. */
    turnout: {
      input: z.object({ committee: CommitteeCode.nullable(), span: Span.nullable() }),
      snapshot: z.array(TurnoutPoint).max(240),
      patch: z.array(TurnoutPoint).max(240),
    },
    /** The last 100; newest first. Patches carry the new ones. */
    feed: { input: z.null(), snapshot: z.array(FeedItem).max(100), patch: z.array(FeedItem).max(100) },
    attendance: { input: AttendanceQuery, snapshot: AttendanceSlice, patch: AttendanceSlice },
    counts: { input: CountQuery, snapshot: CountSlice, patch: CountSlice },
    results: { input: z.null(), snapshot: Results.nullable(), patch: Results.nullable() },
    outbox: { input: z.null(), snapshot: OutboxView, patch: OutboxView },
    conflicts: { input: z.null(), snapshot: ConflictsView, patch: ConflictsView },
    meters: { input: z.null(), snapshot: MetersView, patch: MetersView },
    doctor: { input: z.null(), snapshot: DoctorView, patch: DoctorView },
    evidence: { input: z.null(), snapshot: EvidenceView, patch: EvidenceView },
    ...REPLAY_STREAMS,
  },
})
export type AppContract = typeof contract
