"""Promises: own records only over REST, whoever asks; the frames go to everybody all the same."""

import re

from django.shortcuts import get_object_or_404
from rest_framework.exceptions import ValidationError

from .. import shapes
from ..envelope import bad, good
from ..models import Elector, Guarantee, GuaranteeGroup, GuaranteeNote
from .parts import View, one_of, required

STATUSES = ("PENDING", "GUARANTEED")
CONFIRMATIONS = ("PENDING", "CONFIRMED", "NOT_AVAILABLE")


def _own(request):
    rows = Guarantee.objects.filter(user=request.user).select_related("elector__committee", "group")
    return rows.order_by("-created_at", "-id")


def _one(request, id):
    return get_object_or_404(_own(request), id=id)


def _groups(request):
    return GuaranteeGroup.objects.filter(user=request.user).order_by("order", "id")


def _group_in(request, field="group"):
    id = request.data.get(field)
    group = None if id is None else _groups(request).filter(id=id).first()
    if id is not None and group is None:
        raise ValidationError({field: [f'Invalid pk "{id}" - object does not exist.']})
    return group


def _mobile(text):
    digits = re.sub(r"[\s-]", "", text)
    if digits and not re.fullmatch(r"(\+965)?\d{8}", digits):
        raise ValidationError({"mobile": ["Enter a valid Kuwait mobile number."]})
    return digits


def _count(rows, **which):
    return rows.filter(**which).count()


def _statistics(request):
    rows = Guarantee.objects.filter(user=request.user)
    total, confirmed = rows.count(), _count(rows, confirmation_status="CONFIRMED")
    return {
        "total_guarantees": total,
        "pending_count": _count(rows, guarantee_status="PENDING"),
        "guaranteed_count": _count(rows, guarantee_status="GUARANTEED"),
        "not_available_count": 0,
        "by_group": [{"group__name": None, "group__color": None, "count": total}] if total else [],
        "by_committee": [],
        "recent_guarantees": [shapes.guarantee(row) for row in _own(request)[:5]],
        "top_sections": [],
        "confirmed_count": confirmed,
        "pending_confirmation_count": _count(rows, confirmation_status="PENDING"),
        "not_available_confirmation_count": _count(rows, confirmation_status="NOT_AVAILABLE"),
        "unconfirmed_count": total - confirmed,
        "confirmation_rate": shapes.percent(confirmed, total, 1),
    }


class Guarantees(View):
    def get(self, request):
        """Its own paging: `page_size` without a cap, past the end is empty, a page that is no number breaks it."""
        asked = request.query_params
        page, size = int(asked.get("page", 1)), int(asked.get("page_size", 10))
        rows = _own(request)
        for field in ("guarantee_status", "confirmation_status", "group"):
            if asked.get(field):
                rows = rows.filter(**{field: asked[field]})
        data = {
            "guarantees": [shapes.guarantee(row) for row in rows[(page - 1) * size : page * size]],
            "statistics": _statistics(request),
            "groups": [shapes.group(row) for row in _groups(request)],
        }
        pagination = {"count": rows.count(), "page": page, "page_size": size}
        return good(data, "Guarantees retrieved successfully", pagination=pagination)

    def post(self, request):
        number = required(request.data, "elector")
        elector = Elector.objects.filter(koc_id=number).first()
        if elector is None:
            raise ValidationError({"elector": [f'Invalid pk "{number}" - object does not exist.']})
        if Guarantee.objects.filter(user=request.user, elector=elector).exists():
            return bad("You have already guaranteed this elector")
        row = Guarantee.objects.create(
            user=request.user,
            elector=elector,
            guarantee_status=one_of(request.data, "guarantee_status", STATUSES, "GUARANTEED"),
            group=_group_in(request),
            mobile=_mobile(request.data.get("mobile") or ""),
            quick_note=request.data.get("quick_note") or "",
        )
        # Without the id: it arrives by socket, or never.
        given = {"elector": number, "guarantee_status": row.guarantee_status, "group": row.group_id}
        return good({**given, "mobile": row.mobile, "quick_note": row.quick_note}, status=201)


class OneGuarantee(View):
    def get(self, request, id):
        return good(shapes.guarantee_in_full(_one(request, id)))

    def patch(self, request, id):
        row, body = _one(request, id), request.data
        row.guarantee_status = one_of(body, "guarantee_status", STATUSES, row.guarantee_status)
        row.mobile = _mobile(body.get("mobile", row.mobile))
        row.quick_note = body.get("quick_note", row.quick_note)
        if "group" in body:
            row.group = _group_in(request)
        row.save()
        return good(shapes.guarantee(row), "Guarantee updated successfully")

    def delete(self, request, id):
        _one(request, id).delete()
        return good(None, "Guarantee deleted successfully")


class QuickUpdate(View):
    def patch(self, request, id):
        row = _one(request, id)
        required(request.data, "guarantee_status")
        row.guarantee_status = one_of(request.data, "guarantee_status", STATUSES, None)
        row.save()
        return good(shapes.guarantee_in_full(row), "Guarantee updated successfully")


class Confirm(View):
    def post(self, request, id):
        row = _one(request, id)
        required(request.data, "confirmation_status")
        row.confirmation_status = one_of(request.data, "confirmation_status", CONFIRMATIONS, None)
        row.save()
        return good(shapes.guarantee(row), "Guarantee updated successfully")


class BulkConfirm(View):
    def post(self, request):
        status = one_of(request.data, "confirmation_status", CONFIRMATIONS, None)
        rows = list(_own(request).filter(id__in=request.data.get("guarantee_ids", [])))
        for row in rows:
            row.confirmation_status = status
            row.save()
        return good({"updated_count": len(rows)})


class BulkUpdate(View):
    """A queryset update: no signal, no frame, no stamp."""

    def post(self, request):
        fields = {}
        if "guarantee_status" in request.data:
            fields["guarantee_status"] = one_of(request.data, "guarantee_status", STATUSES, None)
        if "group_id" in request.data:
            fields["group"] = _group_in(request, "group_id")
        rows = Guarantee.objects.filter(user=request.user, id__in=request.data.get("guarantee_ids", []))
        return good({"updated_count": rows.update(**fields), "fields_updated": list(fields)})


class Notes(View):
    def get(self, request, id):
        rows = _one(request, id).guaranteenote_set.order_by("-created_at", "-id")[:100]
        return good([shapes.note(row) for row in rows])


class AddNote(View):
    """No frame, though the record's `has_notes` changes."""

    def post(self, request, id):
        row = GuaranteeNote.objects.create(
            guarantee=_one(request, id),
            user=request.user,
            content=required(request.data, "content"),
            is_important=bool(request.data.get("is_important", False)),
        )
        return good(shapes.note(row), "Note added", 201)


class Statistics(View):
    def get(self, request):
        return good(_statistics(request))


class Groups(View):
    def get(self, request):
        return good([shapes.group(row) for row in _groups(request)])

    def post(self, request):
        name = required(request.data, "name")
        if _groups(request).filter(name=name).exists():
            raise ValidationError({"name": ["You already have a group with this name."]})
        row = GuaranteeGroup.objects.create(
            user=request.user,
            name=name,
            color=request.data.get("color", "#1976d2"),
            description=request.data.get("description", ""),
        )
        return good(shapes.group(row), status=201)


class OneGroup(View):
    def patch(self, request, id):
        row = get_object_or_404(_groups(request), id=id)
        for field in ("name", "color", "description", "order"):
            setattr(row, field, request.data.get(field, getattr(row, field)))
        row.save()
        return good(shapes.group(row))

    # Its guarantees lose their group in silence.
    def delete(self, request, id):
        get_object_or_404(_groups(request), id=id).delete()
        return good(None)
