import type { Topic } from '../../../shared/model/change.ts'
import type { ElectionId } from '../../../shared/model/ids.ts'
import { assertNever, ok, type Result } from '../../../shared/result.ts'
import type { User } from '../../../shared/view/session.ts'
import type { Feature, ReadFault, ReadPart, Reader, Rest } from '../backend.ts'
import { askOne } from './answers.ts'
import { readAttendance } from './read-attendance.ts'
import { readCandidates, readCommittees, readElections, readParties } from './read-election.ts'
import { readGuarantees } from './read-guarantees.ts'
import { readCounts, readEntries, readResults, readSheets } from './read-voting.ts'
import { readTotals } from './totals.ts'
import * as records from './records.ts'

export type ReaderOptions = {
  /** Which election to follow; null: the newest the server has. */
  readonly election: ElectionId | null
  /** What the server can do beyond the plain one, as it said last. */
  readonly features?: () => ReadonlySet<Feature>
}

/** What one reading needs: the calls, whether to go on, and where to put what was read. */
export type Reading = {
  readonly rest: Rest
  readonly stopped: () => boolean
  readonly onPart: (part: ReadPart) => void
  readonly features?: () => ReadonlySet<Feature>
}
/** True: read to its end. False: stopped on the way. */
export type Whole = Result<boolean, ReadFault>

function counted(asked: Rest): { readonly rest: Rest; readonly calls: () => number } {
  let calls = 0
  const rest: Rest = (call) => {
    calls += 1
    return asked(call)
  }
  return { rest, calls: () => calls }
}

/**
 * Reads an election server, or a hub, topic by topic over REST, one call at a time. Owns only what it learned on the way: which
 * election is followed and who is signed in. It never retries a failed call, keeps no records and waits for nothing but answers.
 */
export function createReader(asked: Rest, options: ReaderOptions): Reader {
  const { rest, calls } = counted(asked)
  const features = options.features && { features: options.features }
  let followed: ElectionId | null = options.election
  let signedIn: User | null = null

  async function me(): Promise<Result<User, ReadFault>> {
    const answer = await askOne(rest, 'phase', '/api/users/me/', (f) => f.object('data', null, records.user))
    if (!answer.ok) return answer
    if (answer.value.value === null) throw new Error('an unread user passed as read')
    signedIn = answer.value.value
    return ok(signedIn)
  }

  async function phase(reading: Reading): Promise<Whole> {
    const read = await readElections(reading, options.election)
    if (!read.ok) return read
    if (read.value !== null) followed = read.value.followed
    return ok(read.value !== null)
  }
  /** The election's id for a query; asks once. Null while the server has none. */
  async function election(): Promise<Result<ElectionId | null, ReadFault>> {
    if (followed !== null) return ok(followed)
    const read = await readElections({ rest, stopped: () => false, onPart: () => {} }, null)
    if (!read.ok) return read
    followed = read.value === null ? null : read.value.followed
    return ok(followed)
  }
  const user = async (): Promise<Result<User, ReadFault>> => (signedIn === null ? me() : ok(signedIn))

  async function read(topic: Topic, reading: Reading): Promise<Whole> {
    if (topic === 'phase') return phase(reading)
    if (topic === 'guarantees') return readGuarantees(reading)
    const id = await election()
    if (!id.ok) return failedAs(topic, id)
    if (topic !== 'attendance') return readOf(topic, reading, id.value)
    const who = await user()
    return who.ok ? readAttendance(reading, id.value, who.value) : failedAs(topic, who)
  }

  return {
    me,
    async read(topic, onPart, stopped) {
      const whole = await read(topic, { rest, onPart, stopped, ...features })
      return whole.ok ? ok(undefined) : whole
    },
    async totals() {
      const id = await election()
      return id.ok ? readTotals(rest, id.value) : id
    },
    calls,
  }
}

function readOf(
  topic: Exclude<Topic, 'phase' | 'guarantees' | 'attendance'>,
  reading: Reading,
  election: ElectionId | null,
): Promise<Whole> {
  switch (topic) {
    case 'committees':
      return inTurn([readCommittees, readParties, readCandidates], reading, election)
    case 'counts':
      return inTurn([readCounts, readEntries, readSheets], reading, election)
    case 'results':
      return readResults(reading)
    default:
      return assertNever(topic)
  }
}

type Step = (reading: Reading, election: ElectionId | null) => Promise<Whole>

async function inTurn(steps: readonly Step[], reading: Reading, election: ElectionId | null): Promise<Whole> {
  for (const step of steps) {
    const whole = await step(reading, election)
    if (!whole.ok || !whole.value) return whole
  }
  return ok(true)
}

/** What was asked on behalf of another topic fails that topic. */
const failedAs = (topic: Topic, failure: { readonly ok: false; readonly error: ReadFault }): Whole => ({
  ok: false,
  error: { topic, fault: failure.error.fault },
})
