// Prepares what is pasted from Word and its like, before the editor reads it: as it will be stored, and with a list of
// what could not be kept. Nothing here keeps anybody from pasting what they should not: the server looks through
// everything anyway.
import { Fundbuch, nimmLeeren } from "konzeptwerk/einfuegen-fundbuch";
import { loeseFussnoten } from "konzeptwerk/einfuegen-fussnoten";
import { alsListen, ordneNummern } from "konzeptwerk/einfuegen-listen";
import { ohneKommentare, streiche } from "konzeptwerk/einfuegen-nachverfolgung";
import { regelnVon, wendeAn } from "konzeptwerk/einfuegen-stilblatt";
import { ordneTabellen } from "konzeptwerk/einfuegen-tabellen";
import { nenneAuszeichnung, nurEchteLinks, ohneBilder, setzeAnfuehrungszeichen, stelleHochUndTief } from "konzeptwerk/einfuegen-verluste";

const ersetze = (knoten, name) => {
  const neu = knoten.ownerDocument.createElement(name);
  neu.append(...knoten.childNodes);
  knoten.replaceWith(neu);
  return neu;
};

// Emphasis by style becomes emphasis, and bold that a style takes back is none.
function betone(dokument) {
  for (const knoten of dokument.querySelectorAll("[data-stil]")) {
    const stil = knoten.dataset.stil;
    const gewicht = /(?<![\w-])font-weight:\s*(\w+)/i.exec(stil)?.[1];
    if (/^(B|STRONG)$/.test(knoten.tagName) && /^(normal|[1-4]00)$/i.test(gewicht ?? "")) ersetze(knoten, "span");
    else if (knoten.tagName === "SPAN" && /^(bold|bolder|[6-9]00)$/i.test(gewicht ?? "")) umschliesse(knoten, "strong");
    if (knoten.tagName === "SPAN" && /(?<![\w-])font-style:\s*italic/i.test(stil)) umschliesse(knoten, "em");
  }
}

function umschliesse(knoten, name) {
  const huelle = knoten.ownerDocument.createElement(name);
  huelle.append(...knoten.childNodes);
  knoten.append(huelle);
}

// Headings have one level here, and are whole lines of their own.
function ordneTitel(dokument, buch) {
  for (const absatz of dokument.querySelectorAll("p[role=heading]")) ersetze(absatz, `h${/^[1-6]$/.exec(absatz.getAttribute("aria-level")) ?? 4}`);
  const titel = [...dokument.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((h) => h.textContent.trim());
  const hoechster = titel.map((h) => h.tagName).sort()[0];
  const tiefere = titel.filter((h) => h.tagName !== hoechster);
  if (tiefere.length) buch.merke("stufen", tiefere[0].firstChild, tiefere.map((h) => h.textContent.replace(/\s+/g, " ").trim()).join(" · "));
  for (const fett of dokument.querySelectorAll(":is(h1, h2, h3, h4, h5, h6) :is(b, strong)")) fett.replaceWith(...fett.childNodes);
  for (const einer of dokument.querySelectorAll("h1, h2, h3, h5, h6")) ersetze(einer, "h4");
}

// The lines of a preformatted text are lines, as in a mail without markup.
function trenneZeilen(dokument) {
  for (const vorformatiert of dokument.querySelectorAll("pre")) {
    const laeufer = dokument.createTreeWalker(vorformatiert, NodeFilter.SHOW_TEXT);
    const texte = [];
    while (laeufer.nextNode()) texte.push(laeufer.currentNode);
    for (const text of texte) {
      const zeilen = text.data.replace(/\n$/, "").split("\n");
      text.replaceWith(...zeilen.flatMap((zeile, i) => (i ? [dokument.createElement("br"), zeile] : [zeile])));
    }
    ersetze(vorformatiert, "div");
  }
}

// A tab is many no-break spaces, in Word up to eighteen behind a number.
function kuerzeAbstaende(dokument) {
  const laeufer = dokument.createTreeWalker(dokument.body, NodeFilter.SHOW_TEXT);
  while (laeufer.nextNode()) laeufer.currentNode.data = laeufer.currentNode.data.replace(/\s{2,}/g, (raum) => (raum.includes("\u00a0") ? " " : raum));
}

// What only Word reads, in comments that others skip.
const ohneBedingtes = (html) => html.replace(/<!--\[[\s\S]*?-->/g, "");

// Styles are only read here and handlers not even that; the page's policy would complain about both.
const stumm = (html) => html
  .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(
    /([\s/"'])(style|on\w+)\s*=/gi, (_, davor, name) => `${davor}${name.toLowerCase() === "style" ? "data-stil" : "data-weg"}=`,
  ));

// HTML from the clipboard as { html, funde }: HTML that says by its tags what it means and what will be stored of it,
// and what could not be kept (see Fundbuch). `inTabelle` says that it goes into a cell.
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
    if (!leer.textContent.trim() && !leer.closest("td, th, li")) nimmLeeren(leer);
  }
  const funde = buch.schliesse();
  return { html: dokument.body.innerHTML, funde };
}
