"""Who came. Marks and corrections are told; removals are not."""

from datetime import timedelta, timezone as zones

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.html import strip_tags
from rest_framework.exceptions import PermissionDenied, ValidationError

from .. import shapes
from ..envelope import bad, forbidden, good, missing, page_of
from ..models import Attendance, AttendanceStatistics, Committee, Elector
from .parts import View, one_of, required

STATISTICS_AGE = timedelta(minutes=5)


def _seen_by(user):
    rows = Attendance.objects.select_related("elector", "committee", "marked_by").order_by("-attended_at", "-id")
    return rows if user.is_admin else rows.filter(committee__code__in=user.committees)


def _place(request, code):
    place = Committee.objects.filter(code=code).first()
    if place is None:
        raise ValidationError({"committee_code": ["Committee not found"]})
    if not request.user.may_enter(code):
        raise PermissionDenied()
    return place


def _record(request, elector, committee, status):
    notes = strip_tags(request.data.get("notes") or "")[:1000]
    agent = request.headers.get("User-Agent", "")[:255]
    return Attendance.objects.create(
        elector=elector,
        committee=committee,
        marked_by=request.user,
        notes=notes,
        status=status,
        device_info={"ip_address": request.META.get("REMOTE_ADDR"), "user_agent": agent},
    )


class Attendees(View):
    def get(self, request):
        rows, asked = _seen_by(request.user), request.query_params
        # `committee_code` is not among them and is passed over in silence.
        for field in ("committee", "committee__code", "marked_by"):
            if asked.get(field):
                rows = rows.filter(**{field: asked[field]})
        if asked.get("search"):
            rows = rows.filter(elector__koc_id__icontains=asked["search"])
        return page_of(request, rows, shapes.attendance)

    def post(self, request):
        raise RuntimeError("the marker may not be blank, and this path names none")


class Mark(View):
    def post(self, request):
        number, code = required(request.data, "koc_id"), required(request.data, "committee_code")
        elector = Elector.objects.filter(koc_id=number).first()
        if elector is None:
            raise ValidationError({"koc_id": ["Elector not found"]})
        if not elector.is_active:
            raise ValidationError({"koc_id": ["Elector is not active"]})
        before = Attendance.objects.filter(elector=elector, status="ATTENDED").first()
        if before is not None:
            at = before.attended_at.astimezone(zones.utc)
            return bad(f"Elector already attended at {at:%H:%M:%S}")
        place = Committee.objects.filter(code=code).first()
        if place is None:
            raise ValidationError({"committee_code": ["Committee not found"]})
        if elector.committee_id != place.id:
            return bad(f"Elector is not assigned to committee {code}")
        if not request.user.may_enter(code):
            return forbidden("You do not have access to this committee")
        row = _record(request, elector, place, "ATTENDED")
        more = {
            "elector": number,
            "elector_section": elector.section,
            "committee": place.id,
            "marked_by": request.user.id,
            "device_info": row.device_info,
        }
        return good({**shapes.attendance(row), **more}, "Attendance marked successfully", 201)


class AddPending(View):
    def post(self, request):
        number, code = required(request.data, "koc_id"), required(request.data, "committee_code")
        place = _place(request, code)
        elector = Elector.objects.filter(koc_id=number).first()
        if elector is not None:
            return good(shapes.attendance(_record(request, elector, place, "PENDING")), "Pending attendance recorded", 201)
        name = required(request.data, "full_name")
        Elector.objects.create(koc_id=number, full_name=name, committee=place, gender=place.gender, is_approved=False)
        return good({"koc_id": number, "full_name": name}, "Elector added pending approval", 201)


class SearchElector(View):
    def get(self, request):
        elector = Elector.objects.filter(koc_id=request.query_params.get("koc_id", "")).first()
        if elector is None:
            return bad("Elector not found", 404, can_add=True)
        place, asked = elector.committee, request.query_params.get("committee")
        if asked and asked != place.code:
            words = f"Elector is assigned to committee {place.code}"
            return bad(words, elector_committee=place.code, requested_committee=asked)
        came = Attendance.objects.filter(elector=elector, status="ATTENDED").first()
        names = elector.full_name.split(" ")
        return good(
            {
                "koc_id": elector.koc_id,
                "full_name": elector.full_name,
                "name_first": names[0],
                "family_name": names[-1],
                "section": elector.section,
                "committee_code": place.code,
                "committee_name": place.name,
                "mobile": elector.mobile,
                "has_attended": came is not None,
                "attended_at": came and shapes.local(came.attended_at),
            }
        )


def _own_place(request, code):
    """The committee, or the answer in its stead."""
    place = Committee.objects.filter(code=code).first()
    if place is None:
        return None, missing("Committee not found")
    return place, None if request.user.may_enter(code) else forbidden("You do not have access to this committee")


class OfCommittee(View):
    """Live figures, unpaginated."""

    def get(self, request, code):
        place, refusal = _own_place(request, code)
        if refusal is not None:
            return refusal
        rows = list(_seen_by(request.user).filter(committee=place))
        attended = sum(row.status == "ATTENDED" for row in rows)
        electors = place.elector_set.filter(is_active=True).count()
        statistics = {
            "total_electors": electors,
            "total_attended": attended,
            "pending": len(rows) - attended,
            "percentage": shapes.percent(attended, electors),
        }
        listed = [shapes.attendance(row) for row in rows]
        return good(
            {"committee": {"code": place.code, "name": place.name}, "statistics": statistics, "attendance": listed}
        )


class Statistics(View):
    def get(self, request, code):
        place, refusal = _own_place(request, code)
        if refusal is not None:
            return refusal
        with transaction.atomic():
            kept, _ = AttendanceStatistics.objects.get_or_create(committee=place)
            if timezone.now() - kept.last_updated > STATISTICS_AGE:
                kept.total_electors = place.elector_set.filter(is_active=True).count()
                kept.total_attended = place.attendance_set.filter(status="ATTENDED").count()
                kept.last_updated = timezone.now()
                kept.save()
        return good(
            {
                "committee_code": place.code,
                "committee_name": place.name,
                "total_electors": kept.total_electors,
                "total_attended": kept.total_attended,
                "pending_count": 0,
                "attendance_percentage": shapes.percent(kept.total_attended, kept.total_electors),
                "hourly_breakdown": {},
                "last_updated": shapes.local(kept.last_updated),
            }
        )


class OneAttendee(View):
    def patch(self, request, id):
        row = get_object_or_404(_seen_by(request.user), id=id)
        row.status = one_of(request.data, "status", ("ATTENDED", "PENDING"), row.status)
        row.notes = strip_tags(request.data.get("notes", row.notes))[:1000]
        row.save()
        return good(shapes.attendance(row), "Attendance updated successfully")

    def delete(self, request, id):
        get_object_or_404(_seen_by(request.user), id=id).delete()
        return good(None, "Attendance deleted successfully")
