"""What is told of the words of a mail server, which are a stranger's."""

import time

import pytest

from konzept.postausgang.serverantwort import ZEICHEN, zitat


def worte(text: str | bytes) -> str:
    return zitat(550, text).removeprefix("Antwort des Mailservers: „550 ").removesuffix("“")


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("<privat@anderswo.example>: User unknown", "<…>: User unknown"),
        ("5.1.1 privat@anderswo.example (via b@stadt.example): unknown", "5.1.1 … (via …): unknown"),
        ('"Rita Privat"@anderswo.example unknown', "… unknown"),
        ("to=privat@[192.0.2.9] SRS0=a=b=stadt.example=rita@x.example", "… …"),
        ("pri\u200bvat＠grün.example", "…"),
        ("Call https://boese.example/x?y=1 now", "Call … now"),
        ("see www.boese.example, boese.example/hilfe or HTTP://boese.example", "see … … or …"),
        ("mailto:a@b.example?subject=x tel:+495111234", "… …"),
        ("Rufen Sie +49 511 123 456-0 oder 0800/123456 an", "Rufen Sie … oder … an"),
        ("ring (0511) 1234567", "ring …"),
    ],
)
def test_addresses_links_and_telephone_numbers_are_left_out(text, erwartet):
    assert worte(text) == erwartet
    assert worte(text.encode()) == erwartet


@pytest.mark.parametrize(
    "text",
    ["5.7.1 Mailbox full (200 of 200 MB), see 4.2.2", "451 4.3.0 try again in 300 s", "mx.stadt.example: no/such user"],
)
def test_the_rest_is_told(text):
    assert worte(text) == text


def test_it_is_left_out_before_it_is_cut():
    text = "x" * (ZEICHEN - 12) + " privat@anderswo.example"
    assert "privat" not in worte(text)


@pytest.mark.parametrize("zeichen", ["a", '"', "a.", "0 ", "@", "+1"])
def test_a_long_one_takes_no_time(zeichen):
    beginn = time.process_time()
    zitat(550, zeichen * 500_000)
    assert time.process_time() - beginn < 3
