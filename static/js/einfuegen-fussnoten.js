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
    if (note === dokument.body) continue;
    noten.set(zurueck.getAttribute("name") || zurueck.id || note.id, note);
    note.dataset.zeichen = geglaettet(zurueck.textContent).replace(/[[\]]/g, "");
    (zurueck.closest("sup") ?? zurueck).remove();
  }
  const gezeigt = new Set();
  const alleZeichen = new Set(alle(dokument, "a[href^='#']").filter((a) => HIN.test(a.getAttribute("href"))));
  for (const hoch of new Set([...alleZeichen].map((a) => a.closest("sup")))) {
    const rest = [...(hoch?.childNodes ?? [])].filter((k) => !alleZeichen.has(k) && /[^\s,;]/.test(k.textContent));
    if (hoch && rest.every((k) => k.nodeType === Node.ELEMENT_NODE && alle(k, "a").some((a) => alleZeichen.has(a)))) hoch.replaceWith(...hoch.childNodes);
  }
  for (const zeichen of alleZeichen) {
    const ziel = zeichen.getAttribute("href").slice(1);
    const note = noten.get(ziel)?.contains(zeichen) ? null : noten.get(ziel);
    const kurz = geglaettet(zeichen.textContent).replace(/[[\]]/g, "");
    if (!note) {
      const hoch = dokument.createElement("sup");
      hoch.append(kurz);
      buch.merke("fussnote-ohne", zeichen, kurz);
      hoch.dataset.gemerkt = "";
      zeichen.replaceWith(hoch);
      continue;
    }
    const text = gezeigt.has(ziel) ? geklammert(dokument, kurz, []) : geklammert(dokument, kurz, inhaltDerNote(note));
    buch.merke("fussnote", zeichen, geglaettet(text.textContent).replace(/^\[Fußnote [^:\]]*(: )?|\]$/g, ""));
    zeichen.replaceWith(...(/\s$|^$/.test(davor(zeichen)) ? [text] : [" ", text]));
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
  ohneRaender(text);
  huelle.append(`[Fußnote${zeichen ? ` ${zeichen}` : ""}${nichtLeer ? ": " : ""}`, ...(nichtLeer ? [text] : []), "]");
  return huelle;
}

function ohneRaender(knoten) {
  const laeufer = knoten.ownerDocument.createTreeWalker(knoten, NodeFilter.SHOW_TEXT);
  const texte = [];
  while (laeufer.nextNode()) texte.push(laeufer.currentNode);
  for (const text of texte) if ((text.data = text.data.trimStart())) break;
  for (const text of texte.reverse()) if ((text.data = text.data.trimEnd())) break;
}
