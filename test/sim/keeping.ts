import type { Book } from '../../src/core/book.ts'
import { WholeCheck } from '../../src/core/journal/beginning.ts'
import type { JournalEvent } from '../../src/core/journal/event.ts'
import { toCheckpoint } from '../../src/core/projection/checkpoint.ts'
import { Folded } from '../../src/core/projection/folded.ts'
import { type Desk, sha256 } from './desk.ts'
import type { SimDisk } from './disk.ts'
import type { Verdict } from './judge.ts'

/** What of a journal may go, and what must be the same without it. */

/** Every row that was ever written, folded; null: one of them is only there in part. */
function foldedOfAll(disk: SimDisk, name: string): Folded | null {
  const folded = new Folded()
  if (disk.torn.rows.has(name)) return null
  for (const { cursor, at, text } of disk.kept(name)?.rows ?? [])
    folded.apply({ cursor, at, event: JSON.parse(text) as JournalEvent }) // it is whole: the desk wrote it
  return folded
}

/** When rows go nothing that was typed waits, and what they told is on the disk. */
export function judgeLetGo({ disk, name: desk }: Desk, name: string, first: number, verdict: Verdict): void {
  const outbox = foldedOfAll(disk, name)?.projection.outbox
  const [waiting] = [...(outbox?.waiting ?? []), ...(outbox?.unseen ?? [])]
  if (waiting !== undefined) verdict.breaks('S130', `${desk} lets rows before ${first} go while ${waiting} has no end`)
  if (!disk.wholeCheckpoints(name).includes(first))
    verdict.breaks('S130', `${desk} lets rows before ${first} go, and no checkpoint stands for them`)
}

/** Whether a checkpoint stands for the rows that were let go: whole, and told of by a row that the power has left. */
function isHeld(disk: SimDisk, name: string, begins: number): boolean {
  const rows = disk.kept(name)?.rows ?? []
  const isTold = (cursor: number) =>
    rows.some(({ text }) =>
      text.startsWith(`{"is":"checkpointed","through":${cursor},"head":"${rows[cursor - 1]?.hash}"`),
    )
  return disk.wholeCheckpoints(name).some((cursor) => cursor >= begins && isTold(cursor))
}

/** Whatever a journal was opened from, it has what all its rows would have given, let go or not. */
export function judgeOpened({ core, disk, name: desk }: Desk, book: Book, verdict: Verdict): void {
  const name = core?.journal() ?? null
  if (name === null) return
  const begins = disk.kept(name)?.begins ?? 1
  if (begins > 1 && !isHeld(disk, name, begins)) disk.torn.beginnings.add(name)
  if (disk.torn.beginnings.has(name)) return
  const all = foldedOfAll(disk, name)
  if (!all) return
  const [had, has] = [all, book.folded].map(textOf)
  if (had === has) return
  const at = [...(had ?? '')].findIndex((sign, index) => sign !== has?.[index])
  const near = (text = '') => text.slice(Math.max(0, at - 80), at + 80)
  verdict.breaks('S131', `${desk} opens ${name} with ${near(has)} where its rows told ${near(had)}`)
}

/** All that is folded as one text. A committee of which nothing came is there once somebody has asked for it. */
function textOf(folded: Folded): string {
  const { figures, ...more } = toCheckpoint(folded)
  const { committees, ...attendance } = figures.attendance
  const came = committees.filter(
    ([, { attended, pending, rhythm }]) => attended + pending > 0 || rhythm.latest !== null,
  )
  const sorted = came.sort(([one], [other]) => (one < other ? -1 : 1))
  return JSON.stringify({ ...more, figures: { ...figures, attendance: { ...attendance, committees: sorted } } })
}

/** The rows that are left are a journal that verifies. */
export function judgeKept({ disk, name: desk }: Desk, name: string, verdict: Verdict): void {
  const kept = disk.kept(name)
  if (!kept || kept.begins === 1) return
  const there = kept.rows.slice(kept.begins - 1)
  const check = new WholeCheck(sha256, {
    read: (after, limit) => there.filter(({ cursor }) => cursor > after).slice(0, limit),
  })
  check.take(there)
  const fault = check.end()
  if (fault && disk.torn.rows.get(name) !== fault.cursor)
    verdict.breaks('S130', `what is left of ${name} of ${desk}: ${fault.is} at ${fault.cursor}`)
}
