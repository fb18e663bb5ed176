import type { CauseCode } from '../../shared/model/link.ts'
import type { User } from '../../shared/view/session.ts'
import type { DoctorFinding, DoctorNote, DoctorStep, DoctorWishes } from '../../shared/view/doctor.ts'
import { causeWords } from '../../shared/words/cause-words.ts'
import { DOCTOR_WORDS } from '../../shared/words/doctor-words.ts'
import { safeWords } from '../backend/envelope.ts'
import type { ProbeAnswer } from '../link/probe.ts'
import type { Clock, Dial, Http, HttpAnswer, Log, NetworkFault, Random } from '../ports.ts'
import { networkCause } from '../session/sign-in-answer.ts'
import type { Session } from '../session/session.ts'
import type { Line, Opening } from './line.ts'
import type { Network } from './network.ts'
import type { Word } from './patience.ts'

/** Each step but the listening is over after this, ms: a person waits. */
export const STEP_WAIT = 5_000
/** What is asked within a step ends before the step does, so that its own fault is what is told. Ms. */
export const ANSWER_WAIT = 4_500

export type DoctorPorts = {
  readonly clock: Clock
  readonly random: Random
  readonly http: Http
  readonly dial: Dial
  readonly log: Log
  readonly network: Network
}
/** Whose connection is looked at. `session`: of whoever is, or is not, signed in there. */
export type Patient = {
  readonly server: { readonly url: string; readonly origin: string | null; readonly authority: string | null }
  readonly session: Session | null
}

/** The ways a handshake is tried: as the link does, with the token in the address, and with other origins. */
export type Try = 'header' | 'query' | 'own-origin' | 'no-origin'

/** What was learned so far; one step writes, later ones read. */
export type Chart = {
  readonly ports: DoctorPorts
  readonly patient: Patient
  readonly wishes: DoctorWishes
  readonly stop: Word
  /** Listening need not go on. */
  readonly enough: Word
  /** How far the step under way is, 0 to 1. */
  readonly progress: (part: number) => void
  /** What the server answered without a token. */
  answer: HttpAnswer | null
  token: string | null
  /** What the token is worth over REST. */
  probe: ProbeAnswer
  user: User | null
  readonly tries: Map<Try, Opening>
  /** The socket that was opened, kept for the steps after. */
  line: Line | null
  /** The visit is over: a socket that opens now has nobody to give it back. */
  over: boolean
}

export type Outcome = {
  readonly verdict: DoctorFinding['verdict']
  readonly note: DoctorNote | null
  readonly cause: CauseCode | null
  readonly proof: string
}
export type Examination = (chart: Chart) => Promise<Outcome>

export const noted =
  (verdict: Outcome['verdict']) =>
  (note: DoctorNote, proof: string): Outcome => ({ verdict, note, cause: null, proof: safeWords(proof) })
export const good = noted('good')
export const doubtful = noted('doubtful')
export const bad = noted('bad')
export const skipped = (note: DoctorNote, proof = ''): Outcome => noted('skipped')(note, proof)

export const caused = (cause: CauseCode, proof: string, verdict: Outcome['verdict'] = 'bad'): Outcome => ({
  verdict,
  note: null,
  cause,
  proof: safeWords(proof),
})
export const faulted = (fault: NetworkFault): Outcome => caused(networkCause(fault), `${fault.is}: ${fault.detail}`)

const NO_WORDS = { operator: '', technician: '' }

/** An outcome in its place, with its words. */
export function findingOf(number: number, step: DoctorStep, outcome: Outcome, ms: number): DoctorFinding {
  const { verdict, note, cause, proof } = outcome
  const base = { number, step, verdict, note, cause, proof, ms: Math.round(ms) }
  // A note says more closely what the cause, met in a handshake, says of the link.
  if (note !== null || cause === null) return { ...base, ...(note === null ? NO_WORDS : DOCTOR_WORDS[note]) }
  const { operator, next, technician } = causeWords(cause)
  return { ...base, operator: `${operator} ${next}`, technician }
}

/** Scheme, host and port of an origin; the scheme's own port filled in. */
export function placeOf(url: string): { readonly secure: boolean; readonly host: string; readonly port: number } {
  const found = /^(https?):\/\/(\[[^\]]+\]|[^/:]+)(?::(\d+))?/i.exec(url)
  const secure = found?.[1]?.toLowerCase() === 'https'
  const port = found?.[3] === undefined ? (secure ? 443 : 80) : Number(found[3])
  return { secure, host: (found?.[2] ?? '').replace(/^\[|\]$/g, ''), port }
}
