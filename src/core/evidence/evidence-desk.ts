import { err, ok, type Result } from '../../shared/result.ts'
import type { EvidenceFailure, EvidenceView, EvidenceWishes } from '../../shared/view/evidence.ts'
import type { Unsubscribe } from '../../shared/port.ts'

/** The pack the host made. */
export type MadePack = Omit<Extract<EvidenceView, { is: 'made' }>, 'is' | 'sealed'>
export type MakingProgress = { readonly step: 'reading' | 'writing'; readonly done: number; readonly total: number }
export type Making = { readonly ended: Promise<Result<MadePack, EvidenceFailure>>; cancel(): void }

/** What the host does for an evidence pack: it reads the journal from the disk again and writes the file. */
export interface EvidenceMaker {
  /** Makes the pack of this journal up to and with record `upTo`; times on its paper are told in `zone`. */
  make(
    wish: { readonly journal: string; readonly upTo: number; readonly wishes: EvidenceWishes; readonly zone: string },
    progress: (so: MakingProgress) => void,
  ): Making
}

/**
 * The one evidence pack a desk makes at a time. It owns the making under way and remembers the last outcome; windows come and
 * go meanwhile.
 */
export class EvidenceDesk {
  readonly #maker: EvidenceMaker
  readonly #listeners = new Set<() => void>()
  #making: Making | null = null
  /** Numbers the makings: what an earlier one still says is let go. */
  #run = 0
  #view: EvidenceView = { is: 'none' }

  constructor(maker: EvidenceMaker) {
    this.#maker = maker
  }

  view(): EvidenceView {
    return this.#view
  }
  onChange(listener: () => void): Unsubscribe {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Begins; it goes on by itself. */
  make(
    journal: string,
    upTo: number,
    wishes: EvidenceWishes,
    zone: string,
  ): Result<null, 'busy' | 'sealed-with-journal'> {
    if (this.#making) return err('busy')
    if (wishes.sealed && wishes.withJournal) return err('sealed-with-journal')
    this.#show({ is: 'making', step: 'reading', done: 0, total: upTo })
    const run = ++this.#run
    // The first word of progress may come before `make` gives its making back.
    this.#making = this.#maker.make({ journal, upTo, wishes, zone }, (so) => {
      if (run === this.#run) this.#show({ is: 'making', ...so })
    })
    void this.#making.ended.then((ended) => {
      if (run !== this.#run) return
      this.#making = null
      this.#show(ended.ok ? { is: 'made', sealed: wishes.sealed, ...ended.value } : { is: 'failed', why: ended.error })
    })
    return ok(null)
  }

  cancel(): void {
    this.#making?.cancel()
  }

  /** Another server, another account: what was made is not theirs to see. */
  forget(): void {
    this.#making?.cancel()
    this.#making = null
    this.#run += 1
    this.#show({ is: 'none' })
  }

  #show(view: EvidenceView): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}
