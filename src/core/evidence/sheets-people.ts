import type { Action } from '../outbox/action.ts'
import { canonicalJson } from '../projection/state.ts'
import type { Sheet } from './csv.ts'
import { type EvidenceFacts, utc, utcOrNull } from './facts.ts'
import type { PeopleView } from './people.ts'
import { HELD_COLUMNS, heldCells, trustCells, trustColumns } from './trust-cells.ts'

/** Who came, where, when. */
export function attendanceSheet({ fold: { projection } }: EvidenceFacts, people: PeopleView): Sheet {
  return {
    name: 'attendance.csv',
    columns: [
      ...['id', 'elector', 'name', 'committee_code', 'status', 'attended_at', 'marked_by', 'notes'],
      ...[...HELD_COLUMNS, ...trustColumns('attendance')],
    ],
    *rows() {
      const tail = trustCells(projection.trust, 'attendance')
      for (const held of [...projection.of('attendance').values()].sort((a, b) => a.record.id - b.record.id)) {
        const { id, elector, electorName, committeeCode, status, attendedAt, markedBy, notes } = held.record
        const who = [people.elector(elector), people.text(electorName)]
        const by = [people.text(markedBy), people.text(notes)]
        yield [id, ...who, committeeCode, status, utc(attendedAt), ...by, ...heldCells(held), ...tail]
      }
    },
  }
}

/** Guarantees, and whether their electors came. */
export function guaranteesSheet({ fold }: EvidenceFacts, people: PeopleView): Sheet {
  const { projection, figures } = fold
  return {
    name: 'guarantees.csv',
    columns: [
      ...['id', 'elector', 'name', 'elector_mobile', 'committee_code', 'committee', 'status', 'confirmation', 'group'],
      ...['collector', 'mobile', 'note', 'created_at', 'attended', 'attended_at'],
      ...[...HELD_COLUMNS, ...trustColumns('guarantees')],
    ],
    *rows() {
      const tail = trustCells(projection.trust, 'guarantees')
      for (const held of [...projection.of('guarantee').values()].sort((a, b) => a.record.id - b.record.id)) {
        const { record } = held
        const seenAt = figures.attendance.seenAt(record.elector)
        yield [
          record.id,
          people.elector(record.elector),
          people.text(record.electorName),
          people.text(record.electorMobile),
          figures.placeOf(record),
          record.committeeName,
          record.status,
          record.confirmation,
          // A group is what a collector calls some people: often their names.
          people.text(record.groupName),
          record.collector ?? null,
          people.text(record.mobile),
          people.text(record.note),
          utc(record.createdAt),
          seenAt !== null,
          utcOrNull(seenAt),
          ...heldCells(held),
          ...tail,
        ]
      }
    },
  }
}

/** What operators typed at this desk, and what became of it, in the order typed. */
export function commandsSheet({ fold: { projection } }: EvidenceFacts, people: PeopleView): Sheet {
  return {
    name: 'commands.csv',
    columns: [
      ...['key', 'does', 'said', 'by', 'state', 'queued_at', 'settled_at', 'attempts', 'server_said'],
      ...['why', 'undoes', 'undone_by'],
    ],
    *rows() {
      for (const entry of projection.outbox.entries.values()) {
        const { key, action, by, state, queuedAt, settledAt, attempts, reason, why, undoes, undoneBy } = entry
        const said = canonicalJson(withoutPeople(action, people))
        const more = [people.text(why), undoes, undoneBy]
        const times = [utc(queuedAt), utcOrNull(settledAt)]
        yield [key, action.does, said, people.text(by), state, ...times, attempts, people.text(reason), ...more]
      }
    },
  }
}

/** What met what another did, and how a person decided it, in the order it came up. */
export function conflictsSheet({ fold: { projection } }: EvidenceFacts, people: PeopleView): Sheet {
  return {
    name: 'conflicts.csv',
    columns: ['kind', 'key', 'about', 'state', 'opened_at', 'decision', 'reason', 'decided_by', 'decided_at'],
    *rows() {
      for (const { card } of projection.conflicts.cards.values()) {
        const { kind, key, about, state, openedAt, decided } = card
        const opened = [kind, key, people.text(about), state, utc(openedAt)]
        const by = [people.text(decided?.reason ?? null), people.text(decided?.by ?? null)]
        yield [...opened, decided?.decision ?? null, ...by, utcOrNull(decided?.at ?? null)]
      }
    },
  }
}

/** What was typed, without what a sealed pack may not say: only figures, states, ids and ordinals are left. */
function withoutPeople(action: Action, people: PeopleView): unknown {
  const { does: _does, ...said } = action
  if (!people.isSealed) return said
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) => {
      if ('elector' in action && name === 'elector') return [[name, people.elector(action.elector)]]
      return KEPT_WHEN_SEALED.has(name) ? [[name, value]] : []
    }),
  )
}
const KEPT_WHEN_SEALED: ReadonlySet<string> = new Set([
  ...['id', 'committee', 'status', 'confirmation', 'to', 'important', 'cast', 'invalid', 'votes'],
])
