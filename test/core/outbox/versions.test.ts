import { expect, test } from 'vitest'
import { electionDelivery } from '../../../src/core/backend/election/delivery.ts'
import type { RestCall } from '../../../src/core/backend/backend.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import { FRESH, type OutboxEntry } from '../../../src/core/projection/outbox-entry.ts'
import { err, ok } from '../../../src/shared/result.ts'
import { bookOnDisk, live, must } from '../journal/on-disk.ts'
import { attendance, code, count, entry as sheetOf, guarantee, number } from '../projection/records.ts'

const USER = { id: 1, email: 'a@b', name: 'Ada', role: 'ADMIN', committees: [] }

const STALE = { is: 'answer', status: 412, message: 'changed', retryAfterMs: null } as const

/** What one try of an action asks of a server: a hub that takes everything, or a plain server that answers with this. */
async function asked(
  events: readonly JournalEvent[],
  action: object,
  {
    seen = null as object | null,
    unsure = 0,
    safe = true,
    data = (_path: string): unknown => ({}),
    refuses = '',
    status = 400,
    deadline = null as number | null,
    isTooLate = false,
    /** The version a hub has of the record: it refuses what rests on none. */
    has = null as string | null,
    inDoubt = false,
  } = {},
) {
  const { book, clock } = bookOnDisk()
  must(book, events)
  const calls: RestCall[] = []
  const rest = async (call: RestCall) => {
    calls.push(call)
    if (call.method !== 'GET' && isTooLate) return err({ is: 'too-late' } as const)
    if (call.version === '"none:0"' && has !== null) return err({ ...STALE, errors: { version: has } } as const)
    if (call.method !== 'GET' && refuses !== '')
      return err({ is: 'answer', status, message: refuses, errors: null, retryAfterMs: null } as const)
    return ok({ data: data(call.path), meta: { pagination: { count: 1, next: null } }, position: null })
  }
  const delivery = electionDelivery({
    rest,
    clock,
    user: () => USER as never,
    isSafe: () => safe,
    inDoubt: () => inDoubt,
  })
  const typed = { key: 'key-00000002', action, by: 'a@b', queuedAt: clock.now(), seen, why: null, unsure }
  const one = { ...FRESH, deadline, undoes: null, ...typed } as unknown as OutboxEntry
  const verdict = await delivery.deliver(one, book.projection.desk)
  return { verdict, calls, writes: calls.filter(({ method }) => method !== 'GET') }
}

const note = { does: 'guarantee.update', id: 1, note: 'mine' }
const mark = { does: 'attendance.mark', elector: '1', committee: 'C1', notes: '' }

test('[O75] what is known of several streams rests on none: a hub is given no version that it could take for its own', async () => {
  const sheet = { does: 'count.enter', committee: 1, cast: 5, invalid: 0, votes: [{ candidate: 1, votes: 5 }] }
  const seen = { cast: [4], invalid: [0], 'votes/1': [null] }
  const whole = await asked([live(sheetOf(1, { cast: 4, invalid: 0 }), 3)], sheet, { seen })
  expect(whole.writes.map(({ version }) => version)).toEqual(['"e:3"'])
  const { book } = bookOnDisk()
  expect(book.projection.position).toBeNull()
  const unread = { ...live(guarantee(1, { note: 'theirs' }), 3), position: undefined } as unknown as JournalEvent
  const torn = await asked([unread], note, { seen: { note: ['theirs'] } })
  expect(torn.writes.map(({ version }) => version)).toEqual(['"none:0"'])
})

test('[O122] of a sheet of which a part may have been told unheard nothing is rested on, and one record goes by its own place', async () => {
  const sheet = { does: 'count.enter', committee: 1, cast: 5, invalid: 0, votes: [{ candidate: 1, votes: 5 }] }
  const told = [live(count(1, 1, 4), 3), live(sheetOf(1, { cast: 9, invalid: 0 }), 8)]
  const seen = { cast: [9], invalid: [0], 'votes/1': [4] }
  for (const [inDoubt, version] of [
    [false, '"e:8"'],
    [true, '"none:0"'],
  ] as const)
    expect((await asked(told, sheet, { seen, inDoubt })).writes.map((call) => call.version)).toEqual([version])
  const one = await asked([live(guarantee(1, { note: 'theirs' }), 8)], note, {
    seen: { note: ['theirs'] },
    inDoubt: true,
  })
  expect(one.writes.map((call) => call.version)).toEqual(['"e:8"'])
})

test('[O76] what another wrote while an answer was awaited is not gone over: only the key may say that it was done', async () => {
  const events = [live(guarantee(1, { note: 'theirs' }), 7)]
  const again = await asked(events, note, { seen: { note: ['before'] }, unsure: 1 })
  expect(again.writes.map(({ version, key }) => [version, key])).toEqual([['"none:0"', 'key-00000002']])
  const first = await asked(events, note, { seen: { note: ['before'] } })
  expect([first.verdict.is, first.writes]).toEqual(['conflict', []])
})

test('[O77] what an earlier action of this desk made is there already, and not made by the next', async () => {
  const made: JournalEvent[] = [
    { is: 'queued', key: 'key-00000001', action: mark, by: 'a@b' } as unknown as JournalEvent,
    { is: 'sent', key: 'key-00000001' } as unknown as JournalEvent,
    { is: 'accepted', key: 'key-00000001', row: 9 } as unknown as JournalEvent,
    live(attendance(9, { elector: number(1), committeeCode: code('C1'), status: 'ATTENDED' }), 1),
  ]
  const at = new Date(bookOnDisk().clock.now()).toISOString()
  const row = { id: 9, electorKocId: '1', electorName: 'E', committeeCode: 'C1', markedByName: 'Ada', attendedAt: at }
  const list = [{ ...row, notes: '', status: 'ATTENDED' }]
  const elector = { hasAttended: true, attendedAt: at, committeeCode: 'C1' }
  const data = (path: string) => (path.includes('search-elector') ? elector : list)
  const options = { unsure: 1, safe: true, data, refuses: 'Elector already attended at 10:00' }
  const second = await asked(made, mark, options)
  expect(second.verdict).toMatchObject({ is: 'accepted', already: { by: 'Ada' } })
  const only = await asked([], mark, options)
  expect(only.verdict).toEqual({ is: 'accepted', seen: true, row: 9 })
})

test('[O78] results that were added up meanwhile are there already: nobody can tell by whom', async () => {
  const at = new Date(bookOnDisk().clock.now() + 1_000).toISOString()
  const sums = { totalRegisteredElectors: 1, totalAttendance: 1, totalBallotsCast: 1, totalValidBallots: 1 }
  const results = { ...sums, totalInvalidBallots: 0, generatedAt: at, publishedAt: null }
  for (const status of ['PRELIMINARY', 'PUBLISHED']) {
    const options = { unsure: 1, safe: false, data: () => ({ ...results, status, resultsData: {} }) }
    const { verdict, writes } = await asked([], { does: 'results.generate' }, options)
    expect([verdict, writes]).toEqual([{ is: 'accepted', seen: true, already: { by: null, at: Date.parse(at) } }, []])
  }
})

test('[O86] nor is what has no answer sent again sooner; a hub takes each key once, at once', async () => {
  const wait = async (safe: boolean) => (await asked([], mark, { safe, status: 504, refuses: 'away' })).verdict
  expect(await wait(false)).toEqual({ is: 'again', afterMs: 2_000 })
  expect(await wait(true)).toEqual({ is: 'again', afterMs: 1_000 })
})

test('[O83] what is gone at the server is called refused, and after a lost answer that nobody knows whether it was done', async () => {
  const gone = { refuses: 'Not found.', status: 404, unsure: 1 }
  for (const action of [note, { does: 'guarantee.note', id: 1, text: 'called', important: false }]) {
    const { verdict } = await asked([], action, { ...gone, data: () => [] })
    expect(verdict).toMatchObject({ is: 'rejected', reason: expect.stringContaining('it does not tell') })
    const first = await asked([], action, { ...gone, unsure: 0, data: () => [] })
    expect(first.verdict).toMatchObject({ is: 'rejected', reason: expect.not.stringContaining('it does not tell') })
  }
})

test('[O84] a sheet whose entry no frame told of is looked at whole before it is written over', async () => {
  const sheet = { does: 'count.enter', committee: 1, cast: 5, invalid: 0, votes: [{ candidate: 1, votes: 5 }] }
  const row = { id: 11, committee: 1, candidate: 1, voteCount: 4, status: 'SUBMITTED', isVerified: false }
  const counts = [{ ...row, enteredByName: 'Ben', updatedAt: new Date(0).toISOString() }]
  const entries = [{ id: 3, committee: 1, status: 'COMPLETED', totalBallotsCast: 9, invalidBallots: 0 }]
  const data = (path: string) => (path.includes('committee-entries') ? entries : counts)
  const seen = { cast: [null], invalid: [null], 'votes/1': [4] }
  const { verdict, writes } = await asked([], sheet, { seen, safe: false, data })
  expect([verdict.is, writes]).toEqual(['conflict', []])
})

test('[O100] a sheet that this desk has not read, as after a journal that broke, is looked for before it is called gone', async () => {
  const verify = { does: 'count.verify', committee: 3 }
  const sheet = { id: 7, committee: 3, status: 'COMPLETED', totalBallotsCast: 20, invalidBallots: 0 }
  const data = (path: string) => (path.includes('committee-entries/?') ? [sheet] : {})
  for (const unsure of [0, 1]) {
    const hub = await asked([], verify, { seen: { cast: [20], invalid: [0] }, unsure, data })
    expect(hub.verdict).toEqual({ is: 'accepted' })
    const path = '/api/voting/committee-entries/7/verify/'
    // It rests on nothing that was read here: a hub does it by its key, or shows what it has.
    expect(hub.writes).toMatchObject([{ path, key: 'key-00000002', version: '"none:0"' }])
    const none = await asked([], verify, { unsure, data: () => [] })
    const words = expect.stringMatching(unsure === 0 ? /any more\.$/ : /it does not tell/)
    expect([none.verdict, none.writes]).toEqual([{ is: 'rejected', reason: words, next: 'look-again' }, []])
  }
})

test('[O100] while the server does not say whether it has the sheet, its verification waits', async () => {
  const verify = { does: 'count.verify', committee: 3 }
  for (const safe of [true, false]) {
    const first = await asked([], verify, { safe, data: () => 'a portal' })
    expect([first.verdict, first.writes]).toMatchObject([{ is: 'again', undone: true }, []])
  }
})

test('[O101] what waited for its turn until its time was past was not sent, and is late; after a lost answer it is looked for first', async () => {
  const publish = { does: 'results.publish' }
  const deadline = bookOnDisk().clock.now() + 60_000
  const sums = { totalRegisteredElectors: 1, totalAttendance: 1, totalBallotsCast: 1, totalValidBallots: 1 }
  const made = { status: 'PRELIMINARY', resultsData: {}, generatedAt: '2026-11-21T05:00:00Z', publishedAt: null }
  const results = { ...sums, totalInvalidBallots: 0, ...made }
  for (const safe of [true, false]) {
    const data = () => results
    const first = await asked([], publish, { safe, deadline, isTooLate: true, data })
    expect([first.verdict, first.writes.map(({ notAfter }) => notAfter)]).toEqual([{ is: 'expired' }, [deadline]])
    const again = await asked([], publish, { safe, deadline, isTooLate: true, data, unsure: 1 })
    expect(again.verdict).toEqual({ is: 'again', afterMs: 0, undone: true })
  }
})

test('[O116] what is not read here rests on no version: a hub shows what it has, and only then is it changed or taken away', async () => {
  const row = { id: 1, elector: '1', electorKocId: '1', electorName: 'E', guaranteeStatus: 'PENDING', userName: 'Ada' }
  const place = { electorMobile: '', electorCommitteeName: null, groupName: null, groupColor: null }
  const more = { ...place, confirmationStatus: 'PENDING', group: null, mobile: '', hasNotes: false }
  const theirs = { ...row, ...more, createdAt: '2026-11-21T05:00:00Z', quickNote: 'theirs', user: 1 }
  const confirm = { does: 'guarantee.confirm', id: 1, confirmation: 'CONFIRMED' }
  const remove = { does: 'guarantee.remove', id: 1 }
  const has = '"e:9"'
  for (const [action, seen] of [
    [note, { note: ['theirs'] }],
    [confirm, { confirmation: ['PENDING'] }],
    [remove, { note: ['theirs'] }],
  ] as const) {
    const { verdict, calls } = await asked([], action, { seen, has, data: () => theirs })
    expect(verdict).toEqual({ is: 'accepted' })
    expect(calls.map(({ method, version }) => [method === 'GET', version])).toEqual([
      ...[
        [false, '"none:0"'],
        [true, undefined],
      ],
      [false, has],
    ])
  }
  for (const action of [note, remove]) {
    const met = await asked([], action, { seen: { note: ['as I saw it'] }, has, data: () => theirs })
    expect([met.verdict.is, met.writes.length]).toEqual(['conflict', 1])
  }
})

test('[O116] so is a mark that is corrected, and results that are published', async () => {
  const mine = { id: 9, electorKocId: '1', electorName: 'E', committeeCode: 'C1', markedByName: 'Ada' }
  const marked = [{ ...mine, attendedAt: '2026-11-21T05:00:00Z', notes: '', status: 'PENDING' }]
  const elector = { hasAttended: false, attendedAt: null, committeeCode: 'C1' }
  const data = (path: string) => (path.includes('search-elector') ? elector : marked)
  const correct = { does: 'attendance.correct', id: 9, elector: '1', committee: 'C1', to: 'removed' }
  const done = await asked([], correct, { seen: { status: ['ATTENDED'] }, has: '"e:9"', data })
  expect([done.verdict.is, done.writes.length]).toEqual(['conflict', 1])
  const sums = { totalRegisteredElectors: 1, totalAttendance: 1, totalBallotsCast: 1, totalValidBallots: 1 }
  const added = { status: 'PRELIMINARY', resultsData: {}, generatedAt: '2026-11-21T05:00:00Z', publishedAt: null }
  const results = () => ({ ...sums, totalInvalidBallots: 0, ...added })
  const seen = { generated: [Date.parse('2026-11-21T04:00:00Z')] }
  const others = await asked([], { does: 'results.publish' }, { seen, has: '"e:9"', data: results })
  expect([others.verdict.is, others.writes.length]).toEqual(['conflict', 1])
})

test('[O117] what is late, and may have been done by a sending without an answer, is looked for: done it is confirmed, else it is late', async () => {
  const publish = { does: 'results.publish' }
  const deadline = bookOnDisk().clock.now() - 1
  const sums = { totalRegisteredElectors: 1, totalAttendance: 1, totalBallotsCast: 1, totalValidBallots: 1 }
  const at = new Date(deadline).toISOString()
  const made = { ...sums, totalInvalidBallots: 0, resultsData: {}, generatedAt: at, publishedAt: at }
  for (const safe of [true, false]) {
    const late = (status: string, data: unknown = { ...made, status }) =>
      asked([], publish, { safe, deadline, unsure: 1, data: () => data })
    const done = await late('PUBLISHED')
    // The server does not tell by whom.
    expect([done.verdict, done.writes]).toMatchObject([{ is: 'accepted', seen: true, already: { by: null } }, []])
    const not = await late('PRELIMINARY')
    expect([not.verdict, not.writes, not.calls.length]).toEqual([{ is: 'expired' }, [], 1])
    const unknown = await late('', 'a portal')
    expect([unknown.verdict, unknown.writes]).toMatchObject([{ is: 'again' }, []])
  }
})

test('[O119] a sheet that is verified already was verified by whom the server says, not by whoever entered it', async () => {
  const verify = { does: 'count.verify', committee: 3 }
  const at = new Date(bookOnDisk().clock.now()).toISOString()
  const count = { id: 31, committee: 3, candidate: 1, voteCount: 20, status: 'VERIFIED', isVerified: true }
  const entered = { ...count, enteredByName: 'Ada', updatedAt: at }
  const sheet = { id: 7, committee: 3, status: 'VERIFIED', totalBallotsCast: 20, invalidBallots: 0 }
  const asks = async (told: object) => {
    const entry = { ...sheet, ...told }
    const data = (path: string) =>
      path.includes('vote-counts') ? [entered] : path.includes('committee-entries/?') ? [entry] : entry
    const options = { seen: { cast: [20], invalid: [0] }, unsure: 1, data, refuses: 'already verified' }
    return (await asked([live(sheetOf(3, { cast: 20, invalid: 0, row: 7 }), 3)], verify, options)).verdict
  }
  expect(await asks({ verifiedByName: 'Ben', verifiedAt: at })).toMatchObject({
    is: 'accepted',
    already: { by: 'Ben' },
  })
  expect(await asks({})).toMatchObject({ is: 'accepted', already: { by: null } })
  expect(await asks({ verifiedByName: 'Ada', verifiedAt: at })).toEqual({ is: 'accepted', seen: true, row: 7 })
})
