import { z } from 'zod'
import { assertNever, err, ok, type Result } from '../../shared/result.ts'
import type { DayAction } from './day-plan.ts'
import type { Directory } from './directory.ts'
import { type Attend, markOne, type Outcome, odd, outcomeOf, type Stamp } from './play-marks.ts'
import type { Call } from './play-rest.ts'
import type { Halt, Sessions } from './play-session.ts'

/** What an action needs to become calls. */
export type Stage = {
  readonly sessions: Sessions
  readonly directory: Directory
  readonly chief: string
  readonly stamp: Stamp
}

type Step = Promise<Result<Outcome, Halt>>

/** Does one action over REST, as the person the plan names. */
export function perform(stage: Stage, action: DayAction): Step {
  switch (action.kind) {
    case 'attend':
      return markOne(stage.sessions, action, stage.stamp)
    case 'attend-elsewhere':
      return tell(stage, action, {
        method: 'POST',
        path: '/api/attendees/add-pending-elector/',
        body: elsewhere(action),
      })
    case 'withdraw':
      return withdraw(stage, action)
    case 'phase':
      return phase(stage, action)
    case 'confirm':
    case 'pledge':
      return pledge(stage, action)
    case 'count':
      return count(stage, action)
    case 'verify':
      return verify(stage, action)
    case 'results':
      return tell(stage, action, { method: 'POST', path: '/api/voting/results/generate/', body: {} })
    case 'publish':
      return tell(stage, action, { method: 'POST', path: '/api/voting/results/publish/', body: {} })
    default:
      return assertNever(action)
  }
}

/** Makes the action's one call in its person's name and reads the outcome from the status. */
async function tell({ sessions }: Stage, action: DayAction, call: Omit<Call, 'token'>): Step {
  const answer = await sessions.as(action.by, call)
  return answer.ok ? ok(outcomeOf(answer.value, `${call.method} ${call.path}`, action)) : answer
}

const elsewhere = (action: Extract<DayAction, { kind: 'attend-elsewhere' }>) => ({
  kocId: action.elector,
  committeeCode: action.committee,
  notes: 'Came to the wrong committee',
})

/** Somebody may have taken the record away by hand: then there is nothing left to do. */
async function withdraw(stage: Stage, action: Extract<DayAction, { kind: 'withdraw' }>): Step {
  const id = await stage.directory.attendance(action.elector, action.committee)
  if (!id.ok) return id
  if (id.value === null) return ok({ is: 'already' })
  return tell(stage, action, { method: 'DELETE', path: `/api/attendees/${id.value}/` })
}

async function phase(stage: Stage, action: Extract<DayAction, { kind: 'phase' }>): Step {
  const election = await stage.directory.election()
  if (!election.ok) return election
  return tell(stage, action, {
    method: 'PATCH',
    path: `/api/elections/${election.value}/`,
    body: { status: action.phase },
  })
}

/** A guarantee deleted by hand since the plan was made is simply no longer worked on. */
async function pledge(stage: Stage, action: Extract<DayAction, { kind: 'confirm' | 'pledge' }>): Step {
  const id = await stage.directory.guarantee(action.by, action.elector)
  if (!id.ok) return id
  if (id.value === null) return ok({ is: 'already' })
  if (action.kind === 'pledge')
    return tell(stage, action, {
      method: 'PATCH',
      path: `/api/guarantees/${id.value}/quick-update/`,
      body: { guaranteeStatus: action.status },
    })
  return tell(stage, action, {
    method: 'POST',
    path: `/api/guarantees/${id.value}/confirm/`,
    body: { confirmationStatus: action.confirmation },
  })
}

const entryShape = z.looseObject({ data: z.looseObject({ committeeEntryId: z.number() }) })

async function count(stage: Stage, action: Extract<DayAction, { kind: 'count' }>): Step {
  const committeeId = await stage.directory.committee(action.committee)
  if (!committeeId.ok) return committeeId
  const voteCounts: { candidateId: number; voteCount: number }[] = []
  for (const { candidate, votes } of action.votes) {
    const candidateId = await stage.directory.candidate(candidate)
    if (!candidateId.ok) return candidateId
    voteCounts.push({ candidateId: candidateId.value, voteCount: votes })
  }
  const path = '/api/voting/vote-counts/bulk_entry/'
  const body = {
    committeeId: committeeId.value,
    voteCounts,
    totalBallotsCast: action.ballotsCast,
    invalidBallots: action.invalid,
    notes: '',
  }
  const answer = await stage.sessions.as(action.by, { method: 'POST', path, body })
  if (!answer.ok) return answer
  const outcome = outcomeOf(answer.value, `POST ${path}`, action)
  if (outcome.is !== 'done') return ok(outcome)
  const entry = entryShape.safeParse(answer.value.json)
  if (!entry.success) return err({ ...odd(`POST ${path}`, answer.value.status, entry.error), action })
  stage.directory.noteEntry(action.committee, entry.data.data.committeeEntryId)
  return ok(outcome)
}

async function verify(stage: Stage, action: Extract<DayAction, { kind: 'verify' }>): Step {
  const id = await stage.directory.entry(action.committee)
  if (!id.ok) return id
  if (id.value === null) {
    const message = `committee ${action.committee} has no count sheet to verify`
    return ok({
      is: 'refused',
      fault: { is: 'refused', call: 'looking for the count sheet', status: null, message, action },
    })
  }
  return tell(stage, action, { method: 'PATCH', path: `/api/voting/committee-entries/${id.value}/verify/`, body: {} })
}

/** Whether everything before this must have reached the server first. */
export function isTurningPoint(action: DayAction): boolean {
  switch (action.kind) {
    case 'phase':
    case 'withdraw':
    case 'count':
    case 'verify':
    case 'results':
    case 'publish':
      return true
    case 'attend':
    case 'attend-elsewhere':
    case 'confirm':
    case 'pledge':
      return false
    default:
      return assertNever(action)
  }
}

export const isAttend = (action: DayAction): action is Attend => action.kind === 'attend'
