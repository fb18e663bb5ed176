"""What is set up before the day. None of it is ever broadcast."""

from django.db.models import Q
from django.shortcuts import get_object_or_404
from rest_framework.exceptions import PermissionDenied

from .. import shapes
from ..envelope import good, missing, page_of
from ..models import Candidate, Committee, Election, Elector, Party
from .parts import SnakeView, View, one_of, required

PHASES = ("SETUP", "GUARANTEE_PHASE", "VOTING_DAY", "COUNTING", "CLOSED")


class Elections(View):
    def get(self, request):
        rows = Election.objects.order_by("-created_at", "-id")
        status = request.query_params.get("status")
        return page_of(request, rows.filter(status=status) if status else rows, shapes.election)


class Current(View):
    """Looks for a status that no election ever has, so finds one in SETUP only."""

    def get(self, request):
        row = Election.objects.filter(status__in=("SETUP", "ACTIVE")).first()
        if row is None:
            return missing("No active election found")
        return good(
            {
                "election": shapes.election(row),
                "committees": [shapes.committee(one) for one in row.committee_set.order_by("code")],
                "parties": [shapes.party(one) for one in row.party_set.all()],
                "candidates": [shapes.candidate(one) for one in row.candidate_set.order_by("candidate_number")],
                "members": [],
            }
        )


class OneElection(View):
    def get(self, request, id):
        return good(shapes.election(get_object_or_404(Election, id=id)))

    def patch(self, request, id):
        if not request.user.is_admin:
            raise PermissionDenied()
        row = get_object_or_404(Election, id=id)
        row.status = one_of(request.data, "status", PHASES, row.status)
        row.name = request.data.get("name", row.name)
        row.save()
        return good(shapes.election(row))


class Committees(View):
    def get(self, request):
        rows = Committee.objects.order_by("code")
        asked = request.query_params
        for field in ("election", "gender"):
            if asked.get(field):
                rows = rows.filter(**{field: asked[field]})
        if asked.get("search"):
            rows = rows.filter(Q(code__icontains=asked["search"]) | Q(name__icontains=asked["search"]))
        return page_of(request, rows, shapes.committee)


class OneCommittee(View):
    def get(self, request, id):
        row = get_object_or_404(Committee, id=id)
        more = {"election_name": row.election.name, "assigned_users": [], "assigned_user_names": []}
        return good({**shapes.committee(row), **more})

    # Any signed-in user may: nothing looks at the role.
    def patch(self, request, id):
        row = get_object_or_404(Committee, id=id)
        row.name = request.data.get("name", row.name)
        row.location = request.data.get("location", row.location)
        row.save()
        return good(shapes.committee(row))


class Candidates(SnakeView):
    def get(self, request):
        return page_of(request, Candidate.objects.order_by("candidate_number"), shapes.candidate)


class OneCandidate(SnakeView):
    def patch(self, request, id):
        if not request.user.is_admin:
            raise PermissionDenied()
        row = get_object_or_404(Candidate, id=id)
        row.name = required(request.data, "name")
        row.save()
        return good(shapes.candidate(row))


class Parties(SnakeView):
    def get(self, request):
        return page_of(request, Party.objects.order_by("id"), shapes.party)


class Electors(View):
    def get(self, request):
        rows = Elector.objects.order_by("koc_id").select_related("committee")
        committee, search = request.query_params.get("committee"), request.query_params.get("search")
        if committee:
            rows = rows.filter(committee=committee)
        if search:
            rows = rows.filter(Q(koc_id__icontains=search) | Q(full_name__icontains=search))
        return page_of(request, rows, lambda row: shapes.elector(row, request.user), wrap="electors")
