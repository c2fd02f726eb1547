"""Signing in and out."""

from django.contrib.auth import views

from .forms import AnmeldeForm
from .wiedervorlage import FELD, lege_vor


class Anmelden(views.LoginView):
    """Signs in and hands on what was typed while the session had expired."""

    template_name = "konten/anmelden.html"
    form_class = AnmeldeForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        antwort = super().form_valid(form)
        lege_vor(self.request, self.get_success_url())
        return antwort

    def get_context_data(self, **kwargs):
        wartet = self.request.POST.get(FELD, "")
        return super().get_context_data(**kwargs) | {
            "wiedervorlage": wartet,
            "aktion": self.request.get_full_path(),
        }


class Abmelden(views.LogoutView):
    pass
