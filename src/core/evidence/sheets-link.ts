import { assertNever } from '../../shared/result.ts'
import type { Cell, Sheet } from './csv.ts'
import { type EvidenceFacts, utc } from './facts.ts'
import type { LinkMoment } from './fold.ts'
import type { PeopleView } from './people.ts'

/** The link through the day. */
export function linkSheet({ fold }: EvidenceFacts, people: PeopleView): Sheet {
  return {
    name: 'link.csv',
    columns: ['journal_cursor', 'at', 'what', 'state', 'cause', 'proof', 'epoch', 'sequence'],
    *rows() {
      for (const moment of fold.links) {
        yield [moment.cursor, utc(moment.at), moment.event.is, ...linkCells(moment.event, people)]
      }
    },
  }
}

function linkCells(event: LinkMoment['event'], people: PeopleView): readonly Cell[] {
  switch (event.is) {
    case 'link':
      return [event.state, event.cause, people.text(event.proof), null, null]
    case 'joined':
    case 'caught-up':
      return [null, null, null, event.position?.epoch ?? null, event.position?.seq ?? null]
    default:
      return assertNever(event)
  }
}

/** When which topic was in doubt and why, and the read that covered it again. */
export function doubtsSheet({ fold }: EvidenceFacts): Sheet {
  return {
    name: 'doubts.csv',
    columns: ['journal_cursor', 'at', 'what', 'topics', 'since', 'because'],
    *rows() {
      for (const { cursor, at, event } of fold.doubts) {
        yield event.is === 'doubted'
          ? [cursor, utc(at), 'doubted', event.topics.join(' '), utc(event.since), event.because]
          : [cursor, utc(at), 'read', event.topic, utc(event.from), null]
      }
    },
  }
}

/** Frames nobody could read: how many, by reason. What they said is not told here. */
export function quarantineSheet({ fold }: EvidenceFacts, people: PeopleView): Sheet {
  return {
    name: 'quarantine.csv',
    columns: ['reason', 'frames', 'bytes', 'first_at', 'last_at'],
    *rows() {
      for (const [reason, { frames, bytes, firstAt, lastAt }] of fold.quarantined) {
        yield [people.text(reason), frames, bytes, utc(firstAt), utc(lastAt)]
      }
    },
  }
}
