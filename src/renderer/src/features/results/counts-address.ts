import { to } from '../../store/route.ts'

/** The vote counts behind a candidate's figure, by the number on the list. */
export const countsOf = (candidate: number, verified?: 'yes' | 'no'): string =>
  to('results', { view: 'counts', candidate: String(candidate), verified })
