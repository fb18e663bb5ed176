import { findingsOn } from '../../src/core/count/sheet-facts.ts'
import type { SheetFigures } from '../../src/shared/sheet/sheet.ts'
import type { Desk } from './desk.ts'
import type { Typed } from './operator.ts'
import type { Typing } from './plan.ts'
import { CANDIDATES, COMMITTEES, ELECTORS, type Row } from './server/rows.ts'
import type { SimServer } from './server/server.ts'

/** A command as a window sends it. `action`: what the outbox must hold of it once it is saved; null: it has no action of its own. */
export type Command = {
  readonly name: string
  readonly input: object
  readonly action: Row | null
  /** What it takes back or decides. */
  readonly about: string | null
}
type Wish = Omit<Typing, 'is'> & {
  /** The step's: for words and figures that no other has. */
  readonly number: number
}
type Made = { readonly name: string; readonly input: object; readonly action?: Row; readonly about?: string }

/** Makes the command of one step: about records that are there, whether or not the desk knows them yet. Null: there is nothing of the kind. */
export function commandOf(desk: Desk, server: SimServer, typed: readonly Typed[], wish: Wish): Command | null {
  const made =
    attendanceCommand(desk, server, wish) ??
    pledgeCommand(desk, server, wish) ??
    countCommand(desk, wish) ??
    twoCommand(desk, server, wish)
  const command = made ?? deskCommand(desk, typed, wish)
  return command && { action: null, about: null, ...command }
}

/** An action that says what was typed. */
const acting = (name: string, input: Row): Made => ({ name, input, action: { does: name, ...input } })

function attendanceCommand({ account }: Desk, server: SimServer, { what, pick, number }: Wish): Made | null {
  const { number: elector, committee } = ELECTORS[pick % ELECTORS.length]!
  const notes = `typed ${number}`
  if (what === 'mark') return acting('attendance.mark', { elector, committee, notes })
  if (what === 'arrival')
    return acting('attendance.pending', { elector, committee: COMMITTEES[number % COMMITTEES.length]!, notes })
  if (what === 'stranger')
    return acting('attendance.pending', { elector: `9${1_000 + number}`, committee, name: 'New One', notes })
  if (what !== 'correct') return null
  // Not what another desk of this history did: that would be done again while its answer is awaited, and rightly so.
  const mine = [...server.all('attendance')].filter((row) => OWN.has(String(row.marked_by_name), account.name))
  const row = mine[pick % Math.max(1, mine.length)]
  if (!row) return null
  const [id, to] = [Number(row.id), (['ATTENDED', 'PENDING', 'removed'] as const)[number % 3]!]
  const name = 'attendance.correct'
  return { name, input: { id, to, reason: notes }, action: { does: name, id, to } }
}
const OWN = { has: (name: string, own: string) => name === own || name === 'Another' }

function pledgeCommand({ account }: Desk, server: SimServer, { what, pick, number }: Wish): Made | null {
  const note = `typed ${number}`
  if (what === 'create') {
    const status = number % 2 === 0 ? 'GUARANTEED' : 'PENDING'
    return acting('guarantee.create', { elector: ELECTORS[pick % ELECTORS.length]!.number, status, note })
  }
  const own = [...server.all('guarantee')].filter((row) => row.user === account.id)
  const id = Number(own[pick % Math.max(1, own.length)]?.id ?? 0)
  switch (what) {
    case 'edit':
      return {
        ...acting('guarantee.update', { id, note }),
        name: pick % 3 === 0 ? 'guarantee.edit' : 'guarantee.update',
      }
    case 'status': {
      const status = pick % 2 === 0 ? 'GUARANTEED' : 'PENDING'
      return { ...acting('guarantee.update', { id, status }), name: 'guarantee.set-status' }
    }
    case 'confirm':
      return acting('guarantee.confirm', { id, confirmation: pick % 2 === 0 ? 'CONFIRMED' : 'NOT_AVAILABLE' })
    case 'remove':
      return { name: 'guarantee.remove', input: { id, reason: note }, action: { does: 'guarantee.remove', id } }
    case 'note':
      return acting('guarantee.note', { id, text: note, important: pick % 2 === 0 })
    default:
      return null
  }
}

export const votesFor = (pick: number) =>
  CANDIDATES.map((candidate) => ({ candidate, votes: (pick * candidate) % 500 }))
/** Figures that two people read off one paper; now and then one misreads them. */
export const blindFigures = (pick: number) => ({
  committee: 1 + (pick % 2),
  cast: 1_000,
  votes: 7 + (Math.floor(pick / 2) % 3),
})

/** A sheet as it is on the paper, with a word to whatever the desk finds unlikely in it. */
function sheetCommand({ book, core }: Desk, committee: number, cast: number, pick: number): Made {
  const votes = votesFor(pick)
  const figures = { cast, invalid: 0, votes } as SheetFigures // candidates of this election
  const user = core?.session.user()
  const found = book && user ? findingsOn(book, committee as never, figures, user) : [] // a committee of this election
  const remarks = found.map((finding) => ({ ...finding, words: 'so on the paper' }))
  const made = acting('count.enter', { committee, ...figures })
  return { ...made, input: { ...made.input, remarks } }
}

function countCommand(desk: Desk, { what, pick, number }: Wish): Made | null {
  const committee = 1 + (pick % COMMITTEES.length)
  switch (what) {
    case 'sheet':
      return sheetCommand(desk, committee, 1_000 + number, pick)
    case 'verify':
      return acting('count.verify', { committee })
    case 'generate':
      return { ...acting('results.generate', {}), input: null as unknown as object } // the contract takes null
    case 'publish': {
      // Soon, after a while, or after the two minutes that the desk itself allows.
      const deadline = pick % 4 === 0 ? null : Math.floor(desk.machine.wall) + 1_000 * (1 + (pick % 40))
      return { name: 'results.publish', input: { deadline }, action: { does: 'results.publish' } }
    }
    default:
      return null
  }
}

/** What two people do with a sheet: each types it without the other's, and where they differ a third decides. */
function twoCommand(desk: Desk, server: SimServer, { what, pick, number }: Wish): Made | null {
  const [{ committee, cast, votes }, reason] = [blindFigures(pick), `because ${number}`]
  switch (what) {
    case 'two':
      return { name: 'count.settle', input: { double: pick % 5 > 0, seats: null } }
    case 'blind':
      return sheetCommand(desk, committee, cast, votes)
    case 'resolve': {
      const [found] = [...server.typed].find(([, { second }]) => second !== null) ?? []
      const about = found ?? committee
      const differs = desk.book?.projection.sheets.entriesOf(about as never).differs ?? [] // a committee of this election
      const take = differs.map((field) => ({ field, value: field === 'cast' ? cast : 7 }))
      const action = { does: 'count.resolve', committee: about, take, reason }
      return { name: 'count.resolve', input: { committee: about, take, reason }, action }
    }
    case 'drop':
      return acting('count.drop', { committee, reason })
    default:
      return null
  }
}

/** Takes something back, or decides a card. */
function deskCommand(desk: Desk, typed: readonly Typed[], { what, pick, number }: Wish): Made | null {
  const reason = `because ${number}`
  if (what === 'undo') {
    const keys = typed.flatMap((one) => (one.desk === desk ? one.keys : []))
    const key = keys[pick % Math.max(1, keys.length)]
    return key === undefined ? null : { name: 'outbox.undo', input: { key, reason }, about: key }
  }
  const open = [...(desk.book?.projection.conflicts.cards.values() ?? [])].filter(({ card }) => card.state === 'open')
  const card = open[pick % Math.max(1, open.length)]?.card
  if (!card) return null
  const decision = card.decisions[number % card.decisions.length]!
  return { name: 'conflict.decide', input: { id: card.id, decision, reason }, about: card.id }
}
