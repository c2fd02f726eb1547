from django.apps import AppConfig


class PostausgangConfig(AppConfig):
    name = "konzept.postausgang"
    label = "postausgang"
    verbose_name = "Postausgang"

    def ready(self):
        from konzept.hintergrund import arten

        from .zustellung import LAENGSTENS, STAPEL

        arten.melde_an(
            arten.Art(
                name="post",
                modell="postausgang.Sendung",
                fuehre_aus="konzept.postausgang.zustellung.stelle_zu",
                stapel=STAPEL,
                dauer=LAENGSTENS,
                versuche=None,
            )
        )
