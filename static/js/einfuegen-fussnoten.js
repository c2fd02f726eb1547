// Footnotes and endnotes: the text of a note comes in brackets to the place of its sign. A list of notes has no place in
// a concept, and a link to it would lead nowhere.
import { alle, davor, geglaettet, stil } from "konzeptwerk/einfuegen-fundbuch";

const HIN = /^#(_(ftn|edn)\d+|sd(foot|end)note\d+sym|ftnt\d+|fn:?-?\d+|cite_note-.+)$/i;
const HER = /^#(_(ftn|edn)ref\d+|sd(foot|end)note\d+anc|ftnt_ref\d+|fnref:?-?\d+)$/i;
const NOTE = /mso-element:\s*(foot|end)note(?!-)/i;
const NOTEN = /mso-element:\s*(foot|end)note-list/i;

export function loeseFussnoten(dokument, buch) {
  const noten = new Map();
  for (const zurueck of alle(dokument, "a[href^='#']").filter((a) => HER.test(a.getAttribute("href")))) {
    const note = kastenDerNote(zurueck);
    noten.set(zurueck.getAttribute("name") || zurueck.id || note.id, note);
    note.dataset.zeichen = geglaettet(zurueck.textContent).replace(/[[\]]/g, "");
    (zurueck.closest("sup") ?? zurueck).remove();
  }
  const gezeigt = new Set();
  for (const zeichen of alle(dokument, "a[href^='#']").filter((a) => HIN.test(a.getAttribute("href")))) {
    const ziel = zeichen.getAttribute("href").slice(1);
    const note = noten.get(ziel);
    const kurz = geglaettet(zeichen.textContent).replace(/[[\]]/g, "");
    const huelle = zeichen.closest("sup") ?? zeichen;
    if (!note) {
      const hoch = dokument.createElement("sup");
      hoch.append(kurz);
      buch.merke("fussnote-ohne", huelle, kurz);
      hoch.dataset.gemerkt = "";
      huelle.replaceWith(hoch);
      continue;
    }
    const text = gezeigt.has(ziel) ? geklammert(dokument, kurz, []) : geklammert(dokument, kurz, inhaltDerNote(note));
    buch.merke("fussnote", huelle, geglaettet(text.textContent).replace(/^\[Fußnote [^:\]]*(: )?|\]$/g, ""));
    huelle.replaceWith(...(/\s$|^$/.test(davor(huelle)) ? [text] : [" ", text]));
    gezeigt.add(ziel);
  }
  for (const [ziel, note] of noten) {
    if (gezeigt.has(ziel)) note.remove();
    else {
      const absatz = dokument.createElement("p");
      absatz.append(geklammert(dokument, note.dataset.zeichen, inhaltDerNote(note)));
      note.replaceWith(absatz);
      buch.merke("fussnote", absatz.firstChild);
    }
  }
  for (const liste of alle(dokument, "[data-stil]").filter((e) => NOTEN.test(stil(e)))) {
    for (const strich of alle(liste, "hr, br[clear]")) strich.remove();
    liste.replaceWith(...liste.childNodes);
  }
}

const kastenDerNote = (zurueck) => {
  for (let e = zurueck; e; e = e.parentElement) if (NOTE.test(stil(e)) || /^sd(foot|end)note\d+$/.test(e.id)) return e;
  return zurueck.closest("li") ?? zurueck.closest("p") ?? zurueck.parentElement;
};

const inhaltDerNote = (note) => {
  const absaetze = alle(note, "p").filter((p) => p.textContent.trim());
  return (absaetze.length ? absaetze : [note]).flatMap((p, i) => (i ? [" ", ...p.childNodes] : [...p.childNodes]));
};

function geklammert(dokument, zeichen, inhalt) {
  const huelle = dokument.createElement("span");
  const nichtLeer = inhalt.some((k) => (k.textContent ?? k).trim());
  const text = dokument.createElement("span");
  text.append(...inhalt);
  const laeufer = dokument.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  while (laeufer.nextNode() && !(laeufer.currentNode.data = laeufer.currentNode.data.trimStart()));
  huelle.append(`[Fußnote${zeichen ? ` ${zeichen}` : ""}${nichtLeer ? ": " : ""}`, ...(nichtLeer ? [text] : []), "]");
  return huelle;
}
