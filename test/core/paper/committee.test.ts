import { expect, test } from 'vitest'
import { committeeSource } from '../../../src/core/patch/attendance.ts'
import { PaperActs } from '../../../src/core/paper/paper-acts.ts'
import { trailOf } from '../../../src/core/trail/trail.ts'
import { CommitteeDetail } from '../../../src/shared/view/committee.ts'
import { TrailView } from '../../../src/shared/view/trail.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, must, told } from '../journal/on-disk.ts'
import { attendance, candidate, code, committee, count, election, entry, NINE } from '../projection/records.ts'

const CLERK: User = { ...ADMIN, id: 9 as never, email: 'clerk@tally.example', role: 'USER', committees: ['C2'] }

function desk() {
  const made = bookOnDisk()
  must(made.book, told(election(), committee(1), committee(2), candidate(1), candidate(2)))
  const acts = new PaperActs({ clock: made.clock, book: () => made.book, user: () => ADMIN, failed: () => {} })
  const look = (place = 'C1', scope: ReadonlySet<string> | null = null) =>
    committeeSource(made.book, made.clock, () => scope)({ committee: code(place) }, () => {}).snapshot()
  const paper = (viewer: User, key = 'C1') =>
    trailOf(made.book, (cursor) => made.book.journal.read(cursor - 1, 1)[0], viewer, { kind: 'paper', key }, null)
  return { ...made, acts, look, paper }
}

test('[P134] who marked most, who counted, and what was told last, each with the way to its rows', () => {
  const { book, acts, look } = desk()
  const marks = [1, 2, 3].map((id) => attendance(id, { attendedAt: NINE + id, markedBy: id === 3 ? null : 'Dana' }))
  must(book, told(...marks, attendance(4, { committeeCode: code('C2') }), count(1, 2, 77, { enteredBy: 'Huda' })))
  must(book, told(entry(1, { cast: 90 }), attendance(5, { status: 'PENDING', markedBy: 'Dana' })))
  acts.enter({ committee: code('C1'), count: 3, reason: '' })
  const detail = look()!
  expect(CommitteeDetail.safeParse(detail).error).toBeUndefined()
  expect(detail.markers.map(({ name, marks }) => [name, marks])).toEqual([
    ['Dana', 3],
    [null, 1],
  ])
  expect(detail.counters).toEqual(['Huda'])
  expect(detail.told.map(({ of, what, figure }) => [`${of.kind}/${of.key}`, what, figure])).toEqual([
    ['paper/C1', 'paper', 3],
    ['attendance/5', 'pending', null],
    ['entry/1', 'entry', 90],
    ['count/1:2', 'count', 77],
    ['attendance/3', 'attended', null],
    ['attendance/2', 'attended', null],
    ['attendance/1', 'attended', null],
    ['committee/1', 'committee', null],
  ])
})

test('[P134] who sees no attendance of a committee is told nothing; of very much the newest twenty', () => {
  const { book, look } = desk()
  must(book, told(...Array.from({ length: 30 }, (_, id) => attendance(id, { markedBy: `Clerk ${id}` }))))
  expect(look('C1', new Set(['C2']))).toBeNull()
  expect(look('C9')).toBeNull()
  expect([look()?.told.length, look()?.markers.length, look()?.beyond]).toEqual([20, 12, 18])
})

test('[P135] what was typed of a paper has rows: newest first, who, why, and what it was before', () => {
  const { acts, paper } = desk()
  expect(paper(ADMIN)).toEqual({ ok: false, error: 'unknown' })
  acts.enter({ committee: code('C1'), count: 3, reason: '' })
  acts.enter({ committee: code('C1'), count: 5, reason: 'a page was missed' })
  const found = paper(ADMIN)
  if (!found.ok) throw new Error(found.error)
  expect(TrailView.safeParse({ ...found.value, replayed: false }).error).toBeUndefined()
  expect(found.value.name).toBe('Committee 1')
  expect(found.value.entries.map(({ what, by, reason, fields }) => [what, by, reason, fields[0]])).toEqual([
    ['counted', ADMIN.email, 'a page was missed', { name: 'count', was: '3', is: '5', hidden: false }],
    ['counted', ADMIN.email, '', { name: 'count', was: null, is: '3', hidden: false }],
  ])
  expect(found.value.entries[0]?.raw).toContain('"is": "paper"')
  expect(paper(CLERK)).toEqual({ ok: false, error: 'not-allowed' })
})
