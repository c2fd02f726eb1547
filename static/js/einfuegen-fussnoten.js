// @ts-check
// Footnotes and endnotes: the text of a note comes in brackets to the place of its sign. A list of notes has no place in
// a concept, and a link to it would lead nowhere.
import { alle, davor, stil, texteIn } from "konzeptwerk/einfuegen-knoten";
import { geglaettet } from "konzeptwerk/einfuegen-text";

/** @import { Fundbuch } from "konzeptwerk/einfuegen-fundbuch" */

const HIN = /^#(_(ftn|edn)\d+|sd(foot|end)note\d+sym|ftnt\d+|fn:?-?\d+|cite_note-.+)$/i;
const HER = /^#(_(ftn|edn)ref\d+|sd(foot|end)note\d+anc|ftnt_ref\d+|fnref:?-?\d+)$/i;
const NOTE = /mso-element:\s*(foot|end)note(?!-)/i;
const NOTEN = /mso-element:\s*(foot|end)note-list/i;

/** @param {Document} dokument @param {Fundbuch} buch */
export function loeseFussnoten(dokument, buch) {
  /** @type {Map<string, HTMLElement>} */
  const noten = new Map();
  for (const zurueck of alle(dokument, "a[href^='#']").filter((a) => HER.test(a.getAttribute("href") ?? ""))) {
    const note = kastenDerNote(zurueck);
    if (!note || note === dokument.body) continue;
    noten.set(zurueck.getAttribute("name") || zurueck.id || note.id, note);
    note.dataset.zeichen = ohneKlammern(zurueck);
    (zurueck.closest("sup") ?? zurueck).remove();
  }
  const gezeigt = new Set();
  const mitZeichen = alle(dokument, "a[href^='#']").filter((a) => HIN.test(a.getAttribute("href") ?? ""));
  /** @type {Set<Node>} */
  const alleZeichen = new Set(mitZeichen);
  for (const hoch of new Set(mitZeichen.map((a) => a.closest("sup")))) {
    const rest = [...(hoch?.childNodes ?? [])].filter((k) => !alleZeichen.has(k) && /[^\s,;]/.test(k.textContent ?? ""));
    if (hoch && rest.every((k) => k instanceof Element && alle(k, "a").some((a) => alleZeichen.has(a)))) hoch.replaceWith(...hoch.childNodes);
  }
  for (const zeichen of mitZeichen) {
    const ziel = zeichen.getAttribute("href")?.slice(1) ?? "";
    const note = noten.get(ziel)?.contains(zeichen) ? null : noten.get(ziel);
    const kurz = ohneKlammern(zeichen);
    if (!note) {
      const hoch = dokument.createElement("sup");
      hoch.append(kurz);
      buch.merke("fussnote-ohne", zeichen, kurz);
      hoch.dataset.gemerkt = "";
      zeichen.replaceWith(hoch);
      continue;
    }
    const text = gezeigt.has(ziel) ? geklammert(dokument, kurz, []) : geklammert(dokument, kurz, inhaltDerNote(note));
    buch.merke("fussnote", zeichen, geglaettet(text.textContent ?? "").replace(/^\[Fußnote [^:\]]*(: )?|\]$/g, ""));
    zeichen.replaceWith(...(/\s$|^$/.test(davor(zeichen)) ? [text] : [" ", text]));
    gezeigt.add(ziel);
  }
  for (const [ziel, note] of noten) {
    if (gezeigt.has(ziel)) note.remove();
    else {
      const absatz = dokument.createElement("p");
      absatz.append(geklammert(dokument, note.dataset.zeichen ?? "", inhaltDerNote(note)));
      note.replaceWith(absatz);
      buch.merke("fussnote", absatz.firstChild);
    }
  }
  for (const liste of alle(dokument, "[data-stil]").filter((e) => NOTEN.test(stil(e)))) {
    for (const strich of alle(liste, "hr, br[clear]")) strich.remove();
    liste.replaceWith(...liste.childNodes);
  }
}

/** @param {HTMLElement} knoten */
const ohneKlammern = (knoten) => geglaettet(knoten.textContent ?? "").replace(/[[\]]/g, "");

/** @param {HTMLElement} zurueck @returns {HTMLElement | null} */
const kastenDerNote = (zurueck) => {
  /** @type {HTMLElement | null} */
  let e = zurueck;
  for (; e; e = e.parentElement) if (NOTE.test(stil(e)) || /^sd(foot|end)note\d+$/.test(e.id)) return e;
  return zurueck.closest("li") ?? zurueck.closest("p") ?? zurueck.parentElement;
};

/** @param {HTMLElement} note @returns {(ChildNode | string)[]} */
const inhaltDerNote = (note) => {
  const absaetze = alle(note, "p").filter((p) => p.textContent?.trim());
  return (absaetze.length ? absaetze : [note]).flatMap((p, i) => (i ? [" ", ...p.childNodes] : [...p.childNodes]));
};

/** @param {Document} dokument @param {string} zeichen @param {(ChildNode | string)[]} inhalt */
function geklammert(dokument, zeichen, inhalt) {
  const huelle = dokument.createElement("span");
  const nichtLeer = inhalt.some((k) => (typeof k === "string" ? k : k.textContent ?? "").trim());
  const text = dokument.createElement("span");
  text.append(...inhalt);
  ohneRaender(dokument, text);
  huelle.append(`[Fußnote${zeichen ? ` ${zeichen}` : ""}${nichtLeer ? ": " : ""}`, ...(nichtLeer ? [text] : []), "]");
  return huelle;
}

/** @param {Document} dokument @param {HTMLElement} knoten */
function ohneRaender(dokument, knoten) {
  const texte = texteIn(dokument, knoten);
  for (const text of texte) if ((text.data = text.data.trimStart())) break;
  for (const text of texte.reverse()) if ((text.data = text.data.trimEnd())) break;
}
