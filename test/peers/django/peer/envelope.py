"""The envelope around every answer, and the pages of fifty."""

from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler


def good(data, message=None, status=200, **meta):
    words = {} if message is None else {"message": message}
    stamp = {"timestamp": _utc_now(), "request_id": str(uuid4())}
    return Response({"status": "success", "data": data, **words, "meta": {**stamp, **meta}}, status)


def bad(message, status=400, **errors):
    return Response({"status": "error", "data": None, "message": message, **({"errors": errors} if errors else {})}, status)


def missing(message="Not found."):
    return bad(message, 404)


def forbidden(message="You do not have permission to perform this action."):
    return bad(message, 403)


def page_of(request, rows, shape, wrap=None):
    """`page_size` is not listened to."""
    paginator = PageNumberPagination()
    paginator.page_size = 50
    listed = [shape(row) for row in paginator.paginate_queryset(rows, request)]
    page = paginator.page.paginator
    pagination = {"count": page.count, "next": paginator.get_next_link(), "previous": paginator.get_previous_link()}
    return good(listed if wrap is None else {wrap: listed}, pagination=pagination)


def failure(error, context):
    """What DRF understands becomes an envelope; all else is left to Django, whose answer is a page."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, exceptions.ValidationError) and isinstance(error.detail, dict):
        field, words = next(iter(error.detail.items()))
        first = str(words[0] if isinstance(words, list) else words)
        response.data = bad(first if field == "non_field_errors" else f"{field}: {first}", **error.detail).data
    else:
        response.data = bad(_words(error)).data
    return response


def _words(error):
    if isinstance(error, Http404):
        return "Not found."
    if isinstance(error, PermissionDenied):
        return "You do not have permission to perform this action."
    detail = error.detail
    return str(detail["detail"] if isinstance(detail, dict) and "detail" in detail else detail)


def _utc_now():
    return timezone.now().isoformat()
