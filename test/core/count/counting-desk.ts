import { Acts } from '../../../src/core/acts.ts'
import { Sharing } from '../../../src/core/sharing.ts'
import { CandidateId, CommitteeId, UserId } from '../../../src/shared/model/ids.ts'
import type { SheetFigures } from '../../../src/shared/sheet/sheet.ts'
import type { Role, User } from '../../../src/shared/view/session.ts'
import { memoryDisk } from '../../doubles/memory-disk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { sendingDesk } from '../outbox/sending-desk.ts'
import { candidate, committee, election } from '../projection/records.ts'

export const ONE = CommitteeId.parse(1)
export const person = (email: string, role: Role = 'SUPERVISOR'): User => ({
  ...{ id: UserId.parse(1), email, name: email, role, committees: [] },
})
export const ADA = person('ada@tally.example')
export const BADR = person('badr@tally.example')
export const CHIEF = person('chief@tally.example', 'ADMIN')

/** A sheet of three candidates. */
export const sheet = (cast: number, invalid: number, ...votes: number[]): SheetFigures => ({
  cast,
  invalid,
  votes: votes.map((n, index) => ({ candidate: CandidateId.parse(index + 1), votes: n })),
})

/** A desk at which sheets are typed, by whoever is at it. */
export function countingDesk({ disk = memoryDisk() } = {}) {
  const is = { user: ADA as User | null }
  const desk = bookOnDisk({ disk })
  const made = sendingDesk({ desk, who: () => is.user?.email ?? null })
  const failed: string[] = []
  const parts = {
    book: () => desk.book,
    user: () => is.user,
    failed: (fault: { readonly is: string }) => void failed.push(fault.is),
  }
  // The plain server: it has no place for words.
  const rest = () => Promise.reject(new Error('nothing is asked of it'))
  const sharing = new Sharing({ rest, clock: desk.clock, features: () => new Set(), link: () => 'live' })
  const alone = { sharing, tell: async () => undefined, newKey: () => 'key' as never }
  const acts = new Acts({ ...parts, ...alone, outbox: made.outbox })
  const { sheets } = acts
  const { projection } = desk.book
  if (projection.cursor < 3) {
    const changes = [election(), ...[1, 2].map((id) => committee(id)), ...[1, 2, 3].map((id) => candidate(id))]
    must(desk.book, told(...changes))
  }
  return {
    ...made,
    desk,
    disk,
    failed,
    sheets,
    projection,
    fold: projection.sheets,
    as: (user: User | null) => {
      is.user = user
      return sheets
    },
    /** What was given to the outbox, as typed. */
    queued: () => [...projection.outbox.entries.values()].map(({ action, by }) => ({ ...action, by })),
  }
}
