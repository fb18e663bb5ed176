import type { Book } from '../../src/core/book.ts'
import { committeeLane } from '../../src/core/outbox/action.ts'
import type { CountShift } from '../../src/core/projection/others-counts.ts'
import type { Attendance } from '../../src/shared/model/records.ts'
import type { Conflict } from '../../src/shared/view/conflict.ts'
import type { Verdict } from './judge.ts'

/** What cannot both be so is a card, until it is so no more or a person has decided it. */

const cardsOn = ({ projection }: Book, kind: Conflict['kind'], about: string): readonly Conflict[] =>
  [...projection.conflicts.cards.values()].flatMap(({ card }) =>
    card.kind === kind && !card.own && card.about === about ? [card] : [],
  )

/** Right when another's figure takes the place of another's: there is a card, unless the first figure is back or what stands was verified. */
export function watchCounts(book: Book, name: string, verdict: Verdict): void {
  book.listen({
    shifted: (shift) => {
      if (shift.kind !== 'count' || !isContest(book, shift)) return
      const { committee, votes } = shift.after.record
      const found = cardsOn(book, 'count', `#${committee}`)
      const isBack = ({ state, fields }: Conflict) =>
        state === 'gone' && fields.some(({ mine }) => mine === String(votes))
      if (found.some((card) => card.state === 'open' || isBack(card))) return
      verdict.breaks(
        'S122',
        `${name}: two others counted committee ${committee} as ${shift.before.record.votes} and ${votes}, and there is no card`,
      )
    },
  })
}

type Contest = CountShift & { readonly before: object; readonly after: object }

/** Two others say different figures, neither of them typed at this desk, and nobody has verified the later one. */
function isContest({ projection }: Book, shift: CountShift): shift is Contest {
  const { before, after } = shift
  if (!before || !after || after.record.verified || before.record.votes === after.record.votes) return false
  const [one, other] = [before.record.enteredBy, after.record.enteredBy]
  if (one === null || other === null || one === other) return false
  const { committee, candidate } = after.record
  const typed = projection.outbox
    .typedOf(committeeLane(committee))
    .flatMap(({ action }) =>
      action.does === 'count.enter' || action.does === 'count.type'
        ? action.votes.filter((row) => row.candidate === candidate)
        : [],
    )
  return !typed.some(({ votes }) => votes === before.record.votes || votes === after.record.votes)
}

/** At rest: each elector marked at two committees is a card, and each open card is about what is so. */
export function judgeCards(book: Book, name: string, verdict: Verdict): void {
  const marks = Map.groupBy(marksIn(book), ({ elector }) => elector)
  for (const [elector, held] of marks) {
    const places = new Set(held.map(({ committeeCode }) => committeeCode))
    if (places.size < 2 || cardsOn(book, 'double-mark', elector).some(({ state }) => state !== 'gone')) continue
    verdict.breaks('S121', `${name} holds ${elector} marked at ${[...places].join(' and ')}, and there is no card`)
  }
  for (const { card } of book.projection.conflicts.cards.values()) {
    if (card.own || card.state !== 'open') continue
    const says = (what: string) => verdict.breaks('S121', `${name} has an open card on ${card.about}, ${what}`)
    if (card.kind === 'count') {
      const stands = votesOn(book, card.about)
      if (card.fields.some(({ mine, theirs }) => mine === theirs || !stands.has(theirs)))
        says(`of other figures than ${[...stands].join(', ')}: ${JSON.stringify(card.fields)}`)
    } else if (new Set(marks.get(card.about as never)?.map(({ committeeCode }) => committeeCode)).size < 2)
      says('who is not marked twice')
  }
}

const marksIn = ({ projection }: Book): readonly Attendance[] =>
  [...projection.of('attendance').values()].flatMap(({ record }) => (record.status === 'ATTENDED' ? [record] : []))

function votesOn({ projection }: Book, about: string): ReadonlySet<string> {
  const held = [...projection.of('count').values()].filter(({ record }) => `#${record.committee}` === about)
  return new Set(held.map(({ record }) => String(record.votes)))
}
