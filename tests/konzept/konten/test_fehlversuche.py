"""Guessing is slowed down, and nobody can lock out somebody else by it."""

import re

import pytest
from django.core import mail, signing
from django.test import Client

from konzept.konten import bekannter_browser
from konzept.konten.bekannter_browser import HOECHSTENS_KONTEN, NAME
from konzept.konten.fehlversuche import GRENZEN, KONTO, NETZ
from konzept.konten.fehlversuche import KENNWORT as KENNWORTVERSUCH
from tests.fabrik import KENNWORT, mache_benutzer, seite_von, text
from tests.konzept.konten.faktor import code, mache_app, mache_codes
from tests.post import stelle_zu

pytestmark = pytest.mark.django_db

RITA = "rita@stadt.example"


def von(adresse: str, **weitere) -> Client:
    return Client(REMOTE_ADDR=adresse, **weitere)


def melde_an(client, email=RITA, kennwort=KENNWORT) -> bool:
    return client.post("/anmelden/", {"login": email, "password": kennwort}).status_code == 302


def rate(client, mal: int, email=RITA) -> list[bool]:
    """Wrong passwords; whether each of them was looked at, or refused before."""
    antworten = [client.post("/anmelden/", {"login": email, "password": f"geraten {i}"}) for i in range(mal)]
    return ["passen nicht zusammen" in text(seite_von(antwort)) for antwort in antworten]


def netze(mal: int) -> list[Client]:
    """So many computers anywhere in the world."""
    return [von(f"198.51.{i // 250}.{i % 250 + 1}") for i in range(mal)]


@pytest.mark.parametrize("mal", [5, 50])
def test_a_stranger_elsewhere_does_not_lock_the_owner_out(rita, mal):
    rate(von("203.0.113.9"), mal)
    assert melde_an(von("192.0.2.7"))


def test_nor_does_one_at_the_next_desk_once_the_browser_is_known(rita):
    eigener = von("192.0.2.7")
    melde_an(eigener)
    eigener.post("/abmelden/")
    assert rate(von("192.0.2.7"), 6) == [True] * 5 + [False]
    assert not melde_an(von("192.0.2.7"))
    assert melde_an(eigener)


def test_a_guesser_is_slowed_down_where_they_are(rita):
    gesehen = rate(von("203.0.113.9"), 60)
    assert gesehen == [True] * 5 + [False] * 55


def test_the_operator_sees_from_where_somebody_guesses(rita, caplog):
    rate(von("203.0.113.9"), 6)
    (zeile,) = [r.getMessage() for r in caplog.records if r.name == "konzept.konten.fehlversuche"]
    assert zeile == "Too many tries from 203.0.113.9: kennwort, counted by hier"


def test_many_who_guess_together_are_slowed_down_and_do_not_lock_out_a_known_browser(rita, monkeypatch):
    monkeypatch.setitem(GRENZEN[KENNWORTVERSUCH], KONTO, "12/h/key")
    eigener = von("192.0.2.7")
    melde_an(eigener)
    eigener.post("/abmelden/")
    gesehen = [versuch for stranger in netze(6) for versuch in rate(stranger, 3)]
    assert gesehen == [True] * 12 + [False] * 6
    assert not melde_an(von("192.0.2.8"))
    assert melde_an(eigener)


def test_nor_an_owner_who_reads_their_mail(rita, monkeypatch):
    """In a browser that was never used before, while the whole world guesses, and goes on with it."""
    monkeypatch.setitem(GRENZEN[KENNWORTVERSUCH], KONTO, "3/h/key")
    for fremder in netze(4):
        rate(fremder, 1)
    neuer = von("192.0.2.8")
    assert not melde_an(neuer)
    neuer.post("/kennwort-vergessen/", {"email": RITA})
    stelle_zu()
    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]
    neues = "ganz neues kennwort"
    neuer.post(neuer.get(link).url, {"password1": neues, "password2": neues})
    for fremder in netze(4):
        rate(fremder, 1)
    assert melde_an(neuer, kennwort=neues)


def test_a_known_browser_may_not_guess_for_ever_either(rita):
    client = von("192.0.2.7")
    melde_an(client)
    client.post("/abmelden/")
    assert rate(client, 11) == [True] * 10 + [False]
    assert not melde_an(client)


def test_being_known_to_one_account_says_nothing_about_another(rita, ole):
    client = von("203.0.113.9")
    melde_an(client, ole.email)
    client.post("/abmelden/")
    assert rate(client, 6) == [True] * 5 + [False]


@pytest.mark.parametrize(
    "cookie",
    ["", "x", "{}", signing.dumps({"a": "b"}), signing.dumps({}, salt="anders")],
    ids=["leer", "Unsinn", "JSON", "unterschrieben", "anders gesalzen"],
)
def test_a_cookie_that_is_not_ours_is_like_none(rita, cookie):
    client = von("203.0.113.9")
    client.cookies[NAME] = cookie
    assert rate(client, 6) == [True] * 5 + [False]
    assert melde_an(von("192.0.2.7"))


def test_the_cookie_names_nobody_and_opens_nothing(rita):
    client = von("192.0.2.7")
    melde_an(client)
    cookie = client.cookies[NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 24 * 60 * 60)
    assert set(signing.loads(cookie.value, salt=bekannter_browser._SALZ)) & {RITA, "rita", str(rita.pk)} == set()
    allein = von("192.0.2.7")
    allein.cookies[NAME] = cookie.value
    assert allein.get("/").status_code == 302


def test_several_accounts_are_known_in_one_browser(rita, ole):
    client = von("192.0.2.7")
    konten = [rita, ole, *(mache_benutzer() for _ in range(HOECHSTENS_KONTEN - 2))]
    for konto in konten:
        assert melde_an(client, konto.email)
        client.post("/abmelden/")
    rate(von("192.0.2.7"), 6)
    assert melde_an(client)


def test_a_browser_that_failed_is_not_known(rita):
    client = von("192.0.2.7")
    rate(client, 1)
    assert NAME not in client.cookies


def test_a_town_hall_behind_one_address_signs_in_at_eight(stadt):
    """200 people within a minute, in browsers that are new, every tenth of whom mistypes the password at first."""
    konten = [mache_benutzer(stadt, "lesen", email=f"amt-{i}@stadt.example") for i in range(200)]
    for i, konto in enumerate(konten):
        client = von("192.0.2.7")
        if i % 10 == 0:
            assert rate(client, 1, konto.email) == [True]
        assert melde_an(client, konto.email), i


def test_the_limits_leave_room_for_a_town_hall():
    for grenzen in GRENZEN.values():
        anzahl, zeit, _ = grenzen[NETZ].split("/")
        assert (int(anzahl) >= 125, zeit) == (True, "10m")


# The other ways in


def beim_code(email=RITA, adresse="192.0.2.7") -> Client:
    client = von(adresse)
    melde_an(client, email)
    return client


def gib_code(client, wert: str) -> str:
    return text(seite_von(client.post("/anmelden/zweiter-faktor/", {"code": wert}, follow=True)))


def test_a_stranger_who_knows_the_password_does_not_lock_the_owner_out_of_the_code(rita):
    mache_app(rita)
    fremder = beim_code(adresse="203.0.113.9")
    saetze = [gib_code(fremder, f"00000{i}") for i in range(8)]
    assert ["Zu viele Fehlversuche" in satz for satz in saetze] == [False] * 5 + [True] * 3
    owner = beim_code()
    gib_code(owner, code())
    assert owner.get("/konto/").status_code == 200


def test_recovery_codes_are_counted_with_them(rita):
    mache_app(rita)
    (echter, *_) = mache_codes(rita)
    fremder = beim_code(adresse="203.0.113.9")
    for i in range(5):
        gib_code(fremder, f"falsch-{i}")
    assert "Zu viele Fehlversuche" in gib_code(fremder, echter)
    owner = beim_code()
    gib_code(owner, echter)
    assert owner.get("/konto/").status_code == 200


def test_confirming_with_the_password_is_not_locked_by_strangers(rita):
    client = von("192.0.2.7")
    melde_an(client)
    rate(von("192.0.2.7"), 6)
    for fremder in netze(25):
        rate(fremder, 5)
    antwort = client.post("/konto/bestaetigen/", {"password": KENNWORT, "next": "/konto/"})
    assert (antwort.status_code, antwort.url) == (302, "/konto/")


def test_confirming_with_the_password_is_no_way_to_guess_it(rita):
    client = von("192.0.2.7")
    melde_an(client)
    saetze = [text(seite_von(client.post("/konto/bestaetigen/", {"password": f"x{i}"}))) for i in range(11)]
    assert "Zu viele" in saetze[-1] or "zu viele" in saetze[-1]


def test_asking_for_a_new_password_floods_no_mailbox_and_locks_nobody_out(rita):
    fremder = von("203.0.113.9")
    saetze = [text(seite_von(fremder.post("/kennwort-vergessen/", {"email": RITA}, follow=True))) for _ in range(8)]
    assert ["schon mehrmals" in satz for satz in saetze] == [False] * 5 + [True] * 3
    assert von("192.0.2.7").post("/kennwort-vergessen/", {"email": RITA}).status_code == 302
    assert stelle_zu() == len(mail.outbox) == 6


def test_asking_too_often_says_the_same_of_an_address_without_account(rita):
    def saetze(email):
        client = von("203.0.113.9")
        antworten = [client.post("/kennwort-vergessen/", {"email": email}) for _ in range(7)]
        return [(antwort.status_code, "schon mehrmals" in antwort.content.decode()) for antwort in antworten]

    assert saetze(RITA) == saetze("gibt-es-nicht@stadt.example")


def test_passkeys_of_a_whole_town_hall_pass(stadt):
    antworten = [von("192.0.2.7").post("/anmelden/passkey/", {"credential": "{}"}).status_code for _ in range(60)]
    assert set(antworten) == {200}
