import type { CommandKey, CommitteeId } from '../../shared/model/ids.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { differing, type FieldName, type SheetFigures, withFields } from '../../shared/sheet/sheet.ts'
import type { CountSettings, Entered, Explained } from '../../shared/sheet/sheet-view.ts'
import type { Finding, RuleCode } from '../../shared/sheet/rules.ts'
import type { User } from '../../shared/view/session.ts'
import type { ActFault, Acts } from '../acts.ts'
import { isAdmin, isSupervisor, mayNot } from '../authority.ts'
import type { Book } from '../book.ts'
import type { DiskFault } from '../ports.ts'
import type { Sharing } from '../sharing.ts'
import { SealedEntries } from './sealed-entries.ts'
import { findingsOn, whyNotSaved } from './sheet-facts.ts'
import { compare, MOST_TURNS, type SheetLook } from './sheet-look.ts'
import type { SheetTurn } from './sheet-turn.ts'

type Fault = 'not-open' | 'not-allowed' | 'not-saved' | 'role-too-low'
/** `two-others`: two other people have typed this sheet. `needs-decision`: one's own correction was made already. */
export type EnterFault = ActFault | 'sheet-fault' | 'needs-words' | 'two-others' | 'needs-decision'
/** `own-entry`: one of the two entries is one's own. `not-whole`: not every field that differs was decided. */
export type ResolveFault = ActFault | 'sheet-fault' | 'unknown' | 'own-entry' | 'not-whole'

export type SheetParts = {
  readonly book: () => Book | null
  readonly user: () => User | null
  readonly acts: Acts
  readonly failed: (fault: DiskFault) => void
  readonly sharing: Sharing
  readonly tell: () => Promise<void>
  readonly newKey: () => CommandKey
}
type Sheet = {
  readonly committee: CommitteeId
  readonly figures: SheetFigures
  readonly remarks: readonly Explained[]
}

/**
 * What people do with count sheets at this desk: one entry that goes straight on its way or, where two people type each sheet,
 * two blind ones that go as one once they agree. Everything is written through to the disk before it is answered.
 */
export class SheetActs {
  readonly #parts: SheetParts
  readonly #sealed: SealedEntries

  constructor(parts: SheetParts) {
    this.#parts = parts
    this.#sealed = new SealedEntries(parts)
  }

  enter(sheet: Sheet): Result<Entered, EnterFault> {
    const { committee, remarks, figures } = sheet
    const action = { does: 'count.enter', committee, ...figures } as const // the literal of the action
    const user = this.#parts.user()
    const fault = mayNot(user, action, () => undefined)
    if (fault !== null || user === null) return err(fault ?? 'not-allowed')
    const book = this.#parts.book()
    if (!book) return err('not-open')
    const against = whyNotSaved(book, committee, figures, remarks, user)
    if (against !== null) return err(against)
    const { sheets } = book.projection
    const isSealed = this.#sealed.isFor(book, committee)
    if (isSealed && (sheets.settings.double || this.#sealed.waits(book, committee)))
      return this.#sealed.enter(book, user.email, sheet)
    if (sheets.settings.double) return this.#enterBlind(book, user.email, sheet)
    const isTold = remarks.length > 0 || sheets.knows(committee)
    return this.#queue(sheet, (key, by) => (isTold ? [{ does: 'entered', committee, by, key, remarks }] : []))
  }

  #enterBlind(book: Book, by: string, sheet: Sheet): Result<Entered, EnterFault> {
    const { committee, figures, remarks } = sheet
    const { first, second } = book.projection.sheets.of(committee)
    const other = first?.by === by ? second : first
    const mine = first?.by === by ? first : second?.by === by ? second : null
    if (first && second && mine === null) return err('two-others')
    if (mine && other && mine.turns >= MOST_TURNS) return err('needs-decision')
    const typed: SheetTurn = { does: 'typed', committee, by, figures, remarks }
    if (other === null) return this.#write(book, typed, { is: 'first' })
    const fields = differing(other.figures, figures)
    if (fields.length === 0) return this.#queue(sheet, (key) => [typed, { does: 'agreed', committee, by, key }])
    const mayCorrect = (mine?.turns ?? 0) + 1 < MOST_TURNS
    return this.#write(book, typed, { is: 'differs', fields: [...fields], mayCorrect })
  }

  /** What the rules find in a sheet before it is saved. */
  check(committee: CommitteeId, figures: SheetFigures): Result<Finding[], Fault> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    return isSupervisor(user) ? ok([...findingsOn(book, committee, figures, user)]) : err('role-too-low')
  }

  /** What the asking person may see of two entries: their own, and both where it is theirs to decide. */
  async look(committee: CommitteeId): Promise<Result<SheetLook, Fault | 'server-away'>> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    if (this.#sealed.isFor(book, committee)) return this.#sealed.look(committee)
    const { first, second } = book.projection.sheets.of(committee)
    const mine = [first, second].find((entry) => entry?.by === user.email) ?? null
    const differs = book.projection.sheets.differs(committee)
    const isJudge = isAdmin(user) && mine === null && first !== null && second !== null
    return ok({
      mine: mine?.figures ?? null,
      remarks: mine ? [...mine.remarks] : [],
      mayCorrect: mine !== null && differs.length > 0 && mine.turns < MOST_TURNS,
      both: isJudge ? compare(first, second, differs) : null,
    })
  }

  /** Decides by the paper what the two could not agree on. */
  resolve(committee: CommitteeId, take: ReadonlyMap<FieldName, number>, reason: string): Result<Entered, ResolveFault> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    if (!isAdmin(user)) return err('role-too-low')
    const { sheets } = book.projection
    const known = sheets.entriesOf(committee)
    if (!known.first || !known.second) return err('unknown')
    if (known.first.by === user.email || known.second.by === user.email) return err('own-entry')
    if (!known.differs.every((field) => take.has(field))) return err('not-whole')
    const { first } = sheets.of(committee)
    if (first === null) return this.#sealed.resolve(committee, take, reason)
    const sheet = { committee, figures: withFields(first.figures, take), remarks: [] }
    // The reason answers for what is unlikely; what cannot be stays refused.
    if (whyNotSaved(book, committee, sheet.figures, [], user) === 'sheet-fault') return err('sheet-fault')
    return this.#queue(sheet, (key, by) => [{ does: 'resolved', committee, by, key, reason }])
  }

  /** Throws both entries away: the sheet is typed anew. */
  drop(committee: CommitteeId, reason: string): Result<null, ActFault | 'unknown'> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    if (!isAdmin(user)) return err('role-too-low')
    const { from, first } = book.projection.sheets.entriesOf(committee)
    if (first === null) return err('unknown')
    if (from === 'server') return this.#sealed.drop(committee, reason)
    return this.#write(book, { does: 'dropped', committee, by: user.email, reason }, null)
  }

  /**
   * Says what was done about a warning that was saved all the same. Nobody does that for their own words. It is on disk here before
   * the server is told; where another desk was first, theirs is what is shown.
   */
  async handle(
    committee: CommitteeId,
    about: { readonly code: RuleCode; readonly field: FieldName },
    note: string,
  ): Promise<Result<null, Fault | 'unknown' | 'own-words' | 'handled-already'>> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    if (!isSupervisor(user)) return err('role-too-low')
    const { sheets } = book.projection
    const now = () =>
      sheets.said(committee).remarks.filter(({ code, field }) => code === about.code && field === about.field)
    const said = now()
    if (said.length === 0) return err('unknown')
    if (said.every(({ handled }) => handled !== null)) return err('handled-already')
    if (said.some(({ by }) => by === user.email)) return err('own-words')
    const { sharing, newKey, tell } = this.#parts
    const key = sharing.of('remarks') === 'alone' ? {} : { key: newKey() }
    const written = this.#write(book, { does: 'handled', committee, by: user.email, ...about, note, ...key }, null)
    if (!written.ok) return written
    await tell()
    return now().some(({ handled }) => handled && handled.by !== user.email) ? err('handled-already') : written
  }

  /** How this desk counts, from here on. */
  settle(settings: CountSettings): Result<null, Fault> {
    const ready = this.#ready()
    if (!ready.ok) return ready
    const { book, user } = ready.value
    if (!isAdmin(user)) return err('role-too-low')
    return this.#write(book, { does: 'settled', by: user.email, ...settings }, null)
  }

  #queue(
    { committee, figures, remarks }: Sheet,
    turns: (key: CommandKey, by: string) => readonly SheetTurn[],
  ): Result<Entered, ActFault> {
    const words = remarks.length > 0 ? { remarks: [...remarks] } : {}
    const saved = this.#parts.acts.act(
      { action: { does: 'count.enter', committee, ...figures, ...words } },
      (key, by) => turns(key, by).map((turn) => ({ is: 'sheet', turn })),
    )
    return saved.ok ? ok({ is: 'queued', key: saved.value }) : saved
  }

  #ready(): Result<{ readonly book: Book; readonly user: User }, 'not-open' | 'not-allowed'> {
    const [book, user] = [this.#parts.book(), this.#parts.user()]
    if (!user) return err('not-allowed')
    return book ? ok({ book, user }) : err('not-open')
  }

  #write<T>(book: Book, turn: SheetTurn, answer: T): Result<T, 'not-saved'> {
    const written = book.commit([{ is: 'sheet', turn }], 'power')
    if (written.ok) return ok(answer)
    this.#parts.failed(written.error)
    return err('not-saved')
  }
}
