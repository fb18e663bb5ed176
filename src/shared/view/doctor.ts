import { z } from 'zod'
import { CauseCode } from '../model/link.ts'

/** What the doctor looks at, in this order. */
export const DoctorStep = z.enum([
  'name',
  'tcp',
  'tls',
  'http',
  'sign-in',
  'clock',
  'rest',
  'upgrade-header',
  'upgrade-query',
  'upgrade-origin',
  'hello',
  'ping',
  'liveness',
  'snapshot',
  'echo',
])
export type DoctorStep = z.infer<typeof DoctorStep>
export const DOCTOR_STEPS: readonly DoctorStep[] = DoctorStep.options

/** What a step came to, where that is not a cause of the link's. Each has two texts in `doctor-words.ts`. */
export const DoctorNote = z.enum([
  'name-known',
  'name-is-address',
  'tcp-open',
  'tls-good',
  'tls-ends-soon',
  'tls-none-here',
  'tls-none',
  'http-straight',
  'http-failing',
  'signed-in',
  'not-signed-in',
  'clocks-agree',
  'clocks-differ',
  'clock-not-told',
  'rest-good',
  'rest-guarded',
  'rest-no-election',
  'rest-strange',
  'socket-there',
  'socket-guarded',
  'query-not-needed',
  'query-works',
  'origin-any',
  'origin-checked',
  'origin-own-works',
  'hello-hub',
  'hello-plain',
  'hello-strange',
  'ping-quick',
  'ping-slow',
  'ping-lost',
  'alive',
  'alive-so-far',
  'read-whole',
  'read-partly',
  'echo-came',
  'echo-missing',
  'echo-refused',
  'echo-not-agreed',
  'echo-nothing-own',
  'not-reached',
  'not-asked',
  'too-long',
])
export type DoctorNote = z.infer<typeof DoctorNote>

/** One step's outcome. `cause` is set when it proves one of the link's causes; `note` says everything else. */
export const DoctorFinding = z.object({
  /** From 1, in the order of the steps. */
  number: z.number().int().positive(),
  step: DoctorStep,
  verdict: z.enum(['good', 'doubtful', 'bad', 'skipped']),
  cause: CauseCode.nullable(),
  note: DoctorNote.nullable(),
  /** What was seen. Never a secret. */
  proof: z.string(),
  /** What it means and what to do, in English, for someone who marks attendance. */
  operator: z.string(),
  /** What it is, in English, for someone who can look at the server. */
  technician: z.string(),
  /** How long the step took, ms. */
  ms: z.number(),
})
export type DoctorFinding = z.infer<typeof DoctorFinding>

/** What the operator agreed to. */
export const DoctorWishes = z.object({
  /** One record of one's own may be written as it is, to see whether the change comes back. */
  echo: z.boolean(),
  /** Listen for the whole half minute; else only for a moment. */
  listen: z.boolean(),
})
export type DoctorWishes = z.infer<typeof DoctorWishes>

/** The doctor at work, or its last visit. */
export const DoctorView = z.object({
  state: z.enum(['idle', 'running', 'done', 'stopped']),
  /** When the visit began, ms; null before the first. */
  startedAt: z.number().nullable(),
  /** The step under way; null when none is. */
  step: DoctorStep.nullable(),
  /** How far that step is, 0 to 1; null where it cannot be told. */
  progress: z.number().nullable(),
  findings: z.array(DoctorFinding).max(DOCTOR_STEPS.length),
})
export type DoctorView = z.infer<typeof DoctorView>
export const NO_DOCTOR: DoctorView = { state: 'idle', startedAt: null, step: null, progress: null, findings: [] }
