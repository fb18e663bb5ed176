import { DOCTOR_WORDS, STEP_NAMES } from '../../../../shared/words/doctor-words.ts'
import type { DoctorNote } from '../../../../shared/view/doctor.ts'

const NOTES = Object.keys(DOCTOR_WORDS) as DoctorNote[] // Object.keys widens to string

/** Words of the doctor on the Link page; steps and notes are those of the command line. */
export const doctor = {
  head: 'Why?',
  text: 'Looks at the way to the server step by step and says what is wrong and what to do.',
  run: 'Look into it',
  again: 'Look again',
  stop: 'Stop',
  skip: 'Listen no longer',
  listen: 'Listen for half a minute whether the connection stays alive',
  agree: 'Make a test change: write one record of mine as it is, to see whether it comes back',
  agreeNot: 'Sign in first: it takes a record of yours.',
  under: 'Looking at: {{step}}',
  done: 'Done.',
  stopped: 'Stopped.',
  steps: 'What was found',
  verdict: { good: 'Good', doubtful: 'Doubtful', bad: 'Bad', skipped: 'Left out' },
  took: '{{ms}} ms',
  save: 'Save diagnostics',
  saveText: 'A ZIP file for the technician: findings, figures, log. No passwords, no names, no telephone numbers.',
  saved: 'Saved {{name}}.',
  notSaved: 'The diagnostics could not be made. Try again; if it stays, tell your technician.',
  step: STEP_NAMES,
  // One for each note, made from the list of all, so the cast holds.
  note: Object.fromEntries(NOTES.map((note) => [note, DOCTOR_WORDS[note].operator])) as Readonly<
    Record<DoctorNote, string>
  >,
} as const
