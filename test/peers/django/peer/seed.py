"""Makes the tables and fills them with the rows given as JSON on standard input: the very election the imitation begins with."""

import json
import os
import sys
from datetime import datetime, timezone

import django
from django.contrib.auth.hashers import make_password
from django.core.management import call_command


def _at(ms):
    return datetime.fromtimestamp(ms / 1000, timezone.utc)


def _stamps(row):
    return {"created_at": _at(row["created"]), "updated_at": _at(row.get("updated", row["created"]))}


def fill(tables):
    from . import models

    def make(model, rows, fields):
        model.objects.bulk_create([model(**fields(row)) for row in rows])

    make(
        models.User,
        tables["users"],
        lambda row: {
            "id": row["id"],
            "email": row["email"],
            "password": make_password(row["password"]),
            "first_name": row["first"],
            "last_name": row["last"],
            "role": row["role"],
            "committees": row["committees"],
            "is_active": row["active"],
            "date_joined": _at(row["joined"]),
        },
    )
    make(
        models.Election,
        tables["elections"],
        lambda row: {
            "id": row["id"],
            "name": row["name"],
            "status": row["status"],
            "election_date": row["date"],
            "created_by_id": row["createdBy"],
            **_stamps(row),
        },
    )
    named = ("id", "name")
    make(
        models.Committee,
        tables["committees"],
        lambda row: {
            **{key: row[key] for key in (*named, "code", "gender", "location")},
            "election_id": row["election"],
            **_stamps(row),
        },
    )
    make(
        models.Party,
        tables["parties"],
        lambda row: {**{key: row[key] for key in (*named, "color")}, "election_id": row["election"]},
    )
    make(
        models.Candidate,
        tables["candidates"],
        lambda row: {
            **{key: row[key] for key in named},
            "election_id": row["election"],
            "party_id": row["party"],
            "candidate_number": row["number"],
            "is_active": row["active"],
        },
    )
    make(
        models.Elector,
        tables["electors"],
        lambda row: {
            **{key: row[key] for key in ("gender", "mobile", "section", "department", "team")},
            "koc_id": row["id"],
            "full_name": row["name"],
            "committee_id": row["committee"],
            "is_active": row["active"],
        },
    )
    make(
        models.GuaranteeGroup,
        tables["groups"],
        lambda row: {
            **{key: row[key] for key in (*named, "color", "order")},
            "user_id": row["user"],
            **_stamps(row),
        },
    )
    make(
        models.Guarantee,
        tables["guarantees"],
        lambda row: {
            "id": row["id"],
            "user_id": row["user"],
            "elector_id": row["elector"],
            "group_id": row["group"],
            "guarantee_status": row["status"],
            "confirmation_status": row["confirmation"],
            "mobile": row["mobile"],
            "quick_note": row["note"],
            **_stamps(row),
        },
    )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peer.settings")
    django.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)
    from django.db import transaction

    with transaction.atomic():
        fill(json.load(sys.stdin))
