import { CommandKey } from '../../../shared/model/ids.ts'
import type { Conflict, ConflictsView } from '../../../shared/view/conflict.ts'
import type { OutboxItem, OutboxView } from '../../../shared/view/outbox.ts'
import { USER } from './fake-views.ts'

const MINUTE = 60_000

/** An item as it is at first, typed at `at`. */
export const fakeItem = (at: number) => ({
  ...{ by: USER.email, accepted: false, already: null, attempts: 1, queuedAt: at, settledAt: null },
  ...{ reason: null, next: null, deadline: null, conflict: null, why: null, undoes: null, undoneBy: null },
  ...{ lookedAt: null },
  ...{ undo: null, undoBar: null },
})

const item = (key: string, does: string, about: string, at: number, change: Partial<OutboxItem>): OutboxItem => ({
  ...fakeItem(at),
  ...{ key: CommandKey.parse(`fake-${key}`), does, about, state: 'queued' },
  ...change,
})

/** One action in each state an action can be in, oldest first. */
export function someOfEach(now: number): OutboxItem[] {
  const ended = (at: number, state: OutboxItem['state']) => ({ state, settledAt: at, undoBar: 'nothing-done' as const }) // the literal the schema names
  const at = (minutes: number) => now - minutes * MINUTE
  const kept = { state: 'confirmed', accepted: true, settledAt: at(30) } as const
  return [
    item('expired', 'results.publish', '', at(44), { ...ended(at(42), 'expired'), deadline: at(42), next: 'do-again' }),
    item('verify', 'count.verify', '#4', at(40), { ...kept, undoBar: 'no-way-back' }),
    item('conflict', 'count.enter', '#5', at(38), { ...ended(at(37), 'conflict'), next: 'decide', conflict: 'count' }),
    item('refused', 'attendance.mark', '100405 @ m2', at(34), {
      ...ended(at(33), 'rejected'),
      reason: 'Elector is assigned to committee m7.',
      next: 'record-arrival',
    }),
    item('role', 'results.generate', '', at(33), {
      ...ended(at(33), 'rejected'),
      reason: 'You do not have permission to perform this action.',
      next: 'ask-admin',
    }),
    item('done', 'attendance.mark', '100871 @ m2', at(31), { ...kept, undo: 'reverse' }),
    item('other', 'attendance.mark', '100872 @ m3', at(20), {
      ...kept,
      by: 'clerk@example.org',
      undoBar: 'not-yours',
      already: { by: 'Huda Al-Enezi', at: at(22) },
    }),
    item('taken', 'guarantee.create', '100877', at(4), { state: 'sent', accepted: true, undo: 'reverse' }),
    item('way', 'guarantee.confirm', '#31', at(3), { state: 'sent', attempts: 4, undoBar: 'under-way' }),
    item('timed', 'results.publish', '', at(0.3), { deadline: now + 90_000, undo: 'withdraw' }),
    item('queued', 'attendance.mark', '100880 @ m2', at(0.2), { undo: 'withdraw' }),
  ]
}

const OPEN = { state: 'open', decided: null } as const

/** A card of each kind, oldest first, and two that are no longer open. */
export function someCards(now: number): Conflict[] {
  const at = (minutes: number) => now - minutes * MINUTE
  const desk = { by: USER.email, at: at(38), committee: null, origin: 'desk', cursor: null } as const
  const told = { by: 'Salem Al-Mutairi', at: at(37), committee: null, origin: 'answer', cursor: 812 } as const
  const count: Conflict = {
    ...{ id: 'count', kind: 'count', about: '#5', name: 'Salwa girls’ school', own: true },
    ...{ key: CommandKey.parse('fake-conflict'), mine: desk, theirs: told, openedAt: at(37), ...OPEN },
    fields: [
      { field: 'votes', of: 'Mariam Al-Rashidi', mine: '412', theirs: '421' },
      { field: 'invalid', of: null, mine: '9', theirs: '6' },
    ],
    decisions: ['keep-mine', 'keep-theirs', 're-enter'],
  }
  const marks: Conflict = {
    ...{ id: 'marks', kind: 'double-mark', about: '100234', name: 'Fahad Al-Ajmi', own: false, key: null },
    mine: { by: 'Huda Al-Enezi', at: at(26), committee: 'm1', origin: 'live', cursor: 640 },
    theirs: { by: 'Yousef Karam', at: at(12), committee: 'm4', origin: 'snapshot', cursor: 702 },
    fields: [{ field: 'committee', of: null, mine: 'm1', theirs: 'm4' }],
    ...{ openedAt: at(12), ...OPEN },
    decisions: ['keep-mine', 'keep-theirs'],
  }
  const pledge: Conflict = {
    ...{ id: 'pledge', kind: 'guarantee', about: '#31', name: 'Latifa Al-Sabah', own: true, key: null },
    mine: { ...desk, at: at(3) },
    theirs: { by: null, at: at(5), committee: null, origin: 'live', cursor: 799 },
    fields: [
      { field: 'confirmation', of: null, mine: 'CONFIRMED', theirs: 'NOT_AVAILABLE' },
      { field: 'note', of: null, mine: 'comes at six', theirs: 'nobody answers' },
    ],
    ...{ openedAt: at(3), ...OPEN },
    decisions: ['keep-mine', 'keep-theirs'],
  }
  const decided: Conflict = {
    ...{ ...marks, id: 'decided', about: '100111', name: 'Nasser Al-Otaibi', state: 'decided', decisions: [] },
    decided: {
      ...{ decision: 'keep-mine', reason: 'The card was shown at m1 only.', by: USER.email, at: at(60), keys: [] },
    },
  }
  return [
    count,
    marks,
    pledge,
    decided,
    { ...marks, id: 'gone', about: '100112', name: 'Dalal Hamad', state: 'gone', decisions: [] },
  ]
}

/** The outbox as the core shows it. */
export function outboxOf(outbox: readonly OutboxItem[], cards: readonly Conflict[], viewer: string | null): OutboxView {
  const news = (state: OutboxItem['state']) =>
    outbox.filter((each) => each.state === state && each.lookedAt === null).length
  const waiting = outbox.filter(({ state, accepted }) => state === 'queued' || (state === 'sent' && !accepted))
  const own = waiting.filter(({ by }) => by === viewer)
  return {
    waiting: waiting.length,
    oldestAt: waiting[0]?.queuedAt ?? null,
    unseen: outbox.filter(({ state, accepted }) => state === 'sent' && accepted).length,
    rejected: news('rejected'),
    expired: news('expired'),
    conflicts: conflictsOf(cards).open,
    leaving: {
      unsent: own.length,
      oldestAt: own[0]?.queuedAt ?? null,
      ofOthers: waiting.length - own.length,
    },
    recent: [...outbox].reverse().slice(0, 50),
  }
}

export function conflictsOf(cards: readonly Conflict[]): ConflictsView {
  const open = cards.filter(({ state }) => state === 'open')
  return { open: open.length, cards: [...open, ...cards.filter(({ state }) => state !== 'open')] }
}
