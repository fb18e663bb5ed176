import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { actionsFor } from '../../../src/core/outbox/decide.ts'
import { fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import type { CommandKey } from '../../../src/shared/model/ids.ts'
import type { Attendance, VoteCount } from '../../../src/shared/model/records.ts'
import { ConflictsView } from '../../../src/shared/view/conflict.ts'
import { bookOnDisk, live, must, read } from '../journal/on-disk.ts'
import { attendance, candidate, code, committee, count, number, removal } from '../projection/records.ts'
import { DANA } from './sending-desk.ts'

const key = 'key-00000001' as CommandKey
function book() {
  const { book: made } = bookOnDisk()
  let seq = 0
  const write = (...events: JournalEvent[]) => must(made, events)
  const told = (...changes: Parameters<typeof live>[0][]) => write(...changes.map((change) => live(change, (seq += 1))))
  const cards = () => made.projection.conflicts.view()
  write(read(committee(1)), read(candidate(1)), read(candidate(2)))
  return { made, write, told, cards }
}
const by = (enteredBy: string, more: Partial<VoteCount> = {}) => ({ enteredBy, updatedAt: 7, ...more })

test('[O87] two others’ differing counts are a card with both, who and when; what stands is kept or entered again from the paper', () => {
  const { made, told, cards } = book()
  told(count(1, 1, 10, by('Ann', { updatedAt: 5 })), count(1, 2, 4, by('Ann', { updatedAt: 5 })))
  told(count(1, 1, 12, by('Ben')), count(1, 2, 4, by('Ben')))
  expect(cards()).toMatchObject({
    open: 1,
    cards: [
      {
        ...{ kind: 'count', own: false, key: null, about: '#1', state: 'open', decisions: ['keep-theirs', 're-enter'] },
        ...{ mine: { by: 'Ann', at: 5, origin: 'live' }, theirs: { by: 'Ben', at: 7, origin: 'live' } },
        fields: [{ field: 'votes', mine: '10', theirs: '12' }],
      },
    ],
  })
  expect(ConflictsView.safeParse(cards()).error).toBeUndefined()
  told(count(1, 2, 5, by('Ben')))
  expect(cards().cards[0]?.fields).toMatchObject([{ theirs: '12' }, { mine: '4', theirs: '5' }])
  const kept = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(made.folded))))
  expect(kept.ok && kept.value.projection.conflicts.view()).toEqual(cards())
  const id = cards().cards[0]!.id
  const card = made.projection.conflicts.find(id)!
  for (const decision of ['keep-theirs', 're-enter'] as const)
    expect(actionsFor(card, decision, null, made.projection.desk)).toEqual([])
})

test('[O121] a candidate stands on the card once, by whom it is: whose name came later, and one who shares a name', () => {
  const { write, told, cards } = book()
  const named = (id: number, name: string) => read(candidate(id, { name }))
  told(count(1, 3, 10, by('Ann')), count(1, 4, 20, by('Ann')), count(1, 3, 12, by('Ben')))
  write(named(3, 'Noor'), named(4, 'Noor'))
  told(count(1, 3, 13, by('Ben')), count(1, 4, 21, by('Ben')))
  expect(cards().cards[0]?.fields).toMatchObject([
    { of: 'Noor', mine: '10', theirs: '13' },
    { of: 'Noor', mine: '20', theirs: '21' },
  ])
  write(named(3, 'Noor A.'))
  told(count(1, 3, 10, by('Ann')), count(1, 4, 20, by('Ann')))
  expect(cards()).toMatchObject({ open: 0, cards: [{ state: 'gone' }] })
})

test('[O87] it is over where the first figures are back or what stands was verified; one who corrects their own is no card', () => {
  const { told, cards } = book()
  told(count(1, 1, 10, by('Ann')), count(1, 1, 12, by('Ann')))
  expect(cards().open).toBe(0)
  told(count(1, 1, 13, by('Ben')), count(1, 1, 12, by('Cleo')))
  expect(cards()).toMatchObject({ open: 0, cards: [{ state: 'gone' }] })
  told(count(1, 1, 14, by('Ben')))
  expect(cards().open).toBe(1)
  told(count(1, 1, 14, by('Ben', { verified: true, status: 'VERIFIED' })))
  expect(cards().open).toBe(0)
})

test('[O87] what was typed here is no card of others', () => {
  const { write, told, cards } = book()
  told(count(1, 1, 10, by('Ann')))
  const votes = [{ candidate: 1, votes: 12 }]
  const action = { does: 'count.enter', committee: 1, cast: 12, invalid: 0, votes }
  write({ is: 'queued', key, by: DANA, action } as unknown as JournalEvent, { is: 'sent', key })
  told(count(1, 1, 12, by('Dana')))
  expect(cards().open).toBe(0)
})

test('[O88] a mark of ours that met another elsewhere is settled where others have made it so', () => {
  const { made, write, told, cards } = book()
  const at = (id: number, place: string, more: Partial<Attendance> = {}) =>
    attendance(id, { elector: number(1), committeeCode: code(place), status: 'ATTENDED', ...more })
  const theirs = { by: 'Ann', at: 5, committee: 'C2', origin: 'answer' } as const
  const clash = { kind: 'double-mark', theirs, row: 2, fields: [] } as const
  const action = { does: 'attendance.mark', elector: number(1), committee: code('C1'), notes: '' } as const
  told(at(2, 'C2'))
  write({ is: 'queued', key, by: DANA, action }, { is: 'sent', key })
  write({ is: 'conflicted', key, clash: { ...clash, fields: [] } })
  expect(cards().open).toBe(1)
  const kept = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(made.folded))))
  expect(kept.ok && kept.value.projection.conflicts.open).toBe(1)
  told(removal(at(2, 'C2')))
  // Taken away there, and not recorded here: somebody still has to see to it.
  expect(cards().open).toBe(1)
  told(at(3, 'C1', { status: 'PENDING' }))
  expect(cards()).toMatchObject({ open: 0, cards: [{ state: 'gone', own: true }] })
})

test('[O118] two marks on which somebody decided are no second card while both stand, after a start from a checkpoint neither', () => {
  const { made, write, told } = book()
  const at = (id: number, place: string, more: Partial<Attendance> = {}) =>
    attendance(id, { elector: number(7), committeeCode: code(place), status: 'ATTENDED', ...more })
  told(at(1, 'm1'), at(2, 'm2'))
  const { id } = made.projection.conflicts.view().cards[0]!
  write({ is: 'decided', id, decision: 'keep-mine', reason: 'r', by: DANA, keys: [] } as unknown as JournalEvent)
  const again = () => {
    const kept = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(made.folded))))
    if (!kept.ok) throw new Error(kept.error.detail)
    return kept.value
  }
  const resumed = [again()]
  const steps = [
    [at(2, 'm2', { notes: 'corrected' }), 0],
    // Made whole and undone again: that is another double mark, which nobody has decided.
    [at(2, 'm2', { status: 'PENDING' }), 0],
    [at(2, 'm2'), 1],
    [removal(at(2, 'm2')), 0],
    [at(3, 'm3'), 1],
  ] as const
  for (const [change, open] of steps) {
    const before = made.journal.cursor
    told(change)
    for (const { cursor, at: when, text } of made.journal.read(before, 10))
      for (const one of resumed) one.apply({ cursor, at: when, event: JSON.parse(text) })
    const view = made.projection.conflicts.view()
    expect([view.open, ...resumed.map(({ projection }) => projection.conflicts.view())]).toEqual([
      open,
      ...resumed.map(() => view),
    ])
    resumed.push(again())
  }
})
