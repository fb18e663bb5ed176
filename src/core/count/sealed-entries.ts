import type { CandidateId, CommitteeId } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { FieldName, type SheetFigures } from '../../shared/sheet/sheet.ts'
import type { Entered, Explained } from '../../shared/sheet/sheet-view.ts'
import { RULE_CODES } from '../../shared/sheet/rules.ts'
import type { ActFault, Acts } from '../acts.ts'
import { type Fields, understood } from '../backend/election/fields.ts'
import type { Book } from '../book.ts'
import { isTyping } from '../projection/sheets.ts'
import type { Sharing } from '../sharing.ts'
import { MOST_TURNS, type SheetLook } from './sheet-look.ts'

type SealedParts = { readonly acts: Acts; readonly sharing: Sharing }
type Sheet = {
  readonly committee: CommitteeId
  readonly figures: SheetFigures
  readonly remarks: readonly Explained[]
}

/**
 * Two blind entries of a sheet where the server keeps them apart for all desks. What is typed goes through the outbox like
 * anything else; whether two agree is the server's to say, and no figure of another's comes here before it may be seen.
 */
export class SealedEntries {
  readonly #parts: SealedParts

  constructor(parts: SealedParts) {
    this.#parts = parts
  }

  /** Whether this sheet's entries go to the server: it has a place for them, and none was begun at this desk alone. */
  isFor(book: Book, committee: CommitteeId): boolean {
    return book.projection.sheets.of(committee).first === null && this.#parts.sharing.of('double') !== 'alone'
  }

  /** One of two was typed already, however this desk counts: the next is the second, and blind. */
  waits(book: Book, committee: CommitteeId): boolean {
    const { sheets, outbox } = book.projection
    const { from, first } = sheets.entriesOf(committee)
    return (from === 'server' && first !== null) || isTyping(outbox, committee)
  }

  enter(book: Book, by: string, sheet: Sheet): Result<Entered, ActFault | 'two-others' | 'needs-decision'> {
    const { committee, figures, remarks } = sheet
    const { first, second } = book.projection.sheets.entriesOf(committee)
    const mine = [first, second].find((entry) => entry?.by === by)
    if (first && second && !mine) return err('two-others')
    if (first && second && mine && mine.turns >= MOST_TURNS) return err('needs-decision')
    const saved = this.#parts.acts.act({
      action: { does: 'count.type', committee, by, ...figures, remarks: [...remarks] },
    })
    return saved.ok ? ok({ is: 'sealed', key: saved.value }) : saved
  }

  async look(committee: CommitteeId): Promise<Result<SheetLook, 'server-away'>> {
    const data = await this.#parts.sharing.ask(`/api/voting/sheets/${committee}/entries/`)
    const read = understood(data, 'entries', 'rest', lookOf)
    return read.ok ? read : err('server-away')
  }

  resolve(committee: CommitteeId, take: ReadonlyMap<FieldName, number>, reason: string): Result<Entered, ActFault> {
    const fields = [...take].map(([field, value]) => ({ field, value }))
    const saved = this.#parts.acts.act({ action: { does: 'count.resolve', committee, take: fields, reason } })
    return saved.ok ? ok({ is: 'queued', key: saved.value }) : saved
  }

  drop(committee: CommitteeId, reason: string): Result<null, ActFault> {
    const saved = this.#parts.acts.act({ action: { does: 'count.drop', committee, reason } })
    return saved.ok ? ok(null) : saved
  }
}

const lookOf = (f: Fields): SheetLook => ({
  ...(f.isNull('mine') ? { mine: null, remarks: [] } : f.object('mine', { mine: null, remarks: [] }, mineOf)),
  mayCorrect: f.truth('may_correct'),
  both: f.isNull('both') ? null : f.object<SheetLook['both']>('both', null, bothOf),
})

const mineOf = (f: Fields): Pick<SheetLook, 'mine' | 'remarks'> => ({
  mine: {
    ...{ cast: f.count('total_ballots_cast'), invalid: f.count('invalid_ballots') },
    votes: f.objects('vote_counts', (row) => ({
      candidate: row.id<CandidateId>('candidate_id'),
      votes: row.count('vote_count'),
    })),
  },
  remarks: f.objects('remarks', (one) => ({
    ...{ code: one.oneOf('code', RULE_CODES), field: fieldIn(one) },
    ...{ n: one.whole('n'), most: one.whole('most'), words: one.text('content') },
    ...(one.isNull('place') ? {} : { place: one.text('place') }),
  })),
})

const bothOf = (f: Fields): NonNullable<SheetLook['both']> => ({
  ...{ first: f.textOrEmpty('first'), second: f.textOrEmpty('second') },
  fields: f.objects('fields', (one) => ({
    ...{ field: fieldIn(one), first: one.count('first'), second: one.count('second') },
  })),
})

const fieldIn = (f: Fields): FieldName => FieldName.safeParse(f.text('field')).data ?? 'cast'
