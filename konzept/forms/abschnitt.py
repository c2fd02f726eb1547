"""The form of a section of the outline."""

from konzept.fliesstextfeld import FliesstextEingabe
from konzept.formularbau.elemente import ElementForm
from konzept.models import Abschnitt


class AbschnittForm(ElementForm):
    leer = {"inhalt": "– nichts –"}

    class Meta:
        model = Abschnitt
        fields = ["titel", "kurztitel", "text", "inhalt", "zaehlung", "nummer"]
        error_messages = {"titel": {"required": "Geben Sie dem Abschnitt einen Titel. Er steht in der Gliederung."}}
        help_texts = {
            "inhalt": "Ein Inhalt aus eigenen Formularen, der nach dem Text steht und druckt. Steht er schon in einem "
            "anderen Abschnitt, druckt hier ein Verweis darauf."
        }
        widgets = {"text": FliesstextEingabe(attrs={"rows": 18})}
