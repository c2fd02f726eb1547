from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.template.response import TemplateResponse

from .daten import LetzteLeitung, loesche_konto
from .models import Benutzer, Ereignis, Mitgliedschaft, Protokolleintrag
from .protokoll import halte_fest_je_kommune

# What belongs to a person alone: second factors, sessions, what an identity provider handed over.
for _modell in (UserSession, Authenticator, SocialAccount, SocialApp, SocialToken, EmailAddress):
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


class MitgliedschaftInline(admin.TabularInline):
    model = Mitgliedschaft
    extra = 0


@admin.register(Benutzer)
class BenutzerAdmin(UserAdmin):
    form, add_form = BenutzerForm, BenutzerAnlegenForm
    list_display = ["email", "name", "is_active", "is_superuser"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    filter_horizontal = []
    readonly_fields = ["last_login"]
    inlines = [MitgliedschaftInline]
    actions = ["setze_zweiten_faktor_zurueck", "loesche_konten"]
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
        super().save_model(request, obj, form, change)
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()

    @admin.action(description="Zweiten Faktor zurücksetzen (Gerät verloren)", permissions=["change"])
    def setze_zweiten_faktor_zurueck(self, request, konten):
        for konto in konten.filter(authenticator__isnull=False).distinct():
            konto.authenticator_set.all().delete()
            halte_fest_je_kommune(Ereignis.ZWEITER_FAKTOR, person=konto, text="von der Verwaltung zurückgesetzt")
            self.message_user(request, f"Der zweite Faktor von {konto} ist zurückgesetzt.")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.geloescht_am)

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
