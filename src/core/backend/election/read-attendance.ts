import type { Change } from '../../../shared/model/change.ts'
import type { CommitteeCode, ElectionId } from '../../../shared/model/ids.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { User } from '../../../shared/view/session.ts'
import type { ReadFault } from '../backend.ts'
import { encodeSegment } from '../percent.ts'
import { type Answer, askOne, failed, isRefusal, statusOf } from './answers.ts'
import type { Fields } from './fields.ts'
import { pagedList, readAll } from './pages.ts'
import { electionQuery } from './read-election.ts'
import type { Reading, Whole } from './reader.ts'
import * as records from './records.ts'

type Place = { readonly id: number; readonly code: CommitteeCode }

/**
 * Attendance committee by committee, each whole and in one answer. Committees the account is not assigned to are not asked for;
 * the topic is refused only when none may be read.
 */
export async function readAttendance(reading: Reading, election: ElectionId | null, user: User): Promise<Whole> {
  const places = await readPlaces(reading, election)
  if (!places.ok) return places
  if (places.value === null) return ok(false)
  const own = places.value.filter((place) => mayRead(user, place.code))
  let refused = 0
  for (const place of own) {
    if (reading.stopped()) return ok(false)
    const answer = await readPlace(reading, place)
    if (!answer.ok) {
      if (!isNotAllowed(answer.error)) return answer
      refused++
    } else if (answer.value === null) {
      return ok(false)
    } else {
      const { value: changes, position } = answer.value
      reading.onPart({ topic: 'attendance', scope: { is: 'committee', code: place.code }, changes, position })
    }
  }
  return places.value.length > 0 && refused === own.length ? noneAllowed() : ok(true)
}

/** A hub's viewer reads every committee, without its people. */
const SEES_ALL: ReadonlySet<User['role']> = new Set(['SUPER_ADMIN', 'ADMIN', 'VIEWER'])
const mayRead = (user: User, code: CommitteeCode): boolean => SEES_ALL.has(user.role) || user.committees.includes(code)

const isNotAllowed = ({ fault }: ReadFault): boolean => fault.is !== 'wrong-shape' && isRefusal(fault)

const noneAllowed = (): Result<never, ReadFault> =>
  failed('attendance', {
    is: 'answer',
    status: 403,
    message: 'This account is assigned to no committee: ask an administrator to assign it.',
    errors: null,
    retryAfterMs: null,
  })

async function readPlaces(
  { rest, stopped }: Reading,
  election: ElectionId | null,
): Promise<Result<readonly Place[] | null, ReadFault>> {
  const list = await readAll(
    rest,
    pagedList(
      'attendance',
      { path: '/api/elections/committees/', query: electionQuery(election) },
      (f): Place => ({ id: f.count('id'), code: f.code('code') }),
      (place) => place.id,
    ),
    stopped,
  )
  return list.ok ? ok(list.value === null ? null : list.value.value) : list
}

type PlaceAnswer = Promise<Result<Answer<readonly Change[]> | null, ReadFault>>

async function readPlace(reading: Reading, place: Place): PlaceAnswer {
  const path = `/api/attendees/committee/${encodeSegment(place.code)}/`
  const answer = await askOne(reading.rest, 'attendance', path, (f) =>
    f.object<Change[]>('data', [], (data) => data.objects('attendance', attendanceChange)),
  )
  const missing = !answer.ok && statusOf(answer.error.fault) === 404
  return missing ? readPlaceByPages(reading, place) : answer
}

/** Codes holding a dot or a slash cannot be addressed: such a committee's list is turned page by page, by its id. */
const readPlaceByPages = ({ rest, stopped }: Reading, place: Place): PlaceAnswer =>
  readAll(
    rest,
    pagedList(
      'attendance',
      { path: '/api/attendees/', query: `committee=${place.id}` },
      attendanceChange,
      (item) => item.key,
    ),
    stopped,
  )

function attendanceChange(f: Fields): Change {
  const record = records.attendance(f)
  return { kind: 'attendance', op: 'upsert', key: record.id, record }
}
