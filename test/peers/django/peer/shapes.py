"""Records as they are shown: snake_case, as frames carry them; answers camelCase them on the way out.

Times go through Django REST framework's own field, so they stand in Kuwait's time, and without a fraction where there is none.
"""

from rest_framework.fields import DateTimeField

from .models import Attendance, Candidate, Guarantee, VoteCount

_LABELS = {
    "SUPER_ADMIN": "Super Admin",
    "GUARANTEE_PHASE": "Guarantee Collection Phase",
    "VOTING_DAY": "Voting Day",
    "COUNTING": "Counting in Progress",
    "NOT_AVAILABLE": "Not Available",
    "IN_PROGRESS": "In Progress",
}


def label(code):
    return _LABELS.get(code, code.capitalize())


def local(moment):
    return None if moment is None else DateTimeField().to_representation(moment)


def percent(part, whole, decimals=2):
    return round(part / whole * 100, decimals) if whole else 0


def name_of(user):
    return None if user is None else user.full_name


def stamps(row):
    return {"created_at": local(row.created_at), "updated_at": local(row.updated_at)}


def user(row):
    return {
        "id": row.id,
        "email": row.email,
        "first_name": row.first_name,
        "last_name": row.last_name,
        "full_name": row.full_name,
        "phone": row.phone,
        "role": row.role,
        "role_display": label(row.role),
        "supervisor": None,
        "supervisor_name": None,
        "teams": [],
        "committees": row.committees,
        "is_active": row.is_active,
        "date_joined": local(row.date_joined),
        "last_login": local(row.last_login),
        "supervised_users_count": 0,
    }


def user_in_list(row):
    whole = user(row)
    return {key: whole[key] for key in ("id", "email", "full_name", "role", "role_display", "is_active", "date_joined")}


def election(row):
    return {
        "id": row.id,
        "name": row.name,
        "description": "",
        "voting_mode": "BOTH",
        "voting_mode_display": "Both Options",
        "max_candidates_per_ballot": 19,
        "allow_partial_voting": True,
        "minimum_votes_required": 1,
        "status": row.status,
        "status_display": label(row.status),
        "election_date": None if row.election_date is None else row.election_date.isoformat(),
        "committee_count": row.committee_set.count(),
        "member_count": 0,
        "members": [],
        "created_by": row.created_by_id,
        "created_by_name": name_of(row.created_by),
        **stamps(row),
    }


def committee(row):
    electors = row.elector_set.filter(is_active=True).count()
    attended = row.attendance_set.filter(status="ATTENDED").count()
    return {
        "id": row.id,
        "election": row.election_id,
        "code": row.code,
        "name": row.name,
        "gender": row.gender,
        "gender_display": label(row.gender),
        "location": row.location,
        "electors_from": None,
        "electors_to": None,
        "elector_count": electors,
        "attendance_count": attended,
        "attendance_percentage": percent(attended, electors),
        "vote_count": sum(VoteCount.objects.filter(committee=row).values_list("vote_count", flat=True)),
        **stamps(row),
    }


def party(row):
    return {
        "id": row.id,
        "name": row.name,
        "color": row.color,
        "logo": None,
        "is_active": True,
        "candidate_count": row.candidate_set.count(),
    }


def candidate(row):
    return {
        "id": row.id,
        "name": row.name,
        "candidate_number": row.candidate_number,
        "party": row.party_id,
        "party_name": None if row.party is None else row.party.name,
        "photo": None,
        "is_active": row.is_active,
    }


def elector(row, viewer):
    held = Guarantee.objects.filter(elector=row, user=viewer).first()
    return {
        "koc_id": row.koc_id,
        "full_name": row.full_name,
        "gender": label(row.gender),
        "department": row.department,
        "team": row.team,
        "committee": row.committee_id,
        "committee_code": row.committee.code,
        "committee_name": row.committee.name,
        "mobile": row.mobile,
        "is_active": row.is_active,
        "is_approved": row.is_approved,
        "is_guarantee": held is not None,
        "guarantee_status": held and held.guarantee_status,
        "guarantee_id": held and held.id,
        "guarantee_group": held and held.group_id,
        "guarantee_confirmation_status": held and held.confirmation_status,
        "guarantee_mobile": (held and held.mobile) or None,
    }


def group(row):
    return {
        "id": row.id,
        "name": row.name,
        "color": row.color,
        "description": row.description,
        "order": row.order,
        "guarantee_count": row.guarantee_set.count(),
        **stamps(row),
    }


def note(row):
    return {
        "id": row.id,
        "guarantee": row.guarantee_id,
        "user": row.user_id,
        "user_name": name_of(row.user),
        "user_email": row.user and row.user.email,
        "content": row.content,
        "is_important": row.is_important,
        "created_at": local(row.created_at),
    }


def guarantee(row):
    """The list's 21 keys, in frames too: no owner, no committee code, no `updated_at`."""
    person = row.elector
    return {
        "id": row.id,
        "elector": person.koc_id,
        "elector_koc_id": person.koc_id,
        "elector_name": person.full_name,
        "elector_mobile": person.mobile,
        "elector_section": person.section,
        "elector_department": person.department,
        "elector_team": person.team,
        "elector_committee_name": person.committee.name,
        "guarantee_status": row.guarantee_status,
        "guarantee_status_display": label(row.guarantee_status),
        "group": row.group_id,
        "group_name": row.group and row.group.name,
        "group_color": row.group and row.group.color,
        "quick_note": row.quick_note,
        "mobile": row.mobile,
        "confirmation_status": row.confirmation_status,
        "confirmation_status_display": label(row.confirmation_status),
        "isConfirmed": row.confirmation_status == "CONFIRMED",
        "has_notes": row.guaranteenote_set.exists(),
        "created_at": local(row.created_at),
    }


def guarantee_in_full(row):
    notes = row.guaranteenote_set.order_by("-id")
    return {
        **guarantee(row),
        "user": row.user_id,
        "elector_committee": row.elector.committee.code,
        "note_count": notes.count(),
        "recent_notes": [note(one) for one in notes[:3]],
        "updated_at": local(row.updated_at),
    }


def attendance(row: Attendance):
    """The list's ten keys."""
    return {
        "id": row.id,
        "elector_koc_id": row.elector_id,
        "elector_name": row.elector.full_name,
        "elector_gender": row.elector.gender,
        "committee_code": row.committee.code,
        "committee_name": row.committee.name,
        "marked_by_name": name_of(row.marked_by),
        "attended_at": local(row.attended_at),
        "notes": row.notes,
        "status": row.status,
    }


def _entered(row):
    return {"entered_by": row.entered_by_id, "entered_by_name": name_of(row.entered_by)}


def _verified(row):
    return {
        "verified_by": row.verified_by_id,
        "verified_by_name": name_of(row.verified_by),
        "verified_at": local(row.verified_at),
    }


def _of_committee(row):
    place = row.committee
    return {
        "id": row.id,
        "election": row.election_id,
        "committee": place.id,
        "committee_code": place.code,
        "committee_name": place.name,
    }


def vote_count(row):
    return {
        **_of_committee(row),
        "candidate": row.candidate_id,
        "candidate_number": row.candidate.candidate_number,
        "candidate_name": row.candidate.name,
        "vote_count": row.vote_count,
        "status": row.status,
        "status_display": label(row.status),
        "is_verified": row.is_verified,
        **_entered(row),
        **_verified(row),
        "notes": row.notes,
        **stamps(row),
    }


def entry(row):
    counted = VoteCount.objects.filter(committee=row.committee).count()
    return {
        **_of_committee(row),
        "status": row.status,
        "status_display": label(row.status),
        "total_ballots_cast": row.total_ballots_cast,
        "invalid_ballots": row.invalid_ballots,
        "valid_ballots": row.total_ballots_cast - row.invalid_ballots,
        **_entered(row),
        "completed_at": local(row.completed_at),
        **_verified(row),
        "notes": row.notes,
        "completion_percentage": percent(counted, Candidate.objects.filter(is_active=True).count(), 1),
        **stamps(row),
    }


def results(row):
    return {
        "id": row.id,
        "election": row.election_id,
        "election_name": row.election.name,
        "status": row.status,
        "status_display": label(row.status),
        "total_registered_electors": row.total_registered_electors,
        "total_attendance": row.total_attendance,
        "total_ballots_cast": row.total_ballots_cast,
        "total_valid_ballots": row.total_ballots_cast - row.total_invalid_ballots,
        "total_invalid_ballots": row.total_invalid_ballots,
        "turnout_percentage": percent(row.total_attendance, row.total_registered_electors),
        "results_data": row.results_data,
        "generated_by": row.generated_by_id,
        "generated_by_name": name_of(row.generated_by),
        "generated_at": local(row.generated_at),
        "published_by": row.published_by_id,
        "published_by_name": name_of(row.published_by),
        "published_at": local(row.published_at),
        **stamps(row),
    }
