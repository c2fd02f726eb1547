// @ts-check
// Mends text that was copied out of a PDF, where each line stands for itself: lines become paragraphs, signs at their
// beginnings lists, and hyphens at their ends go where they only parted a word. Nothing is left out: page numbers and
// running heads stay as paragraphs of their own.

/** @typedef {{ text: string, listen: Liste[] }} Punkt */
/** @typedef {{ art: "liste", start: number | null, punkte: Punkt[] }} Liste `start` is null for bullets. */
/** @typedef {{ art: "absatz", text: string }} Absatz */
/** @typedef {{ woerter: string[], fraglich: string[], bekannt: Set<string> }} Funde */
/** @typedef {{ zeichen?: string, nummer?: number }} Marke The sign of an item; none for a paragraph. */

const ZEICHEN = "•▪■●○◦‣⁃§✓✔➢➤\uf0b7\uf0a7\uf0d8\uf02d·";
const PUNKT = new RegExp(`^([${ZEICHEN}])\\s*(.*)$`, "u");
const STRICH = /^([-–—*o])\s+(\S.*)$/;
const NUMMER = /^\(?(\d{1,3})[.)]\s+(\S.*)$/;
const DATUM = /^(januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember|quartal|halbjahr|jahrhundert|jahrestag)/i;
const SATZENDE = /[.!?:…]["“”»)\]]*$/;
const SEITENZAHL = /^(seite\s+)?[-–]?\s*\d{1,4}\s*[-–]?(\s*(\/|von)\s*\d{1,4})?$/i;
const BINDEWORT = /^(und|oder|bzw\.?|beziehungsweise|sowie|als|wie|noch|bis|statt|u\.|&)(\s|$)/;
// They follow a part of a word that is still to be completed ("Kinder- in Not"), not its last syllable; but some are
// syllables too, behind a vowel ("Studi-um") or such a sound as that of "Län-der".
const FUEGEWORT = /^(in|im|am|an|auf|aus|um|ohne|über|unter|für|mit|nach|bei|vom|von|vor|zu|zum|zur|durch|gegen|der|die|des|den)(?=\s|$)/;
const NACH_VOKAL = /^(am|an|auf|aus|um|ohne|über|unter)$/;
const SILBE = /^(der|die|des|den)$/;
const UMSTANDSWORT = /^(dar?|wor?|war|hin|her|hier|vor|vo|so)$/i;
const OFFEN = /([,;–—(/&+]|\d-|(^|\s)(am|im|vom|zum|zur|bis|und|oder|der|die|das|den|dem|des|eine?[mnrs]?|in|an|mit|von|für|auf|zu))$/i;
const TRENNSTRICHE = "-\u2010\u00ad¬";

/** @param {string} text */
const zeilenVon = (text) => text.replace(/\r\n?/g, "\n").split(/[\n\u2028\f]/).map((zeile) => zeile.replace(/[ \t\u00a0]+/g, " ").trim());
/** @param {string} zeile */
const beginntKlein = (zeile) => /^[("„»]?\p{Ll}/u.test(zeile);

/**
 * How long the lines of a text are that reach its right edge.
 * @param {string[]} zeilen
 */
function breite(zeilen) {
  const laengen = zeilen.map((zeile) => zeile.length).sort((a, b) => a - b);
  return laengen[Math.floor(0.9 * (laengen.length - 1))] ?? 0;
}
const SCHMALSTE = 30;

/**
 * Whether a text looks as if it had been copied out of a PDF, or had been broken into lines by another program.
 * @param {string} text
 */
export function siehtNachPdfAus(text) {
  const zeilen = zeilenVon(text).filter(Boolean);
  const paare = zeilen.slice(1).map((zeile, i) => [zeilen[i], zeile]);
  if (paare.some(([a, b]) => /\p{L}{2}[-\u2010\u00ad¬]$/u.test(a) && beginntKlein(b) && !BINDEWORT.test(b))) return true;
  if (zeilen.filter((zeile) => PUNKT.test(zeile)).length > 1) return true;
  const rand = breite(zeilen);
  if (zeilen.length < 4 || rand < SCHMALSTE || rand > 140) return false;
  const volle = paare.filter(([a]) => a.length > 0.75 * rand);
  const laufende = volle.filter(([a]) => !SATZENDE.test(a));
  return volle.length >= 0.6 * paare.length && laufende.length >= 0.5 * paare.length && paare.some(([a, b]) => !SATZENDE.test(a) && beginntKlein(b));
}

/**
 * The text in order. `woerter` are those that lost a hyphen, `fraglich` those of them that may have been two.
 * @param {string} text
 */
export function ordneZeilen(text) {
  const zeilen = zeilenVon(text);
  /** @type {(Marke & { teile: string[] })[]} */
  const stuecke = [];
  /** @type {Funde} */
  const funde = { woerter: [], fraglich: [], bekannt: new Set(text.match(/\p{L}+(?![\p{L}\u00ad¬-])/gu)) };
  const rand = Math.max(SCHMALSTE, breite(zeilen.filter(Boolean)));
  const nummern = gezaehlte(zeilen);
  const striche = ["-", "–", "—", "*", "o"].filter((z) => zeilen.filter((zeile) => STRICH.exec(zeile)?.[1] === z).length > 1);
  let vorige = "";
  let getrennt = true;
  for (const [i, zeile] of zeilen.entries()) {
    if (!zeile) {
      getrennt ||= !endetGetrennt(vorige);
      continue;
    }
    const strich = STRICH.exec(zeile);
    const marke = PUNKT.exec(zeile) ?? (strich && (striche.includes(strich[1]) || vorige.endsWith(":")) ? strich : null);
    const gezaehlt = nummern.get(i);
    const letztes = stuecke.at(-1);
    if (marke) stuecke.push({ zeichen: marke[1], teile: [marke[2]] });
    else if (gezaehlt) stuecke.push({ zeichen: "1.", ...gezaehlt });
    else if (letztes && !getrennt && gehtWeiter(vorige, zeile, rand, letztes.teile)) haengeAn(letztes.teile, zeile, funde);
    else stuecke.push({ teile: [zeile] });
    vorige = zeile;
    getrennt = false;
  }
  const { woerter, fraglich } = funde;
  return { bloecke: bloeckeVon(stuecke.map(({ teile, ...stueck }) => ({ ...stueck, text: teile.join("") }))), woerter, fraglich };
}

/**
 * Numbers at the beginnings of lines that count on, so that they are a list and no date or result of a vote: by the
 * place of their line, with what stands behind them.
 * @param {string[]} zeilen
 */
function gezaehlte(zeilen) {
  const kandidaten = zeilen.flatMap((zeile, i) => {
    const [, nummer, rest] = NUMMER.exec(zeile) ?? [];
    return nummer && !DATUM.test(rest) ? [{ i, nummer: Number(nummer), teile: [rest] }] : [];
  });
  /** @param {number} j */
  const folgt = (j) => kandidaten[j]?.nummer === kandidaten[j - 1]?.nummer + 1;
  return new Map(kandidaten.filter((_, j) => folgt(j) || folgt(j + 1)).map(({ i, ...punkt }) => [i, punkt]));
}

/** @param {string} zeile */
const endetGetrennt = (zeile) => /\p{L}$/u.test(zeile.slice(0, -1)) && TRENNSTRICHE.includes(zeile.at(-1) ?? " ");

/**
 * Whether a line goes on with what the one before it began: that one was full, or stopped amid a sentence.
 * @param {string} vorige
 * @param {string} zeile
 * @param {number} rand
 * @param {string[]} teile
 */
function gehtWeiter(vorige, zeile, rand, teile) {
  if (!teile[0]) return true;
  if (/(^|\s)\d{1,2}\.$/.test(vorige) && DATUM.test(zeile)) return true;
  if (SEITENZAHL.test(vorige) || SEITENZAHL.test(zeile)) return false;
  if (endetGetrennt(vorige) || OFFEN.test(vorige)) return true;
  if (!SATZENDE.test(vorige) && beginntKlein(zeile)) return true;
  return vorige.length + 1 + erstesWort(zeile).length > 0.85 * rand;
}

/** @param {string} zeile */
const erstesWort = (zeile) => zeile.split(/\s/, 1)[0];
/** @param {string} text */
const letztesWort = (text) => text.slice(text.search(/\S*$/));

/**
 * Only the last part of a text is read: some are very long.
 * @param {string[]} teile
 * @param {string} zeile
 * @param {Funde} funde
 */
function haengeAn(teile, zeile, { woerter, fraglich, bekannt }) {
  const letzter = teile.pop() ?? "";
  const strich = letzter.at(-1);
  const stamm = letzter.slice(0, -1);
  const wort = letztesWort(stamm);
  const weich = strich === "\u00ad" || strich === "¬";
  if (!letzter) teile.push(zeile);
  else if (!endetGetrennt(letzter)) teile.push(letzter, /(\/|\d-)$/.test(letzter) ? zeile : ` ${zeile}`);
  else if (!weich && (BINDEWORT.test(zeile) || bleibtGetrennt(wort, zeile, bekannt))) teile.push(letzter, ` ${zeile}`);
  else if (weich || (beginntKlein(zeile) && istTeilEinesWortes(wort))) {
    // The word goes with what follows; it may be parted again.
    teile.push(stamm.slice(0, stamm.length - wort.length), wort + zeile);
    const ganz = (wort + erstesWort(zeile)).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    woerter.push(ganz);
    if (!weich && FUEGEWORT.test(zeile) && !bekannt.has(ganz)) fraglich.push(ganz);
  } else teile.push(letzter, zeile);
}

/**
 * Whether a hyphen stands for something that comes later, as in "Kinder- in Not".
 * @param {string} wort
 * @param {string} zeile
 * @param {Set<string>} bekannt
 */
function bleibtGetrennt(wort, zeile, bekannt) {
  const fuegewort = FUEGEWORT.exec(zeile)?.[0];
  const anfang = /\p{L}+$/u.exec(wort)?.[0] ?? "";
  if (!fuegewort || !/^\p{Lu}/u.test(anfang) || bekannt.has(anfang + fuegewort)) return false;
  if (bekannt.has(anfang)) return true;
  if (SILBE.test(fuegewort)) return !/[nlraeiouäöü]$/.test(anfang);
  return !UMSTANDSWORT.test(anfang) && !(NACH_VOKAL.test(fuegewort) && /[aeiouäöü]$/.test(anfang));
}

/**
 * "EU-", "E-" and an address keep their hyphen.
 * @param {string} wort
 */
const istTeilEinesWortes = (wort) => {
  const letzter = wort.slice(wort.lastIndexOf("-") + 1);
  return /\p{L}{2,}$/u.test(letzter) && !/^\p{Lu}{2,}$/u.test(letzter) && !/[@/]|www\./.test(wort);
};

/**
 * Items of a list, one in the other: a new sign goes deeper, one that is open already goes back to it.
 * @param {(Marke & { text: string })[]} stuecke
 */
function bloeckeVon(stuecke) {
  /** @type {(Absatz | Liste)[]} */
  const bloecke = [];
  /** @type {{ zeichen: string, liste: Liste, naechste: number }[]} */
  let offen = [];
  for (const stueck of stuecke) {
    if (!stueck.zeichen) {
      offen = [];
      bloecke.push({ art: "absatz", text: stueck.text });
      continue;
    }
    const { zeichen, nummer, text } = stueck;
    const gleiche = offen.findIndex((eine) => eine.zeichen === zeichen);
    // Numbers behind bullets are the next list, bullets behind a number belong to it.
    const ebene = gleiche >= 0 ? gleiche : nummer ? 0 : offen.length;
    // Numbers that begin anew are another list.
    const weiter = gleiche >= 0 && (!nummer || offen[ebene].naechste === nummer);
    offen = offen.slice(0, ebene + (weiter ? 1 : 0));
    if (!weiter) {
      /** @type {Liste} */
      const liste = { art: "liste", start: nummer ?? null, punkte: [] };
      (offen.at(-1)?.liste.punkte.at(-1)?.listen ?? bloecke).push(liste);
      offen.push({ zeichen, liste, naechste: 0 });
    }
    offen[ebene].naechste = (nummer ?? 0) + 1;
    offen[ebene].liste.punkte.push({ text, listen: [] });
  }
  return bloecke;
}
