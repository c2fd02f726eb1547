// @ts-check
// Prepares what is pasted from Word and its like, before the editor reads it: as it will be stored, and with a list of
// what could not be kept. Nothing here keeps anybody from pasting what they should not: the server looks through
// everything anyway.
import { Fundbuch } from "konzeptwerk/einfuegen-fundbuch";
import { loeseFussnoten } from "konzeptwerk/einfuegen-fussnoten";
import { alsListen, ordneNummern } from "konzeptwerk/einfuegen-listen";
import { alle, nimmLeeren, stil, texteIn } from "konzeptwerk/einfuegen-knoten";
import { ohneKommentare, streiche } from "konzeptwerk/einfuegen-nachverfolgung";
import { regelnVon, wendeAn } from "konzeptwerk/einfuegen-stilblatt";
import { ordneTabellen } from "konzeptwerk/einfuegen-tabellen";
import { geglaettet, ohneBedingtes, stumm } from "konzeptwerk/einfuegen-text";
import { nenneAuszeichnung, nurEchteLinks, ohneBilder, setzeAnfuehrungszeichen, stelleHochUndTief } from "konzeptwerk/einfuegen-verluste";

/** @param {Element} knoten @param {string} name */
const ersetze = (knoten, name) => {
  const neu = knoten.ownerDocument.createElement(name);
  neu.append(...knoten.childNodes);
  knoten.replaceWith(neu);
  return neu;
};

/**
 * Emphasis by style becomes emphasis, and bold that a style takes back is none.
 * @param {Document} dokument
 */
function betone(dokument) {
  for (const knoten of alle(dokument, "[data-stil]")) {
    const gewicht = /(?<![\w-])font-weight:\s*(\w+)/i.exec(stil(knoten))?.[1];
    if (/^(B|STRONG)$/.test(knoten.tagName) && /^(normal|[1-4]00)$/i.test(gewicht ?? "")) ersetze(knoten, "span");
    else if (knoten.tagName === "SPAN" && /^(bold|bolder|[6-9]00)$/i.test(gewicht ?? "")) umschliesse(knoten, "strong");
    if (knoten.tagName === "SPAN" && /(?<![\w-])font-style:\s*italic/i.test(stil(knoten))) umschliesse(knoten, "em");
  }
}

/** @param {Element} knoten @param {string} name */
function umschliesse(knoten, name) {
  const huelle = knoten.ownerDocument.createElement(name);
  huelle.append(...knoten.childNodes);
  knoten.append(huelle);
}

/**
 * Headings have one level here, and are whole lines of their own.
 * @param {Document} dokument
 * @param {Fundbuch} buch
 */
function ordneTitel(dokument, buch) {
  for (const absatz of dokument.querySelectorAll("p[role=heading]")) ersetze(absatz, `h${/^[1-6]$/.exec(absatz.getAttribute("aria-level") ?? "") ?? 4}`);
  const titel = [...dokument.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((h) => h.textContent?.trim());
  const hoechster = titel.map((h) => h.tagName).sort()[0];
  const tiefere = titel.filter((h) => h.tagName !== hoechster);
  if (tiefere.length) buch.merke("stufen", tiefere[0].firstChild, tiefere.map((h) => geglaettet(h.textContent ?? "")).join(" · "));
  for (const fett of dokument.querySelectorAll(":is(h1, h2, h3, h4, h5, h6) :is(b, strong)")) fett.replaceWith(...fett.childNodes);
  for (const einer of dokument.querySelectorAll("h1, h2, h3, h5, h6")) ersetze(einer, "h4");
}

/**
 * The lines of a preformatted text are lines, as in a mail without markup.
 * @param {Document} dokument
 */
function trenneZeilen(dokument) {
  for (const vorformatiert of dokument.querySelectorAll("pre")) {
    for (const text of texteIn(dokument, vorformatiert)) {
      const zeilen = text.data.replace(/\n$/, "").split("\n");
      text.replaceWith(...zeilen.flatMap((zeile, i) => (i ? [dokument.createElement("br"), zeile] : [zeile])));
    }
    ersetze(vorformatiert, "div");
  }
}

/**
 * A tab is many no-break spaces, in Word up to eighteen behind a number.
 * @param {Document} dokument
 */
function kuerzeAbstaende(dokument) {
  for (const text of texteIn(dokument, dokument.body)) {
    text.data = text.data.replace(/\s{2,}/g, (raum) => (raum.includes("\u00a0") ? " " : raum));
  }
}

/**
 * HTML from the clipboard: HTML that says by its tags what it means and what will be stored of it, and what could not be
 * kept. `inTabelle` says that it goes into a cell.
 * @param {string} html
 * @param {{ inTabelle?: boolean }} wohin
 */
export function bereinige(html, { inTabelle = false } = {}) {
  const gezeigt = ohneBedingtes(html);
  const dokument = new DOMParser().parseFromString(stumm(gezeigt), "text/html");
  const buch = new Fundbuch(dokument);
  const herkunft = {
    eigenes: Boolean(dokument.querySelector("[data-pm-slice]")),
    libreoffice: /<meta\b[^>]*\b(LibreOffice|OpenOffice)/i.test(html),
  };
  for (const knoten of dokument.querySelectorAll("script, style, meta, link, title, noscript, template")) knoten.remove();
  ohneKommentare(dokument, buch, herkunft);
  wendeAn(regelnVon(gezeigt), dokument);
  streiche(dokument, buch);
  loeseFussnoten(dokument, buch);
  betone(dokument);
  alsListen(dokument);
  ordneNummern(dokument);
  ohneBilder(dokument, buch);
  setzeAnfuehrungszeichen(dokument);
  stelleHochUndTief(dokument, buch);
  nurEchteLinks(dokument, buch, herkunft);
  nenneAuszeichnung(dokument, buch);
  trenneZeilen(dokument);
  kuerzeAbstaende(dokument);
  ordneTabellen(dokument, buch, { inTabelle });
  ordneTitel(dokument, buch);
  for (const leer of dokument.querySelectorAll("p")) {
    if (!leer.textContent?.trim() && !leer.closest("td, th, li")) nimmLeeren(leer);
  }
  const funde = buch.schliesse();
  return { html: dokument.body.innerHTML, funde };
}
