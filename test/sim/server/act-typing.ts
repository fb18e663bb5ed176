import { differing, fieldsOf, type FieldName, type SheetFigures } from '../../../src/shared/sheet/sheet.ts'
import type { Act, Wish } from './acts.ts'
import { type Answer, answer, failure, stampOf } from './rest.ts'
import { CANDIDATES, COMMITTEES, type Row, sheetRows } from './rows.ts'
import type { SimServer } from './server.ts'
import type { Write } from './writers.ts'

/** One of two blind entries of a sheet that wait at a hub. */
export type Typed = {
  /** Who typed it: an account's number and e-mail. */
  readonly by: number
  readonly email: string
  readonly name: string
  readonly turns: number
  readonly at: string
  readonly figures: SheetFigures
}
export type Person = Pick<Typed, 'by' | 'email' | 'name'>
type Pair = { readonly first: Typed | null; readonly second: Typed | null }
type Ended = { readonly how: 'agreed' | 'resolved'; readonly by: Person; readonly pair: Pair; readonly content: string }
/** What a step of two people comes to: rows to be written, and the pair that waits after it. */
export type Turn = { readonly is: string; readonly writes: readonly Write[]; readonly pair: Pair }

const NOBODY: Pair = { first: null, second: null }
const MOST_TURNS = 2

export const pairOf = (server: SimServer, committee: number): Pair => server.typed.get(committee) ?? NOBODY
const differsIn = ({ first, second }: Pair): readonly FieldName[] =>
  first && second ? differing(first.figures, second.figures) : []

export function typingWish(call: Act): Wish | Answer {
  const { server, asked, account, body } = call
  const [, id, does] = /^\/api\/voting\/sheets\/(\d+)\/(type|resolve|drop)\/$/.exec(asked.path) ?? []
  const committee = Number(id)
  if (!server.double || !(committee >= 1 && committee <= COMMITTEES.length)) return failure(404, 'Not found.')
  const by: Person = { by: account.id, email: account.email, name: account.name }
  const turn =
    does === 'type'
      ? typed(server, committee, by, figuresIn(body))
      : does === 'drop'
        ? dropped(server, committee)
        : resolved(server, committee, by, body)
  if ('status' in turn) return turn
  server.world.say(() => `server has sheet/${committee} typed as ${turn.is}`)
  const also = () => void server.typed.set(committee, turn.pair)
  return {
    does: `count.${does}`,
    on: `sheet/${committee}`,
    writes: turn.writes,
    says: { is: turn.is },
    also,
    ofTwo: true,
  }
}

const refused = (status: number, message: string, why: string): Answer =>
  answer(status, { status: 'error', data: null, message, errors: { why } })

function figuresIn(body: Act['body']): SheetFigures {
  const rows = Array.isArray(body.vote_counts) ? (body.vote_counts as Act['body'][]) : [] // a JSON list, as the console sends it
  const votes = rows.map((row) => ({ candidate: Number(row.candidate_id), votes: Number(row.vote_count) }))
  return { cast: Number(body.total_ballots_cast), invalid: Number(body.invalid_ballots), votes } as SheetFigures // candidates of this election
}

/** Somebody types an entry: the first, the second, or the correction of one's own. */
export function typed(server: SimServer, committee: number, by: Person, figures: SheetFigures): Turn | Answer {
  const { first, second } = pairOf(server, committee)
  const [mine, other] = first?.by === by.by ? [first, second] : [second?.by === by.by ? second : null, first]
  if (first && second && !mine) return refused(409, 'Two other people typed this sheet already.', 'two-others')
  if (mine && other && mine.turns >= MOST_TURNS) return refused(409, 'Somebody else decides.', 'needs-decision')
  if (!first && isOnRecord(server, committee, figures)) return { is: 'agreed', writes: [], pair: NOBODY }
  const entry: Typed = { ...by, figures, at: stampOf(server), turns: mine && other ? mine.turns + 1 : 1 }
  const pair = !first || first.by === by.by ? { first: entry, second } : { first, second: entry }
  if (!other || differsIn(pair).length > 0)
    return { is: other ? 'differs' : 'first', writes: [sheetOf(server, committee, pair)], pair }
  return ended(server, committee, figures, { how: 'agreed', by, pair, content: '' })
}

export function resolved(server: SimServer, committee: number, by: Person, body: Act['body']): Turn | Answer {
  const pair = pairOf(server, committee)
  const { first, second } = pair
  if (!first || !second) return failure(404, 'No entry of this sheet waits.')
  if (first.by === by.by || second.by === by.by) return refused(403, 'One of the two entries is your own.', 'own-entry')
  const take = new Map((body.take as { field: FieldName; value: number }[]).map(({ field, value }) => [field, value])) // as the console sends it
  const differs = differsIn(pair)
  if (!differs.every((field) => take.has(field))) return failure(400, 'Every field in which the two differ is decided.')
  const decided = new Map(fieldsOf(first.figures))
  for (const field of differs) decided.set(field, take.get(field) ?? 0)
  const votes = CANDIDATES.map((candidate) => ({ candidate, votes: decided.get(String(candidate) as FieldName) ?? 0 })) // so a candidate's field is called
  const figures = { cast: decided.get('cast'), invalid: decided.get('invalid'), votes } as SheetFigures // candidates of this election
  return ended(server, committee, figures, { how: 'resolved', by, pair, content: String(body.content) })
}

export function dropped(server: SimServer, committee: number): Turn | Answer {
  if (!pairOf(server, committee).first) return failure(404, 'No entry of this sheet waits.')
  return { is: 'dropped', writes: [sheetOf(server, committee, NOBODY)], pair: NOBODY }
}

/** The sheet goes on record: its figures, and who typed it. */
function ended(server: SimServer, committee: number, figures: SheetFigures, end: Ended): Turn {
  const votesOf = (candidate: number) => figures.votes.find((row) => Number(row.candidate) === candidate)?.votes ?? 0
  const { cast, invalid } = figures
  const rows = sheetRows(committee, { cast, invalid, votesOf, by: end.by.name }, stampOf(server))
  return { is: end.how, writes: [...rows, sheetOf(server, committee, NOBODY, end)], pair: NOBODY }
}

function isOnRecord(server: SimServer, committee: number, figures: SheetFigures): boolean {
  const entry = server.row(`entry/${committee}`)
  if (!entry || !server.row(`sheet/${committee}`)?.typed) return false
  const votes = CANDIDATES.map((candidate) => {
    return { candidate, votes: Number(server.row(`count/${committee * 10 + candidate}`)?.vote_count ?? 0) }
  })
  const held = { cast: Number(entry.total_ballots_cast), invalid: Number(entry.invalid_ballots), votes }
  return differing(held as SheetFigures, figures).length === 0 // candidates of this election
}

const told = (entry: Typed | null): Row | null =>
  entry && { user_email: entry.email, created_at: entry.at, turns: entry.turns }

/** What every desk is told of a sheet's entries: who and when, never what. */
function sheetOf(server: SimServer, committee: number, pair: Pair, end?: Ended): { name: string; row: Row } {
  const before = server.row(`sheet/${committee}`)
  const made = end && {
    ...{ how: end.how, user_email: end.by.email, created_at: stampOf(server), content: end.content },
    ...{ first: told(end.pair.first), second: told(end.pair.second) },
  }
  const row = {
    ...{ id: committee, committee, remarks: [], first: told(pair.first), second: told(pair.second) },
    ...{ differs: differsIn(pair), typed: made ?? before?.typed ?? null },
  }
  return { name: `sheet/${committee}`, row }
}

/** One person entered what two had typed before: it is theirs no more. */
export function enteredAlone(server: SimServer, committee: number): readonly Write[] {
  const row = server.row(`sheet/${committee}`)
  return row?.typed ? [{ name: `sheet/${committee}`, row: { ...row, typed: null } }] : []
}
