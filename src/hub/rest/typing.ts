import { z } from 'zod'
import { CandidateId } from '../../shared/model/ids.ts'
import type { Result } from '../../shared/result.ts'
import { err, ok } from '../../shared/result.ts'
import { findingsOf, isFault } from '../../shared/sheet/rules.ts'
import { differing, FieldName, fieldsOf, type SheetFigures } from '../../shared/sheet/sheet.ts'
import { isAdmin } from '../auth/roles.ts'
import type { Api, Ask } from '../http/api.ts'
import { parsed } from '../http/api.ts'
import type { Answer } from '../http/envelope.ts'
import type { RestFault } from '../http/fault.ts'
import { fieldFault, forbidden, notFound } from '../http/fault.ts'
import { localStamp } from '../time.ts'
import type { CommitteeRecord } from '../store/records.ts'
import type { Announce } from '../store/store.ts'
import type { Tables } from '../store/tables.ts'
import type { Pair, TypedEntry } from '../store/typed-tables.ts'
import { figure, putSheet, SHEET_FIELDS, type Sheet, whyNot } from './entries.ts'
import { committeeOf, SHEETS_PATH, tellSheet } from './remarks.ts'

/** Each of the two types their sheet, and where they differ those fields once more: then a third person decides. */
const MOST_TURNS = 2

const Typing = z.object(SHEET_FIELDS)
const content = z.string().trim().min(1).max(500)
const Resolving = z.object({ take: z.array(z.object({ field: FieldName, value: figure })).max(1002), content })
const Dropping = z.object({ content })

/**
 * Two people type a sheet, each without the other's. What both typed goes on record as one; what differs is named by its field,
 * never by its figure, but to who may verify counts and typed neither.
 */
export function addTyping(api: Api): void {
  api.read(`${SHEETS_PATH}:id/entries/`, 'supervisor', look)
  api.write('POST', `${SHEETS_PATH}:id/type/`, 'supervisor', type)
  api.write('POST', `${SHEETS_PATH}:id/resolve/`, 'admin', resolve)
  api.write('POST', `${SHEETS_PATH}:id/drop/`, 'admin', drop)
}

const nothingTyped = (): RestFault => notFound('No entry of this sheet waits.')
/** `errors.why` is the code a console goes by. */
const refusal = (why: 'two-others' | 'needs-decision' | 'own-entry', message: string): RestFault =>
  why === 'own-entry' ? { ...forbidden(message), errors: { why } } : { status: 409, message, errors: { why } }

type Sent = Pick<Sheet, 'total_ballots_cast' | 'invalid_ballots' | 'vote_counts'>
const figuresOf = ({ total_ballots_cast: cast, invalid_ballots: invalid, vote_counts }: Sent): SheetFigures => ({
  ...{ cast, invalid },
  votes: vote_counts.map((row) => ({ candidate: CandidateId.parse(row.candidate_id), votes: row.vote_count })),
})

function type(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Typing, ask.body)
  if (!fields.ok) return fields
  const found = committeeOf(ask, tables)
  if (!found.ok) return found
  const committee = found.value
  const sheet: Sheet = { ...fields.value, committee_id: committee.id }
  const figures = figuresOf(sheet)
  const fault = whyNot(tables, sheet, committee) ?? cannotBe(tables, figures)
  if (fault !== null) return err(fault)
  const { mine, other, isThird } = seatOf(ask, tables.typed.of(committee.id))
  if (isThird) return err(refusal('two-others', 'Two other people typed this sheet already.'))
  if (mine && other && mine.turns >= MOST_TURNS)
    return err(refusal('needs-decision', 'Your correction was made already: somebody else decides by the paper.'))
  // It was on its way while two others came to the very same figures: nothing is begun anew by that.
  if (mine === null && other === null && isOnRecord(tables, committee.id, figures))
    return ok({
      data: { is: 'agreed', sheet: tables.remarks.of(committee.id) },
      message: 'It is on record so',
      status: 201,
    })
  const turns = mine && other ? mine.turns + 1 : 1
  tables.typed.put(committee.id, { user: ask.caller.user.id, turns, at: ask.at, figures, remarks: sheet.remarks })
  if (other === null) return kept(tables, announce, committee.id, { is: 'first' })
  const differs = differing(other.figures, figures)
  if (differs.length > 0)
    return kept(tables, announce, committee.id, { is: 'differs', fields: differs, may_correct: turns < MOST_TURNS })
  return onRecord({ ask, tables, announce }, committee, sheet, { how: 'agreed', content: '' })
}

/** Whose entries these are, as who asks sees it. */
function seatOf({ caller }: Ask, { first, second }: Pair) {
  const mine = [first, second].find((entry) => entry?.user === caller.user.id) ?? null
  const other = [first, second].find((entry) => entry !== null && entry.user !== caller.user.id) ?? null
  return { mine, other, isThird: first !== null && second !== null && mine === null }
}

/** What a count sheet cannot be, by the rules every desk goes by. */
function cannotBe(tables: Tables, { cast, invalid, votes }: SheetFigures): RestFault | null {
  const found = findingsOf({
    ...{ cast, invalid, votes, sum: votes.reduce((so, row) => so + row.votes, 0), whole: true, unread: [] },
    ...{ attended: cast, electors: cast, pledged: 0, twin: null, before: null },
    perBallot: tables.elections.current()?.max_candidates_per_ballot ?? 0,
  }).find(({ code }) => isFault(code))
  if (found === undefined) return null
  return fieldFault('vote_counts', `${found.code} at ${found.field}: ${found.n} where at most ${found.most} can be.`)
}

function isOnRecord(tables: Tables, committee: number, figures: SheetFigures): boolean {
  const entry = tables.voting.entryOf(committee)
  if (tables.typed.onRecord(committee) === null || entry === null) return false
  const votes = tables.voting.countsOf(committee).map((row) => ({
    candidate: CandidateId.parse(row.candidate),
    votes: row.vote_count,
  }))
  return differing({ cast: entry.total_ballots_cast, invalid: entry.invalid_ballots, votes }, figures).length === 0
}

function kept(tables: Tables, announce: Announce, committee: number, said: object): Result<Answer, RestFault> {
  const sheet = tellSheet(tables, announce, committee)
  return ok({ data: { ...said, sheet }, message: 'The entry is kept', status: 201 })
}

type Place = { readonly ask: Ask; readonly tables: Tables; readonly announce: Announce }
type End = { readonly how: 'agreed' | 'resolved'; readonly content: string }

/** What both typed, or what was decided, goes on record; what both said to its warnings goes with it, each in their own name. */
function onRecord(
  { ask, tables, announce }: Place,
  committee: CommitteeRecord,
  sheet: Sheet,
  { how, content: reason }: End,
): Result<Answer, RestFault> {
  const { first, second } = tables.typed.of(committee.id)
  const said = [first, second].flatMap((entry) =>
    entry === null ? [] : entry.remarks.map((remark) => ({ ...remark, user: entry.user, at: entry.at })),
  )
  tables.typed.replaced(committee.id)
  tables.typed.end(committee.id, how, { user: ask.caller.user.id, content: reason }, ask.at)
  putSheet(ask, tables, announce, sheet, committee)
  tables.remarks.put(committee.id, said)
  const data = { is: how, sheet: tellSheet(tables, announce, committee.id) }
  return ok({ data, message: 'The sheet is on record', status: 201, record: `sheet/${committee.id}` })
}

/** By the paper, field by field: only those in which the two differ. */
function resolve(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Resolving, ask.body)
  if (!fields.ok) return fields
  const found = committeeOf(ask, tables)
  if (!found.ok) return found
  const committee = found.value
  const { first, second } = tables.typed.of(committee.id)
  if (!first || !second) return err(nothingTyped())
  if ([first.user, second.user].includes(ask.caller.user.id))
    return err(refusal('own-entry', 'One of the two entries is your own.'))
  const take = new Map(fields.value.take.map(({ field, value }) => [field, value]))
  const differs = differing(first.figures, second.figures)
  if (!differs.every((field) => take.has(field)))
    return err(fieldFault('take', 'Every field in which the two differ is decided.'))
  const decided = new Map(fieldsOf(first.figures))
  for (const field of differs) decided.set(field, take.get(field) ?? 0)
  const sheet = sheetOf(decided, committee.id)
  const fault = whyNot(tables, sheet, committee) ?? cannotBe(tables, figuresOf(sheet))
  if (fault !== null) return err(fault)
  return onRecord({ ask, tables, announce }, committee, sheet, { how: 'resolved', content: fields.value.content })
}

function sheetOf(fields: ReadonlyMap<FieldName, number>, committee: number): Sheet {
  const votes = [...fields].filter(([field]) => field !== 'cast' && field !== 'invalid')
  return {
    ...{ committee_id: committee, notes: '', remarks: [] },
    ...{ total_ballots_cast: fields.get('cast') ?? 0, invalid_ballots: fields.get('invalid') ?? 0 },
    vote_counts: votes.map(([field, vote_count]) => ({ candidate_id: Number(field), vote_count })),
  }
}

function drop(ask: Ask, tables: Tables, announce: Announce): Result<Answer, RestFault> {
  const fields = parsed(Dropping, ask.body)
  if (!fields.ok) return fields
  const committee = committeeOf(ask, tables)
  if (!committee.ok) return committee
  const { id } = committee.value
  if (tables.typed.of(id).first === null) return err(nothingTyped())
  tables.typed.end(id, 'dropped', { user: ask.caller.user.id, content: fields.value.content }, ask.at)
  const data = { is: 'dropped', sheet: tellSheet(tables, announce, id) }
  return ok({ data, message: 'What waited was thrown away', status: 201 })
}

/**
 * One's own entry; the fields that differ with both figures, for who decides; and, where nothing waits, everything that was ever
 * typed of this sheet, for who may verify counts.
 */
function look(ask: Ask, tables: Tables): Result<Answer, RestFault> {
  const found = committeeOf(ask, tables)
  if (!found.ok) return found
  const { id } = found.value
  const { first, second } = tables.typed.of(id)
  const { mine, other } = seatOf(ask, { first, second })
  const differs = first && second ? differing(first.figures, second.figures) : []
  const isChief = isAdmin(ask.caller.viewer.role)
  return ok({
    data: {
      mine: mine && typedOf(mine),
      may_correct: mine !== null && other !== null && mine.turns < MOST_TURNS,
      both: isChief && mine === null && first && second ? compared(first, second, differs) : null,
      rounds:
        isChief && first === null
          ? tables.typed
              .ended(id)
              .map((round) => ({ ...round, entries: round.entries.map(typedOf), at: localStamp(round.at) }))
          : [],
    },
  })
}

/** As it was sent, with who typed it and when. */
const typedOf = ({ user_email, user_name, turns, at, figures, remarks }: TypedEntry) => ({
  ...{ user_email, user_name, turns, created_at: localStamp(at), remarks },
  ...{ total_ballots_cast: figures.cast, invalid_ballots: figures.invalid },
  vote_counts: figures.votes.map(({ candidate, votes }) => ({ candidate_id: candidate, vote_count: votes })),
})

function compared(first: TypedEntry, second: TypedEntry, differs: readonly FieldName[]): object {
  const [one, other] = [fieldsOf(first.figures), fieldsOf(second.figures)]
  const fields = differs.map((field) => ({ field, first: one.get(field) ?? 0, second: other.get(field) ?? 0 }))
  return { first: first.user_email, second: second.user_email, fields }
}
