"""What the views share."""

from django.db import transaction
from rest_framework.exceptions import ValidationError
from rest_framework.views import APIView

from ..camel import ObjectParser


class View(APIView):
    """Writes run in a transaction; what they throw undoes what they wrote, not what they told."""

    def dispatch(self, request, *args, **kwargs):
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return super().dispatch(request, *args, **kwargs)
        with transaction.atomic():
            return super().dispatch(request, *args, **kwargs)


class SnakeView(View):
    """Candidates and parties take snake_case only."""

    parser_classes = [ObjectParser]


def required(body, field):
    if body.get(field) in (None, ""):
        raise ValidationError({field: ["This field is required."]})
    return body[field]


def one_of(body, field, choices, otherwise):
    value = body.get(field, otherwise)
    if value not in choices:
        raise ValidationError({field: [f'"{value}" is not a valid choice.']})
    return value


def whole(body, field):
    value = required(body, field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValidationError({field: ["A valid integer is required."]})
    return value
