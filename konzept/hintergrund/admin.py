"""Jobs in the admin: to look at, to have done again, to take back; never to write."""

from functools import partial

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.utils.functional import cached_property

from . import eingriff

NEUESTE = 1000
"""So many rows are paged through; what is older is found by its state."""
AUF_EINMAL = 100
"""So many rows an action changes: each is logged."""


class _Neueste(Paginator):
    @cached_property
    def count(self):
        return self.object_list[:NEUESTE].count()


class AuftragAdmin(admin.ModelAdmin):
    """For the admin of each kind of Auftrag, registered with `Protokolliert` in front, so that what is done stands in
    the log. For administrators of the installation alone.

    Of a row only what every Auftrag has is read, and the fields named in `felder_der_art`: neither mails nor pictures
    of what is printed are shown, nor cost anything. `__str__` is logged: it must name nobody, and be made of these
    fields.
    """

    felder_der_art: tuple[str, ...] = ()
    erneut_aus = eingriff.BEENDET_OHNE_ERFOLG
    """In which states a row may be done again."""

    list_filter = ["status"]
    ordering = ["-pk"]
    actions = ["versuche_erneut", "brich_ab"]
    paginator = _Neueste
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_list_display(self, request):
        was = self.felder_der_art or ("__str__",)
        return [*was, "status", "fehler", "ab", "begonnen_am", "beendet_am"]

    def get_fields(self, request, obj=None):
        weitere = ("status", "fehler", "angelegt_am", "ab", "begonnen_am", "beendet_am", "versuche", "prio", "rechner")
        return [*self.felder_der_art, *weitere]

    get_readonly_fields = get_fields

    def get_queryset(self, request):
        return super().get_queryset(request).only(*self.get_fields(request))

    def changelist_view(self, request, extra_context=None):
        titel = f"{self.model._meta.verbose_name_plural}, höchstens die {NEUESTE} neuesten"
        return super().changelist_view(request, {"title": titel} | (extra_context or {}))

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser

    has_module_permission = has_steuern_permission = has_view_permission

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description="Noch einmal versuchen", permissions=["steuern"])
    def versuche_erneut(self, request, auftraege):
        versuche = partial(eingriff.versuche_erneut, aus=self.erneut_aus)
        self._tue(request, auftraege, "Noch einmal versuchen", versuche)

    @admin.action(description="Abbrechen", permissions=["steuern"])
    def brich_ab(self, request, auftraege):
        self._tue(request, auftraege, "Abbrechen", eingriff.brich_ab)

    def _tue(self, request, auftraege, was: str, tue) -> None:
        gewaehlt = list(auftraege.order_by("pk")[: AUF_EINMAL + 1])
        if len(gewaehlt) > AUF_EINMAL:
            self.message_user(request, f"Bitte wählen Sie höchstens {AUF_EINMAL} auf einmal.", messages.ERROR)
            return
        getan = sum(self._tue_mit(request, auftrag, was, tue) for auftrag in gewaehlt)
        if getan:
            self.message_user(request, f"{was}: {getan}.")
        if rest := len(gewaehlt) - getan:
            satz = f"{was}: {rest} nicht, weil der Status das nicht (mehr) zulässt oder dasselbe schon wartet."
            self.message_user(request, satz, messages.WARNING)

    def _tue_mit(self, request, auftrag, was: str, tue) -> bool:
        try:
            with transaction.atomic():
                if getan := tue(self.model._default_manager.filter(pk=auftrag.pk)):
                    self.log_change(request, auftrag, was)
        except IntegrityError:
            return False
        return bool(getan)
