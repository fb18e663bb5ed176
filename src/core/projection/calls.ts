import { z } from 'zod'
import { ElectorNumber } from '../../shared/model/ids.ts'
import { assertNever } from '../../shared/result.ts'
import { Called, type CallTurn, Claim } from '../../shared/view/calls.ts'

export const SavedCalls = z.object({
  claims: z.array(z.tuple([ElectorNumber, Claim])),
  called: z.array(z.tuple([ElectorNumber, Called])),
})
type SavedCalls = z.infer<typeof SavedCalls>

/** Who is ringing whom from this desk, and what calls came to. A part of the projection: it knows what the journal says. */
export class CallsFold {
  readonly #claims = new Map<ElectorNumber, Claim>()
  readonly #called = new Map<ElectorNumber, Called>()

  apply(turn: CallTurn, at: number): void {
    switch (turn.does) {
      case 'claimed': {
        const { caller, window, until } = turn
        this.#claims.set(turn.elector, { caller, window, at, until })
        return
      }
      case 'released':
        this.#claims.delete(turn.elector)
        return
      case 'called': {
        const { outcome, caller, note } = turn
        const times = (this.#called.get(turn.elector)?.times ?? 0) + 1
        this.#claims.delete(turn.elector)
        this.#called.set(turn.elector, { outcome, caller, note, at, times })
        return
      }
      default:
        return assertNever(turn)
    }
  }

  /** Who is ringing at that time, ms; null: nobody, or not any more. */
  claimOf(elector: ElectorNumber, now: number): Claim | null {
    const claim = this.#claims.get(elector)
    return claim && claim.until > now ? claim : null
  }
  calledOf(elector: ElectorNumber): Called | null {
    return this.#called.get(elector) ?? null
  }
  /** The next moment a claim ends by itself, ms; null: none is held. */
  nextEnd(now: number): number | null {
    let next: number | null = null
    for (const { until } of this.#claims.values()) if (until > now) next = Math.min(next ?? until, until)
    return next
  }

  save(): SavedCalls {
    return { claims: [...this.#claims], called: [...this.#called] }
  }
  /** In place of what was here. */
  load({ claims, called }: SavedCalls): void {
    this.#claims.clear()
    this.#called.clear()
    for (const [elector, claim] of claims) this.#claims.set(elector, claim)
    for (const [elector, one] of called) this.#called.set(elector, one)
  }
}
