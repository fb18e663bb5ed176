import type { CommitteeCode } from '../../shared/model/ids.ts'

/**
 * A committee's paper list was counted. `by`: an e-mail. `at`: when, ms; a journal that follows is told later. `reason`: why again; empty the first time. `attended` and `waiting`:
 * what the server had and what was typed here and not seen there, at that moment.
 */
export type PaperTurn = {
  readonly does: 'counted'
  readonly committee: CommitteeCode
  readonly by: string
  readonly at: number
  readonly count: number
  readonly reason: string
  readonly attended: number
  readonly waiting: number
}
