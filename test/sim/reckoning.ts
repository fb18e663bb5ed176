import { checkChain, UNCHECKED } from '../../src/core/journal/chain.ts'
import type { Desk } from './desk.ts'
import type { Verdict } from './judge.ts'
import type { Typed } from './operator.ts'
import type { Effect, SimServer } from './server/server.ts'

/** At rest: what was typed at a desk is held against what the server did, and the journal against its own chain. */
export function judgeDeeds(desk: Desk, server: SimServer, all: readonly Typed[], verdict: Verdict): void {
  const typed = all.filter((one) => one.desk === desk)
  for (const one of typed) judgeOne(desk, server, one, verdict)
  judgeOrder(desk, server, typed, verdict)
  judgeCounts(desk, server, typed, verdict)
  judgeJournals(desk, verdict)
  const [fault] = desk.window.faults
  if (fault !== undefined) verdict.breaks('I22', `${desk.name}: ${fault}`)
}

const effectsOf = (server: SimServer, { desk, does, on, tag }: Typed): readonly Effect[] =>
  server.effects.filter(
    (done) => done.by === desk.account.id && done.does === does && done.on === on && done.tag === tag,
  )
const told = ({ desk, does, on, tag }: Typed): string => `${desk.name}'s ${does} on ${on} (${tag})`

/** Words and figures that no other command has; a status said twice is the same status. */
const isUnlike = ({ does }: Typed): boolean => ['attendance.mark', 'guarantee.edit', 'count.enter'].includes(does)

function judgeOne(desk: Desk, server: SimServer, typed: Typed, verdict: Verdict): void {
  if (typed.key === null) return
  const entry = desk.book?.projection.outbox.find(typed.key)
  if (!entry) return verdict.breaks('I4', `${told(typed)} was saved, and is in no outbox`)
  if (entry.settledAt !== null && !isWritten(desk, typed.key))
    return verdict.breaks('I4', `${told(typed)} is shown as ${entry.state}, and the journal does not say so`)
  const done = effectsOf(server, typed).length
  if (entry.state === 'rejected' && isUnlike(typed) && done > 0)
    return verdict.breaks('I4', `${told(typed)} is shown as rejected (${entry.reason}), and was done`)
  if (entry.state !== 'confirmed' || done > 0) return
  // It was so already, by another or by an earlier word of one's own, and that is what is shown.
  const isStoodIn = entry.already !== null
  if (!isStoodIn) verdict.breaks('I4', `${told(typed)} is shown as done, and was not`)
}

/** Rows that say what the server made of an action. */
const ENDS = ['accepted', 'settled', 'conflicted']
const isWritten = ({ disk }: Desk, key: string): boolean =>
  [...disk.names()].some((name) =>
    disk.kept(name)?.rows.some(({ text }) => ENDS.some((is) => text.startsWith(`{"is":"${is}"`)) && text.includes(key)),
  )

/** Nothing is done more often than it was typed, on a server that can tell. */
function judgeCounts(desk: Desk, server: SimServer, typed: readonly Typed[], verdict: Verdict): void {
  const seen = new Set<string>()
  for (const one of typed) {
    const name = `${one.does} ${one.on} ${one.tag}`
    if (seen.has(name)) continue
    seen.add(name)
    const times = typed.filter(({ does, on, tag }) => does === one.does && on === one.on && tag === one.tag).length
    const done = effectsOf(server, one).length
    if ((server.numbered || one.does === 'attendance.mark') && done > times)
      verdict.breaks('I4', `${told(one)} was typed ${times} times and done ${done} times`)
  }
  const stray = server.effects.find(
    (done) => done.by === desk.account.id && !seen.has(`${done.does} ${done.on} ${done.tag}`),
  )
  if (stray) verdict.breaks('I4', `the server did ${stray.does} on ${stray.on} (${stray.tag}), which nobody typed`)
}

/** What was done first was typed first: of one record, and at a server that is asked one thing at a time, of all. */
function judgeOrder(desk: Desk, server: SimServer, typed: readonly Typed[], verdict: Verdict): void {
  const lasts = new Map<string, number>()
  for (const one of typed) {
    if (one.key === null || !isUnlike(one)) continue
    const at = effectsOf(server, one)[0]?.at
    if (at === undefined) continue
    const of = server.numbered ? one.on : ''
    const last = lasts.get(of) ?? Number.NEGATIVE_INFINITY
    if (at < last) return verdict.breaks('I4', `${told(one)} was done before what was typed before it at ${desk.name}`)
    lasts.set(of, at)
  }
}

function judgeJournals(desk: Desk, verdict: Verdict): void {
  const digest = desk.console?.ports.digest
  if (!digest) return
  for (const name of desk.disk.names()) {
    const { fault } = checkChain(digest, UNCHECKED, desk.disk.kept(name)?.rows ?? [])
    if (fault) verdict.breaks('I4', `the journal ${name} of ${desk.name}: ${fault.is} at ${fault.cursor}`)
  }
}
