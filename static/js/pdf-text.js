// Mends text that was copied out of a PDF, where each line stands for itself: lines become paragraphs, signs at their
// beginnings lists, and hyphens at their ends go where they only parted a word. Nothing is left out: page numbers and
// running heads stay as paragraphs of their own.

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

const zeilenVon = (text) => text.replace(/\r\n?/g, "\n").split(/[\n\u2028\f]/).map((zeile) => zeile.replace(/[ \t\u00a0]+/g, " ").trim());
const beginntKlein = (zeile) => /^[("„»]?\p{Ll}/u.test(zeile);

// How long the lines of a text are that reach its right edge.
function breite(zeilen) {
  const laengen = zeilen.map((zeile) => zeile.length).sort((a, b) => a - b);
  return laengen[Math.floor(0.9 * (laengen.length - 1))] ?? 0;
}
const SCHMALSTE = 30;

// Whether a text looks as if it had been copied out of a PDF, or had been broken into lines by another program.
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

// The text in order: { bloecke, woerter, fraglich }. A block is { art: "absatz", text } or { art: "liste", start, punkte }
// with start null for bullets; an item is { text, listen }. `woerter` are those that lost a hyphen, `fraglich` those of
// them that may have been two.
export function ordneZeilen(text) {
  const zeilen = zeilenVon(text);
  const stuecke = [];
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
    if (marke) stuecke.push({ zeichen: marke[1], teile: [marke[2]] });
    else if (nummern.has(i)) stuecke.push({ zeichen: "1.", nummer: nummern.get(i), teile: [NUMMER.exec(zeile)[2]] });
    else if (stuecke.length && !getrennt && gehtWeiter(vorige, zeile, rand, stuecke.at(-1))) haengeAn(stuecke.at(-1).teile, zeile, funde);
    else stuecke.push({ teile: [zeile] });
    vorige = zeile;
    getrennt = false;
  }
  const { woerter, fraglich } = funde;
  return { bloecke: bloeckeVon(stuecke.map(({ teile, ...stueck }) => ({ ...stueck, text: teile.join("") }))), woerter, fraglich };
}

// Numbers at the beginnings of lines that count on, so that they are a list and no date or result of a vote.
function gezaehlte(zeilen) {
  const kandidaten = zeilen.flatMap((zeile, i) => {
    const [, nummer, rest] = NUMMER.exec(zeile) ?? [];
    return nummer && !DATUM.test(rest) ? [[i, Number(nummer)]] : [];
  });
  const folgt = (a, b) => a && b && b[1] === a[1] + 1;
  return new Map(kandidaten.filter((k, j) => folgt(kandidaten[j - 1], k) || folgt(k, kandidaten[j + 1])));
}

const endetGetrennt = (zeile) => /\p{L}$/u.test(zeile.slice(0, -1)) && TRENNSTRICHE.includes(zeile.at(-1) ?? " ");

// Whether a line goes on with what the one before it began: that one was full, or stopped amid a sentence.
function gehtWeiter(vorige, zeile, rand, stueck) {
  if (!stueck.teile[0]) return true;
  if (/(^|\s)\d{1,2}\.$/.test(vorige) && DATUM.test(zeile)) return true;
  if (SEITENZAHL.test(vorige) || SEITENZAHL.test(zeile)) return false;
  if (endetGetrennt(vorige) || OFFEN.test(vorige)) return true;
  if (!SATZENDE.test(vorige) && beginntKlein(zeile)) return true;
  const erstesWort = /^\S+/.exec(zeile)[0].length;
  return vorige.length + 1 + erstesWort > 0.85 * rand;
}

// Only the last part of a text is read: some are very long.
function haengeAn(teile, zeile, { woerter, fraglich, bekannt }) {
  const letzter = teile.pop();
  const strich = letzter.at(-1);
  const stamm = letzter.slice(0, -1);
  const wort = /\S*$/.exec(stamm)[0];
  const weich = strich === "\u00ad" || strich === "¬";
  if (!letzter) teile.push(zeile);
  else if (!endetGetrennt(letzter)) teile.push(letzter, /(\/|\d-)$/.test(letzter) ? zeile : ` ${zeile}`);
  else if (!weich && (BINDEWORT.test(zeile) || bleibtGetrennt(wort, zeile, bekannt))) teile.push(letzter, ` ${zeile}`);
  else if (weich || (beginntKlein(zeile) && istTeilEinesWortes(wort))) {
    // The word goes with what follows; it may be parted again.
    teile.push(stamm.slice(0, stamm.length - wort.length), wort + zeile);
    const ganz = (wort + /^\S+/.exec(zeile)[0]).replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
    woerter.push(ganz);
    if (!weich && FUEGEWORT.test(zeile) && !bekannt.has(ganz)) fraglich.push(ganz);
  } else teile.push(letzter, zeile);
}

// Whether a hyphen stands for something that comes later, as in "Kinder- in Not".
function bleibtGetrennt(wort, zeile, bekannt) {
  const fuegewort = FUEGEWORT.exec(zeile)?.[0];
  const anfang = /\p{L}+$/u.exec(wort)?.[0] ?? "";
  if (!fuegewort || !/^\p{Lu}/u.test(anfang) || bekannt.has(anfang + fuegewort)) return false;
  if (bekannt.has(anfang)) return true;
  if (SILBE.test(fuegewort)) return !/[nlraeiouäöü]$/.test(anfang);
  return !UMSTANDSWORT.test(anfang) && !(NACH_VOKAL.test(fuegewort) && /[aeiouäöü]$/.test(anfang));
}

// "EU-", "E-" and an address keep their hyphen.
const istTeilEinesWortes = (wort) => {
  const letzter = wort.split("-").at(-1);
  return /\p{L}{2,}$/u.test(letzter) && !/^\p{Lu}{2,}$/u.test(letzter) && !/[@/]|www\./.test(wort);
};

// Items of a list, one in the other: a new sign goes deeper, one that is open already goes back to it.
function bloeckeVon(stuecke) {
  const bloecke = [];
  let offen = [];
  for (const stueck of stuecke) {
    if (!stueck.zeichen) {
      offen = [];
      bloecke.push({ art: "absatz", text: stueck.text });
      continue;
    }
    const gleiche = offen.findIndex(({ zeichen }) => zeichen === stueck.zeichen);
    // Numbers behind bullets are the next list, bullets behind a number belong to it.
    const ebene = gleiche >= 0 ? gleiche : stueck.nummer ? 0 : offen.length;
    // Numbers that begin anew are another list.
    const weiter = gleiche >= 0 && (!stueck.nummer || offen[ebene].naechste === stueck.nummer);
    offen = offen.slice(0, ebene + (weiter ? 1 : 0));
    if (!weiter) {
      const liste = { art: "liste", start: stueck.nummer ?? null, punkte: [] };
      if (ebene) offen[ebene - 1].liste.punkte.at(-1).listen.push(liste);
      else bloecke.push(liste);
      offen.push({ zeichen: stueck.zeichen, liste });
    }
    offen[ebene].naechste = (stueck.nummer ?? 0) + 1;
    offen[ebene].liste.punkte.push({ text: stueck.text, listen: [] });
  }
  return bloecke;
}
