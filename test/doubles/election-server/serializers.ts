import type { View } from './database.ts'
import type * as rows from './rows.ts'
import { label, local, percent } from './text.ts'

/** Rows as the real server's serializers show them: snake_case; frames carry them so, answers camelCase them. */

export const nameOf = (db: View, id: number | null): string | null => {
  const user = id === null ? undefined : db.get('users', id)
  return user === undefined ? null : `${user.first} ${user.last}`
}

export const user = (row: rows.UserRow) => ({
  id: row.id,
  email: row.email,
  first_name: row.first,
  last_name: row.last,
  full_name: `${row.first} ${row.last}`,
  phone: '',
  role: row.role,
  role_display: label(row.role),
  supervisor: null,
  supervisor_name: null,
  teams: [],
  committees: row.committees,
  is_active: row.active,
  date_joined: local(row.joined),
  last_login: local(row.joined),
  supervised_users_count: 0,
})

export const election = (db: View, row: rows.ElectionRow) => ({
  id: row.id,
  name: row.name,
  description: '',
  voting_mode: 'BOTH',
  voting_mode_display: 'Both Options',
  max_candidates_per_ballot: 19,
  allow_partial_voting: true,
  minimum_votes_required: 1,
  status: row.status,
  status_display: label(row.status),
  election_date: row.date,
  committee_count: db.all('committees').filter((committee) => committee.election === row.id).length,
  member_count: 0,
  members: [],
  created_by: row.createdBy,
  created_by_name: nameOf(db, row.createdBy),
  created_at: local(row.created),
  updated_at: local(row.updated),
})

export function committee(db: View, row: rows.CommitteeRow) {
  const electors = db.all('electors').filter((elector) => elector.committee === row.id && elector.active).length
  const attended = db.all('attendance').filter(({ committee, status }) => committee === row.id && status === 'ATTENDED')
  const counts = db.all('counts').filter((count) => count.committee === row.id)
  return {
    id: row.id,
    election: row.election,
    code: row.code,
    name: row.name,
    gender: row.gender,
    gender_display: label(row.gender),
    location: row.location,
    electors_from: null,
    electors_to: null,
    elector_count: electors,
    attendance_count: attended.length,
    attendance_percentage: percent(attended.length, electors),
    vote_count: counts.reduce((sum, count) => sum + count.votes, 0),
    created_at: local(row.created),
    updated_at: local(row.updated),
  }
}

export const party = (db: View, row: rows.PartyRow) => ({
  id: row.id,
  name: row.name,
  color: row.color,
  logo: null,
  is_active: true,
  candidate_count: db.all('candidates').filter((candidate) => candidate.party === row.id).length,
})

export const candidate = (db: View, row: rows.CandidateRow) => ({
  id: row.id,
  name: row.name,
  candidate_number: row.number,
  party: row.party,
  party_name: row.party === null ? null : (db.get('parties', row.party)?.name ?? null),
  photo: null,
  is_active: row.active,
})

export function elector(db: View, row: rows.ElectorRow) {
  const place = db.get('committees', row.committee)
  return {
    koc_id: row.id,
    full_name: row.name,
    gender: label(row.gender),
    department: row.department,
    team: row.team,
    committee: row.committee,
    committee_code: place?.code ?? null,
    committee_name: place?.name ?? null,
    mobile: row.mobile,
    is_active: row.active,
    is_approved: true,
    is_guarantee: false,
    guarantee_status: null,
    guarantee_id: null,
    guarantee_group: null,
    guarantee_confirmation_status: null,
    guarantee_mobile: null,
  }
}

/** The list's 21 keys, in frames too: no owner, no committee code, no `updated_at`. */
export function guarantee(db: View, row: rows.GuaranteeRow) {
  const elector = db.get('electors', row.elector)
  const group = row.group === null ? undefined : db.get('groups', row.group)
  return {
    id: row.id,
    elector: row.elector,
    elector_koc_id: row.elector,
    elector_name: elector?.name ?? '',
    elector_mobile: elector?.mobile ?? '',
    elector_section: elector?.section ?? '',
    elector_department: elector?.department ?? '',
    elector_team: elector?.team ?? null,
    elector_committee_name: db.get('committees', elector?.committee ?? 0)?.name ?? null,
    guarantee_status: row.status,
    guarantee_status_display: label(row.status),
    group: row.group,
    group_name: group?.name ?? null,
    group_color: group?.color ?? null,
    quick_note: row.note,
    mobile: row.mobile,
    confirmation_status: row.confirmation,
    confirmation_status_display: label(row.confirmation),
    isConfirmed: row.confirmation === 'CONFIRMED',
    has_notes: row.hasNotes,
    created_at: local(row.created),
  }
}

export const guaranteeInFull = (db: View, row: rows.GuaranteeRow) => ({
  ...guarantee(db, row),
  user: row.user,
  elector_committee: db.get('committees', db.get('electors', row.elector)?.committee ?? 0)?.code ?? null,
  note_count: notesOf(db, row.id).length,
  recent_notes: notesOf(db, row.id).slice(0, 3),
  updated_at: local(row.updated),
})

/** The newest hundred, newest first. */
export const notesOf = (db: View, guarantee: number): object[] =>
  db
    .all('notes')
    .filter((row) => row.guarantee === guarantee)
    .toReversed()
    .slice(0, 100)
    .map((row) => note(db, row))

export const note = (db: View, row: rows.NoteRow) => ({
  id: row.id,
  guarantee: row.guarantee,
  user: row.user,
  user_name: nameOf(db, row.user),
  user_email: db.get('users', row.user)?.email ?? null,
  content: row.content,
  is_important: row.important,
  created_at: local(row.created),
})

export const historyOf = (db: View, guarantee: number): object[] =>
  db
    .all('history')
    .filter((row) => row.guarantee === guarantee)
    .toReversed()
    .slice(0, 100)
    .map((row) => ({
      id: row.id,
      guarantee: row.guarantee,
      user: row.user,
      user_name: nameOf(db, row.user),
      action: row.action,
      old_value: row.before,
      new_value: row.after,
      created_at: local(row.created),
    }))

export const group = (db: View, row: rows.GroupRow) => ({
  id: row.id,
  name: row.name,
  color: row.color,
  description: '',
  order: row.order,
  guarantee_count: db.all('guarantees').filter((guarantee) => guarantee.group === row.id).length,
  created_at: local(row.created),
  updated_at: local(row.created),
})

/** The list's ten keys. */
export function attendance(db: View, row: rows.AttendanceRow) {
  const elector = db.get('electors', row.elector)
  const place = db.get('committees', row.committee)
  return {
    id: row.id,
    elector_koc_id: row.elector,
    elector_name: elector?.name ?? '',
    elector_gender: elector?.gender ?? 'MALE',
    committee_code: place?.code ?? '',
    committee_name: place?.name ?? '',
    marked_by_name: nameOf(db, row.markedBy),
    attended_at: local(row.at),
    notes: row.notes,
    status: row.status,
  }
}
