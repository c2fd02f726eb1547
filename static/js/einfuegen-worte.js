// @ts-check
// What people are told of what a paste could not keep (einfuegen-fundbuch.js): text out of finds.

/** @import { Fund } from "konzeptwerk/einfuegen-fundbuch" */

/**
 * What a find is called, one of a kind and several; `{n}` is how many.
 * @type {Record<string, [eine: string, viele: string]>}
 */
const ARTEN = {
  geloescht: ["Eine gelöschte Stelle ist nicht übernommen", "{n} gelöschte Stellen sind nicht übernommen"],
  neu: ["Eine nachverfolgte Einfügung ist übernommen, als wäre sie angenommen", "{n} nachverfolgte Einfügungen sind übernommen, als wären sie angenommen"],
  durchgestrichen: ["Eine durchgestrichene Stelle ist nicht übernommen", "{n} durchgestrichene Stellen sind nicht übernommen"],
  versteckt: ["Eine ausgeblendete Stelle ist nicht übernommen", "{n} ausgeblendete Stellen sind nicht übernommen"],
  kommentar: ["Ein Kommentar ist nicht übernommen", "{n} Kommentare sind nicht übernommen"],
  bild: ["Ein Bild ist nicht übernommen", "{n} Bilder sind nicht übernommen"],
  datei: ["Eine Datei lässt sich in den Text nicht einfügen", "{n} Dateien lassen sich in den Text nicht einfügen"],
  formular: ["Ein Formularfeld ist nicht übernommen", "{n} Formularfelder sind nicht übernommen"],
  fussnote: ["Eine Fußnote steht jetzt in eckigen Klammern im Text", "{n} Fußnoten stehen jetzt in eckigen Klammern im Text"],
  "fussnote-ohne": ["Der Text einer Fußnote war nicht dabei; nur ihr Zeichen steht da", "Der Text von {n} Fußnoten war nicht dabei; nur ihre Zeichen stehen da"],
  gestellt: ["Hoch- oder Tiefgestelltes steht als eigenes Zeichen da", "Hoch- oder Tiefgestelltes steht an {n} Stellen als eigenes Zeichen da"],
  geklammert: ["Hoch- oder Tiefgestelltes steht jetzt in Klammern", "Hoch- oder Tiefgestelltes steht an {n} Stellen jetzt in Klammern"],
  kopf: ["Die erste Zeile einer Tabelle ist jetzt ihr Kopf", "Die erste Zeile von {n} Tabellen ist jetzt ihr Kopf"],
  verbunden: ["Eine verbundene Zelle ist geteilt: Der Inhalt steht in der ersten, der Rest ist leer", "{n} verbundene Zellen sind geteilt: Der Inhalt steht in der jeweils ersten, der Rest ist leer"],
  zelle: ["Eine Zelle mit mehreren Zeilen ist jetzt eine einzige", "{n} Zellen mit mehreren Zeilen sind jetzt je eine einzige"],
  "tabelle-in-zelle": ["Eine Tabelle in einer Zelle ist jetzt deren Text", "{n} Tabellen in Zellen sind jetzt deren Text"],
  rahmen: ["Ein Kasten ist jetzt gewöhnlicher Text", "{n} Kästen sind jetzt gewöhnlicher Text"],
  link: ["Ein Link, der nicht ins Netz führt, ist jetzt nur Text", "{n} Links, die nicht ins Netz führen, sind jetzt nur Text"],
  zitat: ["Ein Zitat oder Einzug ist jetzt gewöhnlicher Text", "{n} Zitate oder Einzüge sind jetzt gewöhnlicher Text"],
  stufen: ["Alle Überschriften sind jetzt Zwischenüberschriften derselben Stufe. Darunter standen", "An {n} Stellen haben Überschriften jetzt dieselbe Stufe. Darunter standen"],
  auszeichnung: ["Unterstrichenes oder Markiertes ist jetzt gewöhnlicher Text", "Unterstrichenes oder Markiertes ist an {n} Stellen jetzt gewöhnlicher Text"],
};
// Their words name the place.
const SELBST_DER_ORT = new Set(["gestellt", "geklammert", "kopf", "verbunden", "zelle", "stufen"]);
const LAENGE = 200;

/**
 * Finds by their kind, in the order in which they are told, each kind with its sentence.
 * @param {Fund[]} funde
 */
export const jeArt = (funde) => Object.entries(ARTEN).flatMap(([art, [eine, viele]]) => {
  const diese = funde.filter((fund) => fund.art === art);
  if (!diese.length) return [];
  return [{ satz: diese.length === 1 ? eine : viele.replace("{n}", String(diese.length)), funde: diese }];
});

/**
 * The words of a find and where they stood; "" where neither is known.
 * @param {Fund} fund
 */
export function stelle({ art, was, vor, nach }) {
  const worte = was.length > LAENGE ? `${was.slice(0, LAENGE)}…` : was;
  const dort = vor ? `nach „${vor}“` : nach && !(was && nach.startsWith(was.slice(0, 15))) && `vor „${nach}“`;
  const wo = !SELBST_DER_ORT.has(art) && dort;
  return [worte && `„${worte}“`, wo].filter(Boolean).join(" ");
}
