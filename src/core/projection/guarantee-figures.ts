import { z } from 'zod'
import type { CommitteeCode, ElectorNumber, GuaranteeId } from '../../shared/model/ids.ts'
import type { Guarantee } from '../../shared/model/records.ts'

const Sums = z.object({
  guarantees: z.number(),
  pledged: z.number(),
  confirmed: z.number(),
  notAvailable: z.number(),
  pledgedAttended: z.number(),
  /** Electors who promised, each once however many collectors they promised. */
  pledgedElectors: z.number(),
  pledgedElectorsSeen: z.number(),
})
type Sums = z.infer<typeof Sums>
/** By elector they are found again from the records themselves. */
export const SavedGuarantees = z.object({ all: Sums, committees: z.array(z.tuple([z.string(), Sums])) })
type SavedGuarantees = z.infer<typeof SavedGuarantees>
const zero = (): Sums => ({
  guarantees: 0,
  pledged: 0,
  confirmed: 0,
  notAvailable: 0,
  pledgedAttended: 0,
  pledgedElectors: 0,
  pledgedElectorsSeen: 0,
})
type Place = Pick<Guarantee, 'committeeCode' | 'committeeName'>

const placeIn = (key: string): Place => {
  const name = key.slice('code/'.length)
  return key.startsWith('code/')
    ? { committeeCode: name as CommitteeCode, committeeName: null } // it was made of a guarantee's code
    : { committeeCode: null, committeeName: name }
}

/** Guarantees in figures: the funnel pledged → confirmed → attended, in all and by committee. */
export class GuaranteeFigures {
  readonly all: Sums = zero()
  readonly #committees = new Map<string, Sums>()
  /** Nearly always one: a list for each would be a quarter of all that this desk holds. */
  readonly #byElector = new Map<ElectorNumber, Guarantee | readonly Guarantee[]>()

  /** Adds (`by` 1) or takes away (`by` -1) one guarantee; `seen`: its elector attended. */
  count(guarantee: Guarantee, by: 1 | -1, seen: boolean): void {
    for (const sums of this.#sumsOf(guarantee)) {
      sums.guarantees += by
      if (guarantee.status === 'GUARANTEED') sums.pledged += by
      if (guarantee.confirmation === 'CONFIRMED') sums.confirmed += by
      if (guarantee.confirmation === 'NOT_AVAILABLE') sums.notAvailable += by
      if (guarantee.status === 'GUARANTEED' && seen) sums.pledgedAttended += by
    }
    this.#elector(guarantee.elector, -1, seen)
    this.index(guarantee, by)
    this.#elector(guarantee.elector, 1, seen)
  }

  /** The guarantee an elector who promised is counted by, where each counts once: of several the oldest. */
  pledgeOf(elector: ElectorNumber): Guarantee | null {
    let first: Guarantee | null = null
    for (const guarantee of this.#of(elector))
      if (guarantee.status === 'GUARANTEED' && (first === null || guarantee.id < first.id)) first = guarantee
    return first
  }

  /** Electors who promised and those of them who were seen, each once, by place. */
  *electors(): Generator<{ place: Place; electors: number; seen: number }> {
    for (const [key, { pledgedElectors: electors, pledgedElectorsSeen: seen }] of this.#committees)
      if (electors > 0) yield { place: placeIn(key), electors, seen }
  }

  /** The elector was seen, or is no longer. Gives the guarantees concerned. */
  seen(elector: ElectorNumber, by: 1 | -1): readonly GuaranteeId[] {
    const theirs = this.#of(elector)
    for (const guarantee of theirs) {
      if (guarantee.status !== 'GUARANTEED') continue
      for (const sums of this.#sumsOf(guarantee)) sums.pledgedAttended += by
    }
    const pledge = this.pledgeOf(elector)
    if (pledge) for (const sums of this.#sumsOf(pledge)) sums.pledgedElectorsSeen += by
    return theirs.map(({ id }) => id)
  }

  /** Sums of one committee, by its code or, where the server gives only that, by its name. */
  of(code: CommitteeCode, name: string): Sums {
    const byCode = this.#committees.get(`code/${code}`)
    const byName = this.#committees.get(`name/${name}`)
    if (!byCode) return byName ?? zero()
    if (!byName) return byCode
    const sum = zero()
    for (const key of Object.keys(sum) as (keyof Sums)[]) sum[key] = byCode[key] + byName[key] // Object.keys widens to string
    return sum
  }

  save(): SavedGuarantees {
    return { all: { ...this.all }, committees: [...this.#committees].map(([place, sums]) => [place, { ...sums }]) }
  }
  load({ all, committees }: SavedGuarantees, records: Iterable<Guarantee>): void {
    Object.assign(this.all, all)
    this.#committees.clear()
    for (const [place, sums] of committees) this.#committees.set(place, { ...sums })
    for (const guarantee of records) this.index(guarantee, 1)
  }

  #elector(elector: ElectorNumber, by: 1 | -1, seen: boolean): void {
    const pledge = this.pledgeOf(elector)
    if (pledge === null) return
    for (const sums of this.#sumsOf(pledge)) {
      sums.pledgedElectors += by
      if (seen) sums.pledgedElectorsSeen += by
    }
  }

  #sumsOf(guarantee: Guarantee): readonly Sums[] {
    const place = guarantee.committeeCode ? `code/${guarantee.committeeCode}` : `name/${guarantee.committeeName ?? ''}`
    let sums = this.#committees.get(place)
    if (!sums) {
      sums = zero()
      this.#committees.set(place, sums)
    }
    return [this.all, sums]
  }

  /** Which guarantees an elector has; no sum is changed. */
  index(guarantee: Guarantee, by: 1 | -1): void {
    const { elector, id } = guarantee
    const others = this.#of(elector).filter((one) => one.id !== id)
    const theirs = by === 1 ? [...others, guarantee] : others
    const [only] = theirs
    if (only === undefined) this.#byElector.delete(elector)
    else this.#byElector.set(elector, theirs.length === 1 ? only : theirs)
  }

  #of(elector: ElectorNumber): readonly Guarantee[] {
    const found = this.#byElector.get(elector)
    return found === undefined ? [] : 'id' in found ? [found] : found
  }
}
