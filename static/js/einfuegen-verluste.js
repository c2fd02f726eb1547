// @ts-check
// Pictures, raised signs, links and marks: what of them has no form in a concept is taken away or rewritten here, and
// noted in the book of finds.
import { nimmWeg } from "konzeptwerk/einfuegen-fundbuch";
import { alle, davor, inEinemAnderen, stil, texteIn } from "konzeptwerk/einfuegen-knoten";
import { geglaettet } from "konzeptwerk/einfuegen-text";

/** @import { Fundbuch } from "konzeptwerk/einfuegen-fundbuch" */

const MARKIERT = /mso-highlight:(?!\s*none)|background(-color)?:\s*(yellow|lime|aqua|fuchsia|#ff0\b|#ffff00)/i;

const ZEICHENBILD = /^\p{Extended_Pictographic}[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]*$/u;

/** @param {Document} dokument @param {Fundbuch} buch */
export function ohneBilder(dokument, buch) {
  for (const punkt of alle(dokument, "li[role=checkbox], li[aria-checked]")) {
    for (const bild of alle(punkt, "img, input[type=checkbox]")) bild.remove();
    (punkt.querySelector("p") ?? punkt).prepend(kaestchen(punkt.getAttribute("aria-checked") === "true"));
  }
  for (const feld of alle(dokument, "input[type=checkbox], input[type=radio]")) {
    feld.before(kaestchen(feld instanceof HTMLInputElement && feld.checked).trim());
    if (/^[^\s]/.test(feld.nextSibling?.textContent ?? "")) feld.before(" ");
    feld.remove();
  }
  for (const feld of alle(dokument, "input[type=hidden]")) feld.remove();
  for (const bild of alle(dokument, "img")) {
    const alt = bild.getAttribute("alt")?.trim() ?? "";
    if (ZEICHENBILD.test(alt)) bild.replaceWith(alt);
    else if (bild.getAttribute("width") === "1" || bild.getAttribute("height") === "1") bild.remove(); // counts who reads a mail
    else nimmWeg(buch, "bild", [bild], () => geglaettet(alt || bild.title));
  }
  nimmWeg(buch, "bild", alle(dokument, "svg, math, object, embed, iframe, video, audio, canvas, figure:empty"), (e) =>
    geglaettet(e.getAttribute("title") ?? e.getAttribute("aria-label") ?? (e.localName === "math" ? e.textContent ?? "" : "")));
  nimmWeg(buch, "formular", alle(dokument, "select, textarea, input, button, datalist, .MsoPlaceholderText"), (e) =>
    geglaettet(inhalt(e) ?? e.textContent ?? ""));
}

/**
 * What somebody has chosen or written in a control.
 * @param {HTMLElement} feld
 */
function inhalt(feld) {
  if (feld instanceof HTMLSelectElement) return feld.selectedOptions[0]?.textContent ?? feld.value;
  return feld instanceof HTMLTextAreaElement || feld instanceof HTMLInputElement || feld instanceof HTMLButtonElement ? feld.value : null;
}

/** @param {boolean} angekreuzt */
const kaestchen = (angekreuzt) => (angekreuzt ? "☑ " : "☐ ");

// Raised and lowered signs, as the server writes them (konzept/fliesstext/hochtief.py) ---------------------------

/** @param {string} aus @param {string} zu */
const tabelle = (aus, zu) => new Map([...aus].map((z, i) => [z, [...zu][i]]));
/** @type {Record<string, Map<string, string>>} */
const GESTELLT = {
  sup: tabelle("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
  sub: tabelle("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
};
const KURZ = 20;
const WORT = /[\p{L}\p{N}]/u;

/** @param {Document} dokument @param {Fundbuch} buch */
export function stelleHochUndTief(dokument, buch) {
  /** @param {HTMLElement} e */
  const art = (e) => (/^SU[PB]$/.test(e.tagName) ? e.localName : /vertical-align:\s*(su[pb])/i.exec(stil(e))?.[1].toLowerCase() ?? "");
  const gestellt = alle(dokument, "sup, sub, [data-stil*='vertical-align' i]").filter(art);
  // What is raised in what is raised comes first.
  const innen = inEinemAnderen(gestellt);
  for (const knoten of [...gestellt.filter((e) => innen.has(e)).reverse(), ...gestellt.filter((e) => !innen.has(e))]) {
    const zeichen = GESTELLT[art(knoten)];
    const text = (knoten.textContent ?? "").trim();
    const fertig = new Set(zeichen.values());
    const vorher = davor(knoten);
    // The last words before it, the sign, and the rest of its word.
    const rest = knoten.nextSibling instanceof Text ? /^[\p{L}\p{N}]*/u.exec(knoten.nextSibling.data)?.[0] ?? "" : "";
    const stelle = () => geglaettet(`${/(\S+\s+){0,2}\S*$/.exec(vorher.slice(-40))?.[0]}${(knoten.textContent ?? "").trimEnd()}${rest}`);
    if (text && [...text].every((z) => fertig.has(z))) {
      // Google writes one in the other.
    } else if (text && [...text].every((z) => zeichen.has(z) || fertig.has(z) || " \u00a0,;".includes(z))) {
      for (const teil of texteIn(dokument, knoten)) teil.data = [...teil.data].map((z) => zeichen.get(z) ?? z).join("");
      if (!("gemerkt" in knoten.dataset)) buch.merke("gestellt", knoten, stelle());
    } else if (text && WORT.test(text[0]) && (text.length <= KURZ || WORT.test(vorher.at(-1) ?? ""))) {
      knoten.prepend(WORT.test(vorher.at(-1) ?? "") ? " (" : "(");
      knoten.append(")");
      buch.merke("geklammert", knoten, stelle());
    }
    if (/^SU[PB]$/.test(knoten.tagName)) knoten.replaceWith(...knoten.childNodes);
    else knoten.dataset.stil = "";
  }
}

// Links, quotations, marks ----------------------------------------------------------------------------------------

/** @param {Document} dokument @param {Fundbuch} buch @param {{ eigenes: boolean }} herkunft */
export function nurEchteLinks(dokument, buch, { eigenes }) {
  for (const a of alle(dokument, "a")) {
    const ziel = a.getAttribute("href")?.trim() ?? "";
    if (/^(https?:\/\/|mailto:)./i.test(ziel) || (eigenes && ziel.startsWith("#"))) continue;
    if (ziel && a.textContent?.trim()) buch.merke("link", a);
    a.replaceWith(...a.childNodes);
  }
}

/**
 * The marks of a quotation are drawn, not written, where HTML says that it is one.
 * @param {Document} dokument
 */
export function setzeAnfuehrungszeichen(dokument) {
  for (const zitat of alle(dokument, "q")) {
    const [auf, zu] = zitat.parentElement?.closest("q") ? ["‚", "‘"] : ["„", "“"];
    const text = zitat.textContent ?? "";
    if (text.trim() && !/^\s*["„“»«‚‘]/.test(text)) {
      zitat.prepend(auf);
      zitat.append(zu);
    }
  }
}

/** @param {Document} dokument @param {Fundbuch} buch */
export function nenneAuszeichnung(dokument, buch) {
  for (const zitat of alle(dokument, "blockquote")) {
    if (zitat.textContent?.trim() && !zitat.parentElement?.closest("blockquote")) buch.merke("zitat", zitat);
  }
  const markiert = alle(dokument, "u, mark, [data-stil]").filter((e) =>
    e.matches("mark, u") || MARKIERT.test(stil(e)) || /text-decoration:\s*underline/i.test(stil(e)));
  const innen = inEinemAnderen(markiert);
  for (const einer of markiert) {
    const ohne = einer.matches("td, th, tr, table, body, :has(a)") || einer.closest("a, ins, .msoIns, [class*='hyperlink' i], [class*='TrackChangeTextInsertion' i]") || innen.has(einer);
    if (!ohne && einer.textContent?.trim()) buch.merke("auszeichnung", einer);
  }
}
