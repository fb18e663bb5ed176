import type { EvidenceFold } from './fold.ts'

/** ResultsStatus of SP 1500-100. */
export type NistStatus = 'pre-election' | 'unofficial-partial' | 'unofficial-complete'

/**
 * How far the results are, in NIST's words. Never `certified`: that is an act of the authority, which a desk reports and
 * cannot perform. `unofficial-complete` only when every committee's ballots are verified and no count is in doubt.
 */
export function nistStatus({ projection, figures }: EvidenceFold): NistStatus {
  const [election] = projection.of('election').values()
  const phase = election?.record.phase ?? 'SETUP'
  const { started, verified } = figures.counts.entries
  const isBefore = phase === 'SETUP' || phase === 'GUARANTEE_PHASE' || phase === 'VOTING_DAY'
  if (isBefore && started === 0 && projection.of('count').size === 0) return 'pre-election'
  const committees = projection.of('committee').size
  const isSure =
    projection.trust.of('counts').state !== 'doubtful' && projection.trust.of('committees').state !== 'doubtful'
  return isSure && committees > 0 && verified === committees ? 'unofficial-complete' : 'unofficial-partial'
}
