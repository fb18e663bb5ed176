/** Where a row is as to the last seat. `line`: as many votes as one on the other side: it is not decided by votes. */
export type Seat = 'in' | 'out' | 'line'

export type Ranked<Row> = Row & {
  /** Equal votes share a rank. */
  readonly rank: number
  /** Somebody else has as many votes. */
  readonly tied: boolean
  /** Null where the number of seats is not known. */
  readonly seat: Seat | null
  /** Votes between this row and the first on the other side of the line; below 0: as many are missing. Null: nobody is there. */
  readonly margin: number | null
}

/** Rows by votes, those with as many in the order given. `seats` null: not known. */
export function ranked<Row extends { readonly votes: number }>(
  rows: readonly Row[],
  seats: number | null,
): Ranked<Row>[] {
  const sorted = [...rows].sort((a, b) => b.votes - a.votes)
  const lastIn = seats === null ? undefined : sorted[seats - 1]?.votes
  const firstOut = seats === null ? undefined : sorted[seats]?.votes
  let rank = 0
  return sorted.map((row, index) => {
    const { votes } = row
    const [above, below] = [sorted[index - 1]?.votes === votes, sorted[index + 1]?.votes === votes]
    if (!above) rank = index + 1
    const seat = seatOf(index, votes, seats, lastIn, firstOut)
    const across = seat === 'out' ? lastIn : firstOut
    const margin = seat === null || across === undefined ? null : votes - across
    return { ...row, rank, tied: above || below, seat, margin }
  })
}

function seatOf(
  index: number,
  votes: number,
  seats: number | null,
  lastIn: number | undefined,
  firstOut: number | undefined,
): Seat | null {
  if (seats === null) return null
  if (lastIn !== undefined && lastIn === firstOut && votes === lastIn) return 'line'
  return index < seats ? 'in' : 'out'
}

export type Moved = {
  readonly number: number
  readonly name: string
  readonly before: number
  readonly now: number
  readonly rankBefore: number
  readonly rankNow: number
}

type Standing = { readonly number: number; readonly name: string; readonly votes: number }

/** Whose votes are not what they were, largest change first; who is on one side only has none on the other. */
export function movedSince(before: readonly Standing[], now: readonly Standing[]): Moved[] {
  const [old, fresh] = [byNumber(before), byNumber(now)]
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((number) => {
      const [was, is] = [old.get(number), fresh.get(number)]
      return {
        ...{ number, name: is?.name ?? was?.name ?? '', before: was?.votes ?? 0, now: is?.votes ?? 0 },
        ...{ rankBefore: was?.rank ?? 0, rankNow: is?.rank ?? 0 },
      }
    })
    .filter((row) => row.before !== row.now)
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before) || a.number - b.number)
}

const byNumber = (rows: readonly Standing[]) => new Map(ranked(rows, null).map((row) => [row.number, row]))
