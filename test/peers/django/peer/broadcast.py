"""Model signals become frames, inside the transaction that saved the row and so before its commit.

Deleted attendance and counts, entries, bulk updates of a queryset, notes and groups send nothing: nobody listens to them.
"""

import logging

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from . import shapes
from .consumer import GROUP
from .models import Attendance, ElectionResults, Guarantee, VoteCount

log = logging.getLogger(__name__)


def listen():
    post_save.connect(_guarantee_saved, Guarantee)
    post_delete.connect(_guarantee_deleted, Guarantee)
    post_save.connect(_attendance_saved, Attendance)
    post_save.connect(_count_saved, VoteCount)
    post_save.connect(_results_saved, ElectionResults)


def _tell(kind, action, data):
    frame = {"type": kind, "action": action, "data": data, "timestamp": timezone.now().isoformat()}
    try:
        async_to_sync(get_channel_layer().group_send)(GROUP, frame)
    except Exception as error:  # a write stands whether or not anybody could be told
        log.warning("not told: %s", type(error).__name__)


def _action(created):
    return "created" if created else "updated"


def _guarantee_saved(instance, created, **_):
    _tell("guarantee_update", _action(created), shapes.guarantee(instance))


def _guarantee_deleted(instance, **_):
    data = {"id": instance.id, "elector_id": instance.elector_id, "user_id": instance.user_id}
    _tell("guarantee_update", "deleted", data)


def _attendance_saved(instance, created, **_):
    _tell("attendance_update", _action(created), shapes.attendance(instance))


def _count_saved(instance, created, **_):
    _tell("voting_update", _action(created), {"vote_count": shapes.vote_count(instance), "committee_id": None})


def _results_saved(instance, created, **_):
    kind = "results_generated" if created else "results_updated"
    data = {"results": shapes.results(instance), "action_type": kind, "election_id": instance.election_id}
    _tell("voting_update", _action(created), data)
