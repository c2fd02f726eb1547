// Word writes the items of a list as paragraphs that carry their sign as text; here they become lists. Whatever list it
// is, its items keep the numbers under which they were shown: where one does not count on, a list begins anew.
import { alle, stil } from "konzeptwerk/einfuegen-fundbuch";

const NUMMER = /^\(?(\d{1,3}|[a-z]{1,5})[.)]$/i;
const MARKE = /^\s*(?:([·•▪●○◦§Ø–-])[\s\u00a0]*|(o|\(?(?:\d{1,3}|[a-z]{1,4})[.)])[\s\u00a0]+)/i;

export function alsListen(dokument) {
  const istPunkt = (p) => p?.tagName === "P" && /mso-list:(?!\s*(ignore|none))/i.test(p.dataset.stil ?? "");
  for (const absatz of dokument.querySelectorAll("p")) {
    if (absatz.closest("li") || !istPunkt(absatz)) continue;
    const offen = [];
    const anker = dokument.createElement("div");
    absatz.before(anker);
    const punkte = [];
    for (let punkt = absatz; istPunkt(punkt); punkt = punkt.nextElementSibling) {
      const zeichen = nimmZeichen(punkt);
      const ebene = Number(/level(\d)/i.exec(stil(punkt))?.[1] ?? 1);
      punkte.push({ absatz: punkt, ebene, zeichen, lesarten: lesarten(NUMMER.exec(zeichen)?.[1] ?? "") });
    }
    // From behind, so that each knows the next of its level.
    const naechste = [];
    for (const punkt of punkte.toReversed()) {
      punkt.naechster = naechste[punkt.ebene];
      naechste.length = punkt.ebene;
      naechste[punkt.ebene] = punkt;
    }
    for (const punkt of punkte) {
      nimmMarkenMit(punkt.absatz);
      reiheEin(dokument, anker, offen, punkt);
    }
    anker.replaceWith(...anker.childNodes);
  }
}

// Marks of finds before a paragraph go with it.
function nimmMarkenMit(absatz) {
  const istLeer = (knoten) => knoten?.nodeType === Node.COMMENT_NODE || (knoten?.nodeType === Node.TEXT_NODE && !knoten.data.trim());
  for (let davor = absatz.previousSibling; istLeer(davor);) {
    const marke = davor;
    davor = davor.previousSibling;
    if (marke.nodeType === Node.COMMENT_NODE) absatz.prepend(marke);
  }
}

function reiheEin(dokument, anker, offen, { absatz, ebene, zeichen, lesarten: moegliche, naechster }) {
  while (offen.length && offen.at(-1).ebene > ebene) offen.pop();
  const letzte = offen.at(-1)?.ebene === ebene ? offen.at(-1) : null;
  const weiter = letzte && (moegliche.length ? moegliche.find((l) => zaehltWeiter(letzte, l)) : !letzte.art && letzte);
  if (letzte && !weiter) offen.pop();
  if (!weiter) {
    const lesart = moegliche.find((l) => naechster?.lesarten.some((folgende) => zaehltWeiter(l, folgende))) ?? moegliche[0];
    const liste = dokument.createElement(lesart ? "ol" : "ul");
    if (lesart) zaehle(liste, lesart);
    (offen.at(-1)?.liste.lastElementChild ?? anker).append(liste);
    offen.push({ ebene, liste, ...lesart });
  } else Object.assign(letzte, weiter);
  const punkt = dokument.createElement("li");
  offen.at(-1).liste.append(punkt);
  // "2.1" is no sign of a list here; it stays, as a word.
  if (!moegliche.length && /\d|[.)]$/.test(zeichen)) absatz.prepend(`${zeichen} `);
  punkt.append(absatz);
}

const zaehltWeiter = (davor, danach) => davor.art === danach.art && davor.nummer + 1 === danach.nummer;

function zaehle(liste, { art, nummer }) {
  if (art !== "1") liste.setAttribute("type", art);
  if (nummer !== 1) liste.setAttribute("start", nummer);
}

// Signs and numbers, as the server reads them (konzept/fliesstext/zaehlung.py) -------------------------------------

const WERTE = { m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 };
const ROEMISCH = /^m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/;
const HOECHSTER_BUCHSTABE = 26 * 27;

// What a sign may count, the likelier first: { art, nummer }, where `art` is what the type of an <ol> is called.
function lesarten(text) {
  if (/^\d+$/.test(text)) return [{ art: "1", nummer: Number(text) }];
  const klein = text.toLowerCase();
  if (!text || (text !== klein && text !== klein.toUpperCase())) return [];
  const gross = text !== klein;
  const buchstabe = { art: gross ? "A" : "a", nummer: [...klein].reduce((summe, z) => summe * 26 + z.charCodeAt(0) - 96, 0) };
  const roemisch = ROEMISCH.test(klein) && {
    art: gross ? "I" : "i",
    nummer: klein.match(/cm|cd|xc|xl|ix|iv|\w/g).reduce((summe, z) => summe + WERTE[z], 0),
  };
  const beide = klein.length > 2 ? [roemisch] : klein.length === 2 || klein === "i" ? [roemisch, buchstabe] : [buchstabe, roemisch];
  return beide.filter(Boolean);
}

// The sign that a list shows, without its full stop or bracket.
export function zeichen(art, nummer) {
  let text = "";
  if (/a/i.test(art) && nummer > 0 && nummer <= HOECHSTER_BUCHSTABE) {
    for (let rest = nummer; rest; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  } else if (/i/i.test(art) && nummer > 0 && nummer < 4000) {
    let rest = nummer;
    for (const [wort, wert] of Object.entries(WERTE)) for (; rest >= wert; rest -= wert) text += wort;
  } else return String(nummer);
  return /[AI]/.test(art) ? text.toUpperCase() : text;
}

// Lists of HTML -----------------------------------------------------------------------------------------------------

const NACH_STIL = { "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", decimal: "1" };

// Lists of which each begins at a number and counts on from there, and say by their type how.
export function ordneNummern(dokument) {
  for (const liste of alle(dokument, "ol")) {
    const punkte = [...liste.children].filter((e) => e.tagName === "LI");
    const art = artVon(liste, punkte);
    const schritt = liste.hasAttribute("reversed") ? -1 : 1;
    let nummer = ganzeZahl(liste.getAttribute("start")) ?? (schritt < 0 ? punkte.length : 1);
    let hier = liste;
    let erwartet = null;
    for (const knoten of [...liste.childNodes]) {
      if (knoten.tagName === "LI") {
        nummer = ganzeZahl(knoten.getAttribute("value")) ?? nummer;
        if (nummer !== erwartet) {
          if (erwartet !== null) {
            const neue = dokument.createElement("ol");
            hier.after(neue);
            hier = neue;
          }
          for (const name of ["type", "start", "reversed"]) hier.removeAttribute(name);
          zaehle(hier, { art, nummer });
        }
        erwartet = nummer + 1;
        nummer += schritt;
      }
      if (hier !== liste) hier.append(knoten);
    }
  }
}

const ganzeZahl = (text) => (/^\s*-?\d{1,9}\s*$/.test(text ?? "") ? Number(text) : undefined);

function artVon(liste, punkte) {
  for (const knoten of [...punkte.slice(0, 1), liste]) {
    const nachStil = /(?<![\w-])list-style(?:-type)?:[^;]*?(?<![\w-])((?:lower|upper)-(?:alpha|latin|roman)|decimal)(?![\w-])/i.exec(stil(knoten));
    const art = nachStil ? NACH_STIL[nachStil[1].toLowerCase()] : knoten.getAttribute("type");
    if (/^[aAiI1]$/.test(art ?? "")) return art;
  }
  return "1";
}
// Takes the sign out of the text of an item, and gives it.
function nimmZeichen(absatz) {
  const marken = [...absatz.querySelectorAll("[data-stil*='mso-list:' i]")].filter((e) => /mso-list:\s*ignore/i.test(e.dataset.stil));
  if (marken.length) {
    const text = marken.map((e) => e.textContent).join("").trim();
    marken.forEach((e) => e.remove());
    return text;
  }
  const laeufer = absatz.ownerDocument.createTreeWalker(absatz, NodeFilter.SHOW_TEXT);
  const text = laeufer.nextNode();
  const treffer = MARKE.exec(text?.data ?? "");
  if (!treffer) return "";
  text.data = text.data.slice(treffer[0].length);
  return treffer[1] ?? treffer[2];
}
