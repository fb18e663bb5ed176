import { to } from './route.ts'

type Verified = 'yes' | 'no'

/** Stands in the address for those who are of no party. */
export const NO_PARTY = '-'

/** The vote counts behind a candidate's figure, by the number on the list. */
export const countsOf = (candidate: number, verified?: Verified): string =>
  to('results', { view: 'counts', candidate: String(candidate), verified })

/** The vote counts behind a party's figure; null: of those of no party. */
export const countsOfParty = (party: string | null, verified?: Verified): string =>
  to('results', { view: 'counts', party: party ?? NO_PARTY, verified })
