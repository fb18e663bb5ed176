import type { SignInFault } from '../../core/session/session.ts'

/** Why somebody was not signed in, for a terminal. */
export const SIGN_IN_WORDS: Readonly<Record<SignInFault, string>> = {
  'wrong-credentials': 'the server refused the e-mail or the password',
  'too-many-tries': 'too many tries; wait a minute',
  'no-answer': 'the server did not answer',
  'not-a-tally-server': 'what answered is no election server',
}
