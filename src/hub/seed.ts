/**
 * An election ready to be put into an empty hub store in one transaction: what set-up would have typed before the day.
 * Produced by the rehearsal generator and by the precinct-file importer; consumed by the store's `seed`.
 */
export type ElectionSeed = {
  readonly name: string
  /** Rehearsal elections are marked for ever: their data can never enter an official journal. */
  readonly mode: 'rehearsal' | 'official'
  readonly votingMode: 'FULL_PARTY' | 'MIXED' | 'BOTH'
  readonly maxCandidatesPerBallot: number
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly date: string
  readonly parties: readonly SeedParty[]
  readonly candidates: readonly SeedCandidate[]
  readonly committees: readonly SeedCommittee[]
  readonly users: readonly SeedUser[]
  /** Lazily made, because a county has hundreds of thousands; the store writes them as they come. */
  readonly electors: Iterable<SeedElector>
  readonly guarantees: Iterable<SeedGuarantee>
}

export type SeedParty = { readonly name: string; readonly color: string }
export type SeedCandidate = { readonly name: string; readonly number: number; readonly party: string | null }
export type SeedCommittee = {
  readonly code: string
  readonly name: string
  readonly gender: 'MALE' | 'FEMALE' | 'MIXED'
  readonly location: string
}
export type SeedUser = {
  readonly email: string
  /** Plain text here only; the store keeps a salted hash. */
  readonly password: string
  readonly firstName: string
  readonly lastName: string
  readonly role: 'SUPER_ADMIN' | 'ADMIN' | 'SUPERVISOR' | 'USER'
  /** Committee codes this user may mark attendance in; admins may everywhere. */
  readonly committees: readonly string[]
  /** E-mail of the supervisor who looks after this collector, if any. */
  readonly supervisor?: string | null
}
export type SeedElector = {
  /** `koc_id` on the wire: the number an elector is known by. */
  readonly number: string
  /** Full name in one string; the store splits it into the eight name columns the server family uses. */
  readonly name: string
  readonly committee: string
  readonly gender: 'MALE' | 'FEMALE'
  readonly mobile: string
  readonly section: string
  readonly department: string
  readonly team: string
  readonly area: string
}
export type SeedGuarantee = {
  /** E-mail of the collector. */
  readonly collector: string
  readonly elector: string
  readonly status: 'PENDING' | 'GUARANTEED'
  readonly confirmation: 'PENDING' | 'CONFIRMED' | 'NOT_AVAILABLE'
  readonly mobile: string
  readonly note: string
}
