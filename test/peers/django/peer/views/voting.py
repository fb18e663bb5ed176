"""Counts, ballot entries and results. Roles are hardly looked at."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.exceptions import PermissionDenied, ValidationError

from .. import shapes
from ..envelope import bad, good, missing, page_of
from ..models import Attendance, Candidate, Committee, CommitteeVoteEntry, Election, ElectionResults, Elector, VoteCount
from .parts import View, required, whole


def _counts():
    related = ("committee", "candidate", "entered_by", "verified_by")
    return VoteCount.objects.select_related(*related).order_by("-created_at", "-id")


def _verify(row, user):
    row.status, row.is_verified, row.verified_by, row.verified_at = "VERIFIED", True, user, timezone.now()
    row.save(update_fields=["status", "is_verified", "verified_by", "verified_at"])


class VoteCounts(View):
    def get(self, request):
        rows = _counts()
        for field in ("election", "committee", "candidate", "status"):
            if request.query_params.get(field):
                rows = rows.filter(**{field: request.query_params[field]})
        return page_of(request, rows, shapes.vote_count)


class OneVoteCount(View):
    def patch(self, request, id):
        if not request.user.is_supervisor:
            raise PermissionDenied()
        row = get_object_or_404(_counts(), id=id)
        row.vote_count = whole(request.data, "vote_count")
        row.save()
        return good(shapes.vote_count(row))

    # Anybody may; no frame.
    def delete(self, request, id):
        get_object_or_404(_counts(), id=id).delete()
        return good(None)


class VerifyVoteCount(View):
    def patch(self, request, id):
        if not request.user.is_admin:
            raise PermissionDenied()
        row = get_object_or_404(_counts(), id=id)
        if row.is_verified:
            return bad("Vote count is already verified")
        _verify(row, request.user)
        return good(shapes.vote_count(row))


class BulkEntry(View):
    """Row by row, each told as it is saved; an unknown candidate breaks it half-way with a page."""

    def post(self, request):
        body = request.data
        sheet = required(body, "vote_counts")
        if not isinstance(sheet, list):
            raise ValidationError({"vote_counts": ["Expected a list of items."]})
        cast, invalid = whole(body, "total_ballots_cast"), whole(body, "invalid_ballots")
        place = Committee.objects.get(id=required(body, "committee_id"))
        created = sum(self._enter(request, place, line) for line in sheet)
        entry = CommitteeVoteEntry.objects.filter(committee=place).first()
        entry = entry or CommitteeVoteEntry(committee=place, election=place.election)
        entry.status, entry.total_ballots_cast, entry.invalid_ballots = "COMPLETED", cast, invalid
        entry.entered_by, entry.completed_at = request.user, timezone.now()
        entry.verified_by = entry.verified_at = None
        entry.notes = body.get("notes") or ""
        entry.save()
        totals = {"created": created, "updated": len(sheet) - created, "total": len(sheet)}
        return good({"committee_entry_id": entry.id, **totals}, "Votes entered successfully", 201)

    def _enter(self, request, place, line):
        votes = whole(line, "vote_count")
        candidate = Candidate.objects.get(id=required(line, "candidate_id"))
        row = VoteCount.objects.filter(committee=place, candidate=candidate).first()
        fresh = row is None
        row = row or VoteCount(committee=place, candidate=candidate, election=place.election)
        row.vote_count, row.status, row.entered_by = votes, "SUBMITTED", request.user
        row.save()
        return fresh


class DashedBulkEntry(View):
    """The dashed path is taken for a record's id."""


class Entries(View):
    def get(self, request):
        rows = CommitteeVoteEntry.objects.select_related("committee", "entered_by", "verified_by")
        return page_of(request, rows.order_by("-created_at", "-id"), shapes.entry)


class VerifyEntry(View):
    def patch(self, request, id):
        if not request.user.is_admin:
            raise PermissionDenied()
        entry = get_object_or_404(CommitteeVoteEntry, id=id)
        if entry.status == "VERIFIED":
            return bad("Entry is already verified")
        for row in _counts().filter(committee=entry.committee, is_verified=False):
            _verify(row, request.user)
        entry.status, entry.verified_by, entry.verified_at = "VERIFIED", request.user, timezone.now()
        entry.save(update_fields=["status", "verified_by", "verified_at"])
        return good(shapes.entry(entry))


class Progress(View):
    def get(self, request):
        places = list(Committee.objects.order_by("code"))
        entries = {row.committee_id: row for row in CommitteeVoteEntry.objects.all()}
        states = [row.status for row in entries.values()]
        verified = states.count("VERIFIED")
        data = {
            "total_committees": len(places),
            "entries_created": len(entries),
            "in_progress": states.count("IN_PROGRESS"),
            "completed": states.count("COMPLETED"),
            "verified": verified,
            "not_started": len(places) - len(entries),
            "completion_percentage": shapes.percent(verified, len(places)),
            "committees": [self._of(place, entries.get(place.id)) for place in places],
        }
        return good(data)

    def _of(self, place, entry):
        return {
            "committee_code": place.code,
            "committee_name": place.name,
            "status": entry.status if entry else "NOT_STARTED",
            "completion_percentage": shapes.entry(entry)["completion_percentage"] if entry else 0,
            "verified": entry is not None and entry.status == "VERIFIED",
        }


class Results(View):
    def get(self, request):
        row = ElectionResults.objects.first()
        return missing("Results not yet generated") if row is None else good(shapes.results(row))


class GenerateResults(View):
    """Anybody may. The first time three frames: created empty, then the same figures twice; later two."""

    def post(self, request):
        total = Committee.objects.count()
        verified = CommitteeVoteEntry.objects.filter(status="VERIFIED").count()
        if verified < total:
            words = f"Not all committees are verified ({verified}/{total})"
            return bad(words, can_generate_preliminary=True, verified=verified, total=total)
        row, fresh = ElectionResults.objects.get_or_create(election=Election.objects.order_by("-created_at").first())
        self._compute(row)
        row.status, row.generated_by, row.generated_at = "PRELIMINARY", request.user, timezone.now()
        row.save()
        row.save()
        return good(shapes.results(row), status=201 if fresh else 200)

    def _compute(self, row):
        entries = list(CommitteeVoteEntry.objects.all())
        row.total_registered_electors = Elector.objects.filter(is_active=True).count()
        row.total_attendance = Attendance.objects.count()
        row.total_ballots_cast = sum(entry.total_ballots_cast for entry in entries)
        row.total_invalid_ballots = sum(entry.invalid_ballots for entry in entries)
        votes = {candidate: 0 for candidate in Candidate.objects.select_related("party")}
        for count in VoteCount.objects.filter(is_verified=True).select_related("candidate"):
            votes[count.candidate] += count.vote_count
        valid = row.total_ballots_cast - row.total_invalid_ballots
        ranked = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0].candidate_number))
        candidates = [
            {
                "candidate_number": candidate.candidate_number,
                "candidate_name": candidate.name,
                "koc_id": "",
                "party": candidate.party.name if candidate.party else "Independent",
                "total_votes": given,
                "vote_percentage": shapes.percent(given, valid),
                "rank": place,
            }
            for place, (candidate, given) in enumerate(ranked, 1)
        ]
        summary = {"total_candidates": len(ranked), "total_votes_cast": sum(votes.values())}
        at = timezone.now().isoformat()
        row.results_data = {"candidates": candidates, "summary": summary, "generated_at": at}


class PublishResults(View):
    def post(self, request):
        row = ElectionResults.objects.first()
        if row is None:
            return missing("Results not yet generated")
        if row.status == "PUBLISHED":
            return bad("Results are already published")
        row.status, row.published_by, row.published_at = "PUBLISHED", request.user, timezone.now()
        row.save(update_fields=["status", "published_by", "published_at"])
        return good(shapes.results(row))
