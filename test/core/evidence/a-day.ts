import { checkChain, GENESIS, linkHash, UNCHECKED } from '../../../src/core/journal/chain.ts'
import type { JournalEvent } from '../../../src/core/journal/event.ts'
import type { EvidenceFacts, PackChoice as Choices } from '../../../src/core/evidence/facts.ts'
import { EvidenceFold } from '../../../src/core/evidence/fold.ts'
import { type PackFile, packFiles } from '../../../src/core/evidence/pack-files.ts'
import type { JournalRow } from '../../../src/core/ports.ts'
import type { PaperTurn } from '../../../src/core/paper/paper-turn.ts'
import { TOPICS } from '../../../src/shared/model/change.ts'
import type { CommandKey, GroupId, UserId } from '../../../src/shared/model/ids.ts'
import { OPENED, sha256, told } from '../journal/on-disk.ts'
import {
  attendance,
  candidate,
  code,
  committee,
  count,
  election,
  entry,
  guarantee,
  NINE,
  number,
  party,
  results,
} from '../projection/records.ts'

/** Texts that break careless files: quotes, breaks, formulas, Arabic, directions, emptiness, apostrophes. */
export const NASTY = [
  'Smith, "Jo"',
  'line\nbreak\r\nand more',
  '=HYPERLINK("http://x";"y")',
  '+1',
  '-2',
  '@SUM(A1)',
  '\t=1',
  "'=1",
  "''+1",
  "'plain",
  '＝1+1',
  ' leading and trailing ',
  'محمد عبد الله (الأول) 12',
  '\u202eevil',
  '',
  '"',
  ';|,',
]

/** What no sealed pack may hold. */
export const SECRETS = {
  name: 'Zubaida Sealedname',
  clerk: 'Clerk Sealedclerk',
  mobile: '99112233',
  elector: '70000077',
  note: 'call-after-noon-note',
  group: 'Sealed-cousins',
  email: 'dana@sealed.example',
  reason: 'refused because of Zubaida',
  excerpt: 'frame-of-Zubaida',
  counter: 'counter@sealed.example',
  recount: 'a second list lay under Zubaida',
}

export const KEY = 'key-1-000000000' as CommandKey
const link = (state: 'live' | 'offline'): JournalEvent => ({ is: 'link', state, cause: null, proof: SECRETS.email })
/** Somebody counted the paper list of a committee. */
export const paper = (committee: number, count: number, turn: Partial<PaperTurn> = {}): JournalEvent => ({
  is: 'paper',
  turn: {
    ...{ does: 'counted', committee: code(`C${committee}`), by: SECRETS.counter, at: NINE + 5_000, count, reason: '' },
    ...{ attended: 17, waiting: 0, ...turn },
  },
})
const cover = (): JournalEvent[] =>
  TOPICS.map((topic) => ({ is: 'covered', topic, from: NINE, after: 1_000_000, settles: NINE + 1 }))

/** The events of a small day: every kind of record, nasty texts, secrets, a rejected command, a quarantined frame. */
export function dayEvents(): JournalEvent[] {
  const people = NASTY.map((text, index) =>
    attendance(index + 1, { electorName: text, notes: text, elector: number(`9000${index}`) }),
  )
  const { name, clerk, mobile, note, elector, group } = SECRETS
  const secret = { electorName: name, elector: number(elector) }
  return [
    ...told(election({ phase: 'COUNTING', name: 'انتخابات المجلس 2030' }), party(1, 'قائمة الأمل'), party(2)),
    ...told(committee(1, { name: 'مدرسة السلام (أ)' }), committee(2, { name: '=2+2', electors: 0 }), committee(3)),
    ...told(candidate(1, { name: 'سالم', party: 1 as never }), candidate(2), candidate(3, { active: false })),
    ...told(...people, attendance(900, { ...secret, markedBy: clerk, notes: note, committeeCode: code('C3') })),
    ...told(attendance(901, { status: 'PENDING', elector: number('811') })),
    ...told(
      guarantee(1, {
        ...secret,
        mobile,
        electorMobile: mobile,
        note,
        groupName: group,
        group: 4 as GroupId,
        collector: 3 as UserId,
      }),
    ),
    ...told(entry(1, { status: 'VERIFIED', cast: 90, invalid: 3 }), entry(3, { status: 'IN_PROGRESS' })),
    ...told(count(1, 1, 50, { verified: true, enteredBy: clerk }), count(1, 2, 37), count(3, 1, 9)),
    ...told(results({ candidates: [{ number: 1, name: 'سالم', party: '', votes: 59, rank: 1 }] })),
    paper(3, 4, { at: NINE - 3_600_000, attended: 1 }),
    paper(1, 20),
    ...cover(),
    link('live'),
    paper(1, 19, { at: NINE + 9_000, reason: SECRETS.recount, waiting: 2 }),
    {
      is: 'queued',
      key: KEY,
      action: { does: 'attendance.mark', elector: number(elector), committee: code('C1'), notes: note },
      by: SECRETS.email,
    },
    { is: 'sent', key: KEY },
    { is: 'settled', key: KEY, outcome: 'rejected', reason: SECRETS.reason },
    { is: 'quarantined', reason: SECRETS.reason, excerpt: SECRETS.excerpt, bytes: 17 },
    link('offline'),
    { is: 'doubted', topics: ['counts'], since: NINE + 60_000, because: 'link-down' },
  ]
}

/** The rows of a journal with these events, as they lie on a disk. */
export function rowsOf(events: readonly JournalEvent[], opened: JournalEvent = OPENED): readonly JournalRow[] {
  const rows: JournalRow[] = []
  let head = GENESIS
  for (const [index, event] of [opened, ...events].entries()) {
    const row = { cursor: index + 1, at: NINE + index, text: JSON.stringify(event) }
    head = linkHash(sha256, head, row)
    rows.push({ ...row, hash: head })
  }
  return rows
}

export const OPEN_CHOICE: Choices = { privacy: 'open', withJournal: false, language: 'en', utcOffsetMinutes: 180 }

export function factsOf(rows: readonly JournalRow[], choice: Partial<Choices> = {}): EvidenceFacts {
  const fold = new EvidenceFold()
  for (const { cursor, at, text } of rows) fold.apply({ cursor, at, event: JSON.parse(text) })
  const { cursor, head } = checkChain(sha256, UNCHECKED, rows)
  const is = fold.projection.identity
  if (!is) throw new Error('nobody’s journal')
  const journal = {
    name: 'a',
    server: is.server,
    election: is.election,
    mode: is.mode,
    cursor,
    head,
    at: fold.at,
    begins: null,
  }
  return { fold, journal, choice: { ...OPEN_CHOICE, ...choice }, version: '9.9.9' }
}

/** The text of one file of the pack. */
export function textOf(facts: EvidenceFacts, name: string): string {
  const file = packFiles(facts).find((each) => each.name === name)
  if (file?.is !== 'text') throw new Error(`no text ${name}`)
  return [...file.pieces()].join('')
}
export const textFiles = (facts: EvidenceFacts): PackFile[] => packFiles(facts).filter(({ is }) => is === 'text')
