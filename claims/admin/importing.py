"""Files brought in at the desk: upload, columns, names, a preview row by row, and how far the writing has come."""

import os
import sys
from subprocess import DEVNULL, Popen
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from claims.admin.import_forms import AnswerForm, ColumnsForm, NamesForm, PreviewForm, UploadForm
from claims.imports import forget, keep_mapping, look, open_new
from claims.models import RUNNING, Claim, Import, ImportFile, ImportKind, ImportState
from conflict_site.base.desk import DeskAdmin, ReadOnly

ROWS = 100  # of the preview on one page
NEEDED = ("claims.add_import", "claims.add_claim", "claims.add_source", "actors.add_actor")
INTERRUPTED = "The work was interrupted. Nothing was written; start it again."


@admin.register(Import)
class ImportAdmin(ReadOnly, DeskAdmin):
    """The files that were brought in. Each goes its way by steps of its own, so that nothing of it is a form."""

    list_display = ["name", "kind", "state", "created_by", "created_at"]
    list_filter = ["state", "kind"]
    ordering = ["-id"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perms(NEEDED)

    def get_urls(self) -> list[Any]:
        step = self.admin_site.admin_view(self.step_view)
        return [path("<int:pk>/step/<slug:name>/", step, name="claims_import_step"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """Asks for a file, reads its head, and checks it at once where there is nothing to be asked."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            job = self._keep(request, form)
            is_asked = job.kind == ImportKind.TABLE  # which column holds what
            return redirect(_page(job)) if is_asked else self._start(request, job, dry_run=True)
        context = {**self.admin_site.each_context(request), "title": "Import a file", "form": form, "opts": self.opts}
        return TemplateResponse(request, "admin/import_add.html", context)

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """What is known of a file, and the next step; to htmx, that it has come to an end as soon as it has."""
        job = self.get_object(request, object_id)
        if job is None:
            raise Http404
        if not self.has_view_permission(request, job):
            raise PermissionDenied
        seen = look(job.token) if job.state in RUNNING else None
        if seen and not seen.is_alive:
            _settle(request, job)
            seen = None
        if request.headers.get("HX-Request") and seen is None:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return TemplateResponse(request, "admin/import.html", self._context(request, job, seen))

    def step_view(self, request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
        """A step with a file: which column holds what, whom names mean, check it again, write it."""
        step = STEPS.get(name)
        job = self.get_object(request, str(pk))
        if step is None or job is None:
            raise Http404
        if not self.has_add_permission(request) or job.created_by_id != request.user.pk:
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if job.state in RUNNING or job.state == ImportState.DONE:
            self.message_user(request, "This file is at work, or done.", messages.WARNING)
            return redirect(_page(job))
        return step(self, request, job)

    def columns_step(self, request: HttpRequest, job: Import) -> HttpResponseBase:
        """Keep which column holds what, and check the file."""
        header = job.mapping["header"] if job.kind == ImportKind.TABLE else []
        form = ColumnsForm(header, request.POST)
        if not form.is_valid():
            context = {**self._context(request, job, None), "columns": form}
            return TemplateResponse(request, "admin/import.html", context)
        keep_mapping(header, form.mapping())
        job.mapping = {**form.mapping(), "header": header}
        return self._start(request, job, dry_run=True)

    def names_step(self, request: HttpRequest, job: Import) -> HttpResponseBase:
        """Keep whom names mean, and check the file again."""
        form = NamesForm(job.report.get("questions", []), request.POST)
        if not form.is_valid():
            context = {**self._context(request, job, None), "names": form}
            return TemplateResponse(request, "admin/import.html", context)
        form.keep(request.user)
        return self._start(request, job, dry_run=True)

    def answer_step(self, request: HttpRequest, job: Import) -> HttpResponseBase:
        """Keep whom one name means that was read otherwise, and check the file again."""
        form = AnswerForm(request.POST)
        if not form.is_valid():
            context = {**self._context(request, job, None), "answer": form}
            return TemplateResponse(request, "admin/import.html", context)
        form.keep(request.user)
        return self._start(request, job, dry_run=True)

    def check_step(self, request: HttpRequest, job: Import) -> HttpResponseBase:
        """Check the file again."""
        return self._start(request, job, dry_run=True)

    def write_step(self, request: HttpRequest, job: Import) -> HttpResponseBase:
        """Write the file as drafts."""
        job.leaves_out = bool(request.POST.get("leaves_out"))
        return self._start(request, job, dry_run=False)

    def _keep(self, request: HttpRequest, form: UploadForm) -> Import:
        data, kind = form.cleaned_data["data"], form.cleaned_data["kind"]
        name = form.cleaned_data["file"].name
        mapping = form.cleaned_data.get("mapping", {})
        by: Any = request.user
        job = Import.objects.create(name=name, kind=kind, mapping=mapping, created_by=by)
        ImportFile.objects.create(job=job, data=data)
        return job

    def _start(self, request: HttpRequest, job: Import, *, dry_run: bool) -> HttpResponseBase:
        """Let a process of its own check or write the file; of two starts at once, one."""
        token, file = open_new()
        state = ImportState.CHECKING if dry_run else ImportState.WRITING
        given = {"state": state, "token": token, "mapping": job.mapping, "leaves_out": job.leaves_out}
        try:
            if Import.objects.filter(pk=job.pk).exclude(state__in=[*RUNNING, ImportState.DONE]).update(**given):
                command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_claims", f"--job={job.pk}"]
                command += [f"--progress={file}", *(["--dry-run"] if dry_run else [])]
                Popen(command, stdin=DEVNULL, stdout=DEVNULL, pass_fds=[file], start_new_session=True)  # noqa: S603
            else:
                forget(token)
        finally:
            os.close(file)
        return redirect(_page(job))

    def _context(self, request: HttpRequest, job: Import, seen: Any) -> dict[str, Any]:
        report, asked = job.report, PreviewForm(request.GET)
        rows = [row for row in report.get("rows", []) if asked.chosen in ("", row[1])]
        shown = Paginator(rows, ROWS).get_page(asked.number)
        keys = dict(Claim.objects.filter(slug__in=[row[4] for row in shown]).values_list("slug", "pk"))
        is_own = job.created_by_id == request.user.pk and self.has_add_permission(request)
        is_table = job.kind == ImportKind.TABLE
        is_open = is_own and job.state not in (*RUNNING, ImportState.DONE)
        return {
            **self.admin_site.each_context(request),
            "title": job.name,
            "opts": self.opts,
            "job": job,
            "seen": seen,
            "report": report,
            "rows": shown,
            "shown": [(*row[:5], row[5].splitlines(), keys.get(row[4])) for row in shown],
            "asked": asked,
            "is_open": is_open,
            "columns": ColumnsForm(job.mapping["header"], initial=job.mapping) if is_open and is_table else None,
            "names": NamesForm(report.get("questions", [])) if is_open and report.get("questions") else None,
            "answer": AnswerForm() if is_open and report.get("readings") else None,
            "brings": report.get("counts", {}).get("new", 0) + report.get("counts", {}).get("changed", 0),
            "refused": report.get("counts", {}).get("refused", 0),
        }


STEPS = {
    "columns": ImportAdmin.columns_step,
    "names": ImportAdmin.names_step,
    "answer": ImportAdmin.answer_step,
    "check": ImportAdmin.check_step,
    "write": ImportAdmin.write_step,
}


def _settle(request: HttpRequest, job: Import) -> None:
    """Take note of how the work on a file ended: with the state that it has set, or else by an interruption."""
    forget(job.token)
    before = {ImportState.CHECKING: ImportState.OPEN, ImportState.WRITING: ImportState.CHECKED}
    for state, now in before.items():
        if Import.objects.filter(pk=job.pk, state=state, token=job.token).update(state=now):
            messages.error(request, INTERRUPTED)
    job.refresh_from_db()


def _page(job: Import) -> str:
    return reverse("admin:claims_import_change", args=[job.pk])
