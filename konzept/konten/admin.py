from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from .models import Benutzer, Mitgliedschaft


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
