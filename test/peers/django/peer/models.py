"""The tables, as far as the console looks at them."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Stamped(models.Model):
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        # Who saves named fields only (verify, publish) leaves the stamp as it was.
        if update_fields is None and not self._state.adding:
            self.updated_at = timezone.now()
        super().save(*args, update_fields=update_fields, **kwargs)


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    phone = models.CharField(max_length=15, blank=True)
    role = models.CharField(max_length=20, default="USER")
    committees = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    objects = BaseUserManager()

    @property
    def full_name(self):
        return f"{self.first_name} {self.last_name}"

    @property
    def is_admin(self):
        return self.role in ("ADMIN", "SUPER_ADMIN")

    @property
    def is_supervisor(self):
        return self.is_admin or self.role == "SUPERVISOR"

    def may_enter(self, code):
        return self.is_admin or code in self.committees


class Election(Stamped):
    name = models.CharField(max_length=255)
    status = models.CharField(max_length=20, default="SETUP")
    election_date = models.DateField(null=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)


class Committee(Stamped):
    election = models.ForeignKey(Election, on_delete=models.CASCADE)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    gender = models.CharField(max_length=10, default="MIXED")
    location = models.CharField(max_length=255, blank=True)


class Party(Stamped):
    election = models.ForeignKey(Election, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    color = models.CharField(max_length=7, default="#000000")


class Candidate(Stamped):
    election = models.ForeignKey(Election, on_delete=models.CASCADE)
    party = models.ForeignKey(Party, null=True, on_delete=models.SET_NULL)
    name = models.CharField(max_length=200)
    candidate_number = models.PositiveIntegerField()
    is_active = models.BooleanField(default=True)


class Elector(Stamped):
    koc_id = models.CharField(max_length=20, primary_key=True)
    full_name = models.CharField(max_length=255)
    committee = models.ForeignKey(Committee, on_delete=models.PROTECT)
    gender = models.CharField(max_length=10)
    mobile = models.CharField(max_length=15, blank=True)
    section = models.CharField(max_length=100, blank=True)
    department = models.CharField(max_length=100, blank=True)
    team = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    is_approved = models.BooleanField(default=True)


class GuaranteeGroup(Stamped):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    name = models.CharField(max_length=100)
    color = models.CharField(max_length=7, default="#1976d2")
    description = models.TextField(blank=True)
    order = models.IntegerField(default=0)


class Guarantee(Stamped):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE)
    group = models.ForeignKey(GuaranteeGroup, null=True, on_delete=models.SET_NULL)
    guarantee_status = models.CharField(max_length=20, default="GUARANTEED")
    confirmation_status = models.CharField(max_length=20, default="PENDING")
    mobile = models.CharField(max_length=15, blank=True)
    quick_note = models.CharField(max_length=200, blank=True)

    class Meta:
        unique_together = ("user", "elector")


class GuaranteeNote(models.Model):
    guarantee = models.ForeignKey(Guarantee, on_delete=models.CASCADE)
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    content = models.TextField()
    is_important = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)


class Attendance(models.Model):
    elector = models.ForeignKey(Elector, on_delete=models.CASCADE)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE)
    marked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL)
    attended_at = models.DateTimeField(default=timezone.now)
    notes = models.TextField(blank=True)
    status = models.CharField(max_length=10, default="ATTENDED")
    device_info = models.JSONField(default=dict)

    def save(self, *args, **kwargs):
        if self.status == "ATTENDED" and self.elector.committee_id != self.committee_id:
            raise ValueError("the elector belongs to another committee")
        super().save(*args, **kwargs)


class AttendanceStatistics(models.Model):
    """The first read makes the row: zeros under a fresh time."""

    committee = models.OneToOneField(Committee, on_delete=models.CASCADE)
    total_electors = models.IntegerField(default=0)
    total_attended = models.IntegerField(default=0)
    last_updated = models.DateTimeField(default=timezone.now)


class VoteCount(Stamped):
    election = models.ForeignKey(Election, on_delete=models.CASCADE)
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE)
    vote_count = models.PositiveIntegerField()
    status = models.CharField(max_length=20, default="DRAFT")
    is_verified = models.BooleanField(default=False)
    entered_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    verified_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    verified_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True)

    class Meta:
        unique_together = ("committee", "candidate")


class CommitteeVoteEntry(Stamped):
    election = models.ForeignKey(Election, on_delete=models.CASCADE)
    committee = models.OneToOneField(Committee, on_delete=models.CASCADE)
    status = models.CharField(max_length=20, default="IN_PROGRESS")
    total_ballots_cast = models.IntegerField(default=0)
    invalid_ballots = models.IntegerField(default=0)
    entered_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    completed_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    verified_at = models.DateTimeField(null=True)
    notes = models.TextField(blank=True)


class ElectionResults(Stamped):
    election = models.OneToOneField(Election, on_delete=models.CASCADE)
    status = models.CharField(max_length=20, default="DRAFT")
    total_registered_electors = models.IntegerField(default=0)
    total_attendance = models.IntegerField(default=0)
    total_ballots_cast = models.IntegerField(default=0)
    total_invalid_ballots = models.IntegerField(default=0)
    results_data = models.JSONField(default=dict)
    generated_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    generated_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, related_name="+", on_delete=models.SET_NULL)
    published_at = models.DateTimeField(null=True)
