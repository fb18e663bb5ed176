import { expect, test } from 'vitest'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { fromCheckpoint, toCheckpoint } from '../../../src/core/projection/checkpoint.ts'
import type { Shown } from '../../../src/core/projection/shown.ts'
import { trailOf } from '../../../src/core/trail/trail.ts'
import type { CommandKey, UserId } from '../../../src/shared/model/ids.ts'
import type { User } from '../../../src/shared/view/session.ts'
import { type TrailOf, TrailView } from '../../../src/shared/view/trail.ts'
import { ADMIN } from '../ingest/arriving-desk.ts'
import { bookOnDisk, frame, live, must, told } from '../journal/on-disk.ts'
import { attendance, code, committee, guarantee, number } from '../projection/records.ts'

const CLERK: User = { ...ADMIN, id: 9 as UserId, email: 'cleo@ems.example', role: 'USER', committees: ['C2'] }
const key = 'key-00000001' as CommandKey
const ONE: TrailOf = { kind: 'attendance', key: '1' }
const queued = (action: Extract<JournalEvent, { is: 'queued' }>['action'], by = ADMIN.email): JournalEvent => ({
  ...{ is: 'queued', key, action, by, why: 'asked to' },
})

function desk() {
  const { book } = bookOnDisk()
  const reads: number[] = []
  const rows = (cursor: number) => {
    reads.push(cursor)
    return book.journal.read(cursor - 1, 1)[0]
  }
  const ask = (of: TrailOf = ONE, after: number | null = null, viewer = ADMIN, shown: Shown = book) =>
    trailOf(shown, rows, viewer, of, after)
  const found = (...asked: Parameters<typeof ask>) => {
    const answer = ask(...asked)
    if (!answer.ok) throw new Error(answer.error)
    expect(TrailView.safeParse({ ...answer.value, replayed: false }).error).toBeUndefined()
    return answer.value
  }
  return { book, reads, ask, found, write: (...events: JournalEvent[]) => must(book, events) }
}

test('[P120] a record’s rows come newest first, each with its source, its place and what it changed', () => {
  const { write, found } = desk()
  write(...told(committee(1), attendance(1, { status: 'PENDING' }), attendance(2)))
  write(live(attendance(1, { status: 'ATTENDED' }), 4), live(attendance(2), 5))
  const { entries, name, gone, next } = found()
  expect({ name, gone, next }).toEqual({ name: 'Elector 1', gone: false, next: null })
  expect(entries.map(({ cursor, source, what, position }) => ({ cursor, source, what, seq: position?.seq }))).toEqual([
    { cursor: 5, source: 'live', what: 'told', seq: 4 },
    { cursor: 3, source: 'snapshot', what: 'told', seq: undefined },
  ])
  expect(entries[0]?.fields).toEqual([{ name: 'status', was: 'PENDING', is: 'ATTENDED', hidden: false }])
  expect(entries[0]?.raw).toContain('"kind": "attendance"')
})

test('[P120] within one commit, and after a restart, the row before is named too', () => {
  const first = bookOnDisk()
  must(first.book, [frame(attendance(1)), frame(attendance(1, { notes: 'a' })), ...told(attendance(7))])
  const { book } = first.again()
  must(book, [frame(attendance(1, { notes: 'b' }))])
  const answer = trailOf(book, (cursor) => book.journal.read(cursor - 1, 1)[0], ADMIN, ONE, null)
  expect(answer.ok && answer.value.entries.map(({ cursor }) => cursor)).toEqual([5, 3, 2])
})

test('[P120] what was taken away is found still, with the row that says so', () => {
  const { write, found } = desk()
  write(...told(attendance(1)))
  write({ is: 'change', from: 'live', change: { kind: 'attendance', op: 'remove', key: 1 as never } })
  const { entries, gone, name } = found()
  expect({ gone, name, what: entries.map(({ what }) => what) }).toEqual({
    ...{ gone: true, name: 'Elector 1' },
    what: ['removed', 'told'],
  })
})

test('[P121] a page costs as many reads as it has lines, however long the journal is', () => {
  const { write, found, reads } = desk()
  for (let turn = 0; turn < 60; turn++) {
    write(frame(attendance(1, { notes: `${turn}` })))
    write(...told(...Array.from({ length: 50 }, (_, id) => attendance(1_000 + turn * 50 + id))))
  }
  const first = found()
  expect([first.entries.length, reads.length]).toEqual([50, 51])
  const rest = found(ONE, first.next)
  expect([rest.entries.length, rest.next, reads.length]).toEqual([10, null, 61])
  const all = [...first.entries, ...rest.entries].map(({ cursor }) => cursor)
  expect(new Set(all).size).toBe(60)
  expect(rest.entries.at(-1)?.fields.length).toBeGreaterThan(3)
})

test('[P122] what was typed here of a record stands among its rows, step by step, with its reason', () => {
  const { write, found } = desk()
  write(queued({ does: 'attendance.mark', elector: number(70_001), committee: code('C1'), notes: 'x' }))
  write({ is: 'sent', key }, { is: 'accepted', key, row: 1 })
  write(frame(attendance(1)))
  const { entries } = found()
  expect(entries.map(({ what, does, by }) => [what, does, by])).toEqual([
    ['told', null, null],
    ['accepted', 'attendance.mark', ADMIN.email],
    ['sent', 'attendance.mark', ADMIN.email],
    ['queued', 'attendance.mark', ADMIN.email],
  ])
  expect(entries.at(-1)).toMatchObject({ reason: 'asked to', source: 'desk' })
})

test('[P122] an action’s rows are known after a checkpoint, and a link that breaks at each try does not make them grow', () => {
  const { book, write, found } = desk()
  write(queued({ does: 'attendance.mark', elector: number(70_001), committee: code('C1'), notes: '' }))
  for (let turn = 0; turn < 100; turn++) write({ is: 'sent', key }, { is: 'undone', key })
  write(...told(attendance(1)))
  const kept = fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(book.folded))))
  if (!kept.ok) throw new Error(kept.error.detail)
  const shown: Shown = { ...kept.value, projection: kept.value.projection, listen: () => () => undefined }
  const { entries } = found(ONE, null, ADMIN, shown)
  expect(entries).toHaveLength(41)
  expect(entries.map(({ what }) => what)).toEqual(found().entries.map(({ what }) => what))
  expect(entries.at(-1)?.what).toBe('queued')
})

test('[P123] what a list does not show this user, its rows do not either', () => {
  const { write, found, ask } = desk()
  const one: TrailOf = { kind: 'guarantee', key: '1' }
  const more = { collector: 1 as UserId, electorMobile: '55512345', committeeCode: code('C1'), groupName: 'Family' }
  write(...told(guarantee(1, { ...more, group: 3 as never })))
  write(queued({ does: 'guarantee.note', id: 1 as never, text: 'a secret', important: false }))
  const own = found(one).entries
  expect(JSON.stringify(own)).toContain('a secret')
  expect(JSON.stringify(own)).toContain('55512345')
  const others = found(one, null, CLERK).entries
  for (const word of ['a secret', '55512345', 'Family']) expect(JSON.stringify(others)).not.toContain(word)
  expect(others.at(-1)?.fields.find(({ name }) => name === 'electorMobile')).toEqual({
    ...{ name: 'electorMobile', was: null, is: null, hidden: true },
  })
  write(...told(attendance(1)))
  expect(ask(ONE, null, CLERK)).toEqual({ ok: false, error: 'not-allowed' })
})

test('[P124] of a record nothing was told of, nothing is said', () => {
  const { ask } = desk()
  expect(ask()).toEqual({ ok: false, error: 'unknown' })
  expect(ask({ kind: 'attendance', key: 'x' })).toEqual({ ok: false, error: 'unknown' })
})
