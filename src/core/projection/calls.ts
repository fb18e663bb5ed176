import { z } from 'zod'
import { CommandKey, ElectorNumber } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import { Called, CallTurn, Claim } from '../../shared/view/calls.ts'
import type { Shift, Table } from './table.ts'

const Own = Claim.omit({ from: true })
type Own = z.infer<typeof Own>
/** What was done here that the server is still to be told. `at`: when, ms. */
const Untold = z.object({ key: CommandKey, at: z.number(), turn: CallTurn })
export type Untold = z.infer<typeof Untold>

export const SavedCalls = z.object({
  claims: z.array(z.tuple([ElectorNumber, Own])),
  called: z.array(z.tuple([ElectorNumber, Called])),
  untold: z.array(Untold),
})
type SavedCalls = z.infer<typeof SavedCalls>

/**
 * Who is ringing whom, and what calls came to: from this desk by its own journal, from other desks where the server tells. What
 * the server says goes before what only this desk knows. A part of the projection.
 */
export class CallsFold {
  readonly #claims = new Map<ElectorNumber, Own>()
  readonly #called = new Map<ElectorNumber, Called>()
  readonly #untold = new Map<CommandKey, Untold>()
  readonly #shared: Table<'call'>
  /** Electors the server has a claim of; null: not looked at since the records were loaded. */
  #held: Set<ElectorNumber> | null = null

  constructor(shared: Table<'call'>) {
    this.#shared = shared
  }

  apply(turn: CallTurn, at: number): void {
    if (turn.does === 'told') return void this.#untold.delete(turn.key)
    this.#overtake(turn)
    if (turn.key !== undefined) this.#untold.set(turn.key, { key: turn.key, at, turn })
    switch (turn.does) {
      case 'claimed': {
        const { caller, window, until } = turn
        return void this.#claims.set(turn.elector, { caller, window, at, until })
      }
      case 'released':
        return void this.#claims.delete(turn.elector)
      case 'called': {
        const { outcome, caller, note } = turn
        const times = (this.calledOf(turn.elector)?.times ?? 0) + 1
        this.#claims.delete(turn.elector)
        return void this.#called.set(turn.elector, { outcome, caller, note, at, times })
      }
      default:
        return assertNever(turn)
    }
  }

  /** A claim that was given back or came to something need not be told any more. */
  #overtake({ elector, window }: Exclude<CallTurn, { does: 'told' }>): void {
    for (const { key, turn } of this.#untold.values())
      if (turn.does === 'claimed' && turn.elector === elector && turn.window === window) this.#untold.delete(key)
  }

  /** The server's record of an elector's call is not what it was. */
  shifted(shift: Extract<Shift, { kind: 'call' }>): void {
    if (shift.after?.record.claim) this.#held?.add(shift.key)
    else this.#held?.delete(shift.key)
  }

  /** Who is ringing at that time, ms; null: nobody, or not any more. */
  claimOf(elector: ElectorNumber, now: number): Claim | null {
    const shared = this.#sharedClaim(elector)
    if (shared && shared.until > now && !this.#isGivenBack(elector, shared)) return shared
    const claim = this.#claims.get(elector)
    return claim && claim.until > now ? { ...claim, from: 'desk' } : null
  }
  /** Whether this window took the call, also where the server has given it to another since. */
  isTakenBy(elector: ElectorNumber, window: string, now: number): boolean {
    const own = this.#claims.get(elector)
    return this.claimOf(elector, now)?.window === window || (own?.window === window && own.until > now)
  }
  calledOf(elector: ElectorNumber): Called | null {
    const own = this.#called.get(elector) ?? null
    const shared = this.#shared.get(elector)?.record.called
    if (!shared || this.#hasUntold(elector, 'called')) return own
    return { ...shared, note: own?.caller === shared.caller && own.outcome === shared.outcome ? own.note : '' }
  }

  /** What the server is still to be told, oldest first. */
  untold(): readonly Untold[] {
    return [...this.#untold.values()]
  }
  hasUntold(elector: ElectorNumber): boolean {
    return this.untold().some(({ turn }) => turn.elector === elector)
  }
  #hasUntold(elector: ElectorNumber, does: CallTurn['does']): boolean {
    return [...this.#untold.values()].some(({ turn }) => turn.elector === elector && turn.does === does)
  }

  /**
   * By this desk's clock a claim of the server lasts no longer than its whole time from when this desk learnt it: whatever the
   * two clocks say. Sooner than that the server tells its end.
   */
  #sharedClaim(elector: ElectorNumber): Claim | null {
    const held = this.#shared.get(elector)
    const claim = held?.record.claim
    if (!held || !claim) return null
    const { caller, window, since, until } = claim
    return { caller, window, at: since, until: held.at + Math.max(0, until - since), from: 'server' }
  }
  /** This desk gave it back, or wrote what it came to, and the server does not know yet. */
  #isGivenBack(elector: ElectorNumber, { window }: Claim): boolean {
    for (const { turn } of this.#untold.values())
      if (turn.elector === elector && (turn.does === 'released' || turn.does === 'called') && turn.window === window)
        return true
    return false
  }

  /** The next moment a claim ends by itself, ms; null: none is held. */
  nextEnd(now: number): number | null {
    this.#held ??= new Set([...this.#shared].flatMap(([elector, { record }]) => (record.claim ? [elector] : [])))
    let next: number | null = null
    const look = (until: number) => {
      if (until > now) next = Math.min(next ?? until, until)
    }
    for (const { until } of this.#claims.values()) look(until)
    for (const elector of this.#held) look(this.#sharedClaim(elector)?.until ?? 0)
    return next
  }

  save(): SavedCalls {
    return { claims: [...this.#claims], called: [...this.#called], untold: [...this.#untold.values()] }
  }
  /** In place of what was here. */
  load({ claims, called, untold }: SavedCalls): void {
    for (const part of [this.#claims, this.#called, this.#untold]) part.clear()
    for (const [elector, claim] of claims) this.#claims.set(elector, claim)
    for (const [elector, one] of called) this.#called.set(elector, one)
    for (const one of untold) this.#untold.set(one.key, one)
    this.#held = null
  }
}
