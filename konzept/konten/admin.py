from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.db import transaction
from django.forms import ModelForm
from django.template.response import TemplateResponse
from django.urls import reverse

from konzept.hintergrund.admin import AuftragAdmin
from konzept.hintergrund.models import Status, Termin
from konzept.postausgang.models import Anlass, Sendung
from konzept.schreibweise import ordnung

from .admin_site import Protokolliert
from .brief import verfasse, verschicke
from .daten import LetzteLeitung, beende_sitzungen, loesche_konto
from .models import Benutzer, Ereignis, Mitgliedschaft, Protokolleintrag
from .protokoll import halte_fest
from .vorgaenge import benenne_um, halte_rechte_fest, rollentext
from .zugang import Zugangsaenderung, halte_konto_fest, halte_zugang_fest

# What belongs to a person alone: second factors, sessions, what an identity provider handed over. And groups, which
# nothing here asks for and which would be a way to rights beside the roles.
for _modell in (UserSession, Authenticator, SocialAccount, SocialApp, SocialToken, EmailAddress, Group):
    if admin.site.is_registered(_modell):
        admin.site.unregister(_modell)


class BenutzerAnlegenForm(AdminUserCreationForm):
    class Meta:
        model = Benutzer
        fields = ["email", "name"]


class BenutzerForm(UserChangeForm):
    class Meta:
        model = Benutzer
        fields = "__all__"


class MitgliedschaftForm(ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kommune"].disabled = bool(self.instance.pk)


class MitgliedschaftInline(admin.TabularInline):
    model = Mitgliedschaft
    form = MitgliedschaftForm
    extra = 0


@admin.register(Benutzer)
class BenutzerAdmin(UserAdmin):
    """For administrators of the installation alone: whoever changes accounts could make themself one. Everything is
    logged with the person, and told to the Leitungen where it changes who reads what."""

    form, add_form = BenutzerForm, BenutzerAnlegenForm
    list_display = ["email", "name", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    inlines = [MitgliedschaftInline]
    actions = ["beende_sitzungen", "setze_zweiten_faktor_zurueck", "loesche_konten"]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        ("Rechte", {"fields": ["is_active", "is_staff", "is_superuser", "last_login"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"classes": ["wide"], "fields": ["email", "name", "usable_password", "password1", "password2"]},
        )
    ]

    def save_model(self, request, obj, form, change):
        """A new address has to be proven by its owner; the former one no longer opens the account."""
        with transaction.atomic():
            if change:
                halte_rechte_fest(obj, request.user)
                benenne_um(obj, obj.name, request.user)
            super().save_model(request, obj, form, change)
            EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
            if "email" in form.changed_data and change:
                self._melde_eingriff(request, obj, "neue E-Mail-Adresse")
            if not change:
                halte_fest(Ereignis.OBERFLAECHE, benutzer=request.user, person=obj, text="Konto angelegt")

    def save_related(self, request, form, formsets, change):
        person = form.instance
        with transaction.atomic():
            vorher = _rollen(person)
            super().save_related(request, form, formsets, change)
            nachher = _rollen(person)
            for kommune in {kommune for kommune, _ in vorher ^ nachher}:
                aenderungen = [
                    Zugangsaenderung(ereignis, person, f"{text}, in der Verwaltungsoberfläche")
                    for ereignis, rollen in (
                        (Ereignis.ROLLE_ENTZOGEN, vorher - nachher),
                        (Ereignis.ROLLE_GEGEBEN, nachher - vorher),
                    )
                    for wo, text in sorted(rollen, key=lambda rolle: ordnung(rolle[1]))
                    if wo == kommune
                ]
                halte_zugang_fest(kommune, request.user, aenderungen)

    def user_change_password(self, request, id, form_url=""):
        with transaction.atomic():
            person = self.get_object(request, unquote(id))  # None where there is none; the page then says so itself
            antwort = super().user_change_password(request, id, form_url)
            vorher = person and person.password
            if person and Benutzer.objects.values_list("password", flat=True).get(pk=person.pk) != vorher:
                self._melde_eingriff(request, person, "anderes Kennwort")
        return antwort

    def _melde_eingriff(self, request, person: Benutzer, was: str) -> None:
        """Whoever sets how somebody signs in could do so in their place: the person is told, and the Leitungen are."""
        halte_konto_fest(request.user, Zugangsaenderung(Ereignis.KONTO_GEAENDERT, person, was))
        kontext = {"was": was, "von": request.user, "anmelden": request.build_absolute_uri(reverse("account_login"))}
        verschicke([verfasse(person, "konten/mail/eingriff.txt", kontext, anlass=Anlass.KONTO)])

    @admin.action(description="In allen Browsern abmelden", permissions=["change"])
    def beende_sitzungen(self, request, konten):
        for konto in konten:
            if konto == request.user:
                self.message_user(request, "Ihre eigenen Sitzungen beenden Sie unter „Sitzungen“.", messages.ERROR)
                continue
            with transaction.atomic():
                beende_sitzungen(konto)
                self._melde_eingriff(request, konto, "in allen Browsern abgemeldet")
            self.message_user(request, f"{konto} ist in allen Browsern abgemeldet.")

    @admin.action(description="Zweiten Faktor zurücksetzen (Gerät verloren)", permissions=["change"])
    def setze_zweiten_faktor_zurueck(self, request, konten):
        for konto in konten.filter(authenticator__isnull=False).distinct():
            with transaction.atomic():
                konto.authenticator_set.all().delete()
                self._melde_eingriff(request, konto, "zweiter Faktor zurückgesetzt")
            self.message_user(request, f"Der zweite Faktor von {konto} ist zurückgesetzt.")

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    has_add_permission = has_module_permission = has_view_permission

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser and not (obj and obj.geloescht_am)

    def has_delete_permission(self, request, obj=None):
        """Content and log point at the row, so it stays, without the person: see `loesche_konten`."""
        return False

    @admin.action(description="Konten löschen (anonymisieren)", permissions=["change"])
    def loesche_konten(self, request, konten):
        konten = konten.filter(geloescht_am=None)
        if "bestaetigt" not in request.POST:
            kontext = self.admin_site.each_context(request) | {"title": "Konten löschen", "konten": konten}
            return TemplateResponse(request, "konten/daten_loeschen_admin.html", kontext)
        geloescht = 0
        for konto in konten:
            if konto == request.user:
                self.message_user(request, "Ihr eigenes Konto löschen Sie unter „Ihre Daten“.", messages.ERROR)
                continue
            try:
                loesche_konto(konto, durch=request.user)
                geloescht += 1
            except LetzteLeitung as fehler:
                satz = f"{konto} ist die einzige Leitung von {fehler}. Geben Sie die Rolle zuerst jemand anderem."
                self.message_user(request, satz, messages.ERROR)
        if geloescht:
            self.message_user(request, f"{geloescht} {'Konto' if geloescht == 1 else 'Konten'} gelöscht.")
        return None


def _rollen(person: Benutzer) -> set[tuple]:
    """(Kommune, role in words) of an account, as they stand in the database."""
    zeilen = Mitgliedschaft.objects.filter(benutzer=person).select_related("kommune", "akteur")
    return {(zeile.kommune, rollentext(zeile.rolle, zeile.akteur)) for zeile in zeilen}


@admin.register(Protokolleintrag)
class ProtokolleintragAdmin(admin.ModelAdmin):
    """To read only; also shows what belongs to no Kommune, such as the signing in of administrators."""

    list_display = ["zeitpunkt", "ereignis", "kommune", "benutzer", "person", "text"]
    list_filter = ["ereignis", "kommune"]
    list_select_related = ["kommune", "benutzer", "person"]
    date_hierarchy = "zeitpunkt"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Termin)
class TerminAdmin(Protokolliert, AuftragAdmin):
    """What comes back by the calendar can be had at once, and is never taken back."""

    felder_der_art = ("name", "gelungen_am")
    erneut_aus = (*AuftragAdmin.erneut_aus, Status.WARTET)
    actions = ["versuche_erneut"]


@admin.register(Sendung)
class SendungAdmin(Protokolliert, AuftragAdmin):
    """Without its words. Those are gone once it has ended, so that it cannot be sent again."""

    felder_der_art = ("anlass", "empfaenger", "anlaeufe")
    actions = ["brich_ab"]
