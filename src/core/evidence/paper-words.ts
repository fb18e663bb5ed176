import type { Topic } from '../../shared/model/change.ts'
import type { BallotEntry, Phase, Results } from '../../shared/model/records.ts'
import type { DoubtCause, TopicTrust } from '../../shared/model/trust.ts'
import type { PackBeginning } from './beginning.ts'

/** Every word on the paper. A paper is in one language, chosen when it is made. */
export type PaperWords = {
  readonly title: string
  readonly rehearsal: string
  readonly sealed: string
  readonly asOf: (time: string) => string
  readonly page: (page: number) => string
  /** Of a journal whose first records were let go. */
  readonly beginning: (begins: PackBeginning, timeOf: (at: number) => string) => string
  readonly day: string
  readonly notSet: string
  readonly server: string
  readonly phaseLabel: string
  readonly phase: Readonly<Record<Phase, string>>
  readonly record: string
  readonly journal: string
  readonly figures: string
  readonly electors: string
  readonly attended: string
  readonly wrongCommittee: string
  readonly turnout: string
  readonly guarantees: string
  readonly pledged: string
  readonly pledgedAttended: string
  readonly committees: string
  readonly verifiedCommittees: string
  readonly cast: string
  readonly invalid: string
  readonly votes: string
  readonly votesVerified: string
  readonly votesUnverified: string
  readonly candidates: string
  readonly number: string
  readonly name: string
  readonly party: string
  readonly independent: string
  readonly code: string
  readonly entryLabel: string
  readonly entry: Readonly<Record<BallotEntry['status'], string>>
  readonly published: string
  readonly rank: string
  readonly resultsStatus: Readonly<Record<Results['status'], string>>
  readonly noResults: string
  readonly trust: string
  readonly topicLabel: string
  readonly since: string
  readonly why: string
  readonly topic: Readonly<Record<Topic, string>>
  readonly trustOf: Readonly<Record<TopicTrust['state'], string>>
  readonly doubt: Readonly<Record<DoubtCause, string>>
  readonly doubtMark: string
  readonly noDoubt: string
  readonly paperCounts: string
  readonly noPaperCounts: string
  /** What the table of paper counts leaves out, and what its question mark says. */
  readonly paperCountsAbout: string
  readonly onPaper: string
  readonly serverThen: string
  readonly unseenThen: string
  readonly countedAt: string
  readonly countedBy: string
  readonly note: string
  readonly desk: string
  readonly typed: string
  readonly confirmed: string
  readonly rejected: string
  readonly waiting: string
  readonly notDone: string
  readonly quarantined: string
  readonly phantoms: string
  readonly doubtsSaid: string
  readonly linkMoments: string
  readonly verify: string
  readonly verifyText: string
  readonly head: string
}
