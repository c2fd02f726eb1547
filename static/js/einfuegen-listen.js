// @ts-check
// Word writes the items of a list as paragraphs that carry their sign as text; here they become lists. Whatever list it
// is, its items keep the numbers under which they were shown: where one does not count on, a list begins anew.
import { alle, stil, texteIn } from "konzeptwerk/einfuegen-knoten";
import { lesarten, zaehltWeiter } from "konzeptwerk/einfuegen-zaehlung";

/** @import { Lesart } from "konzeptwerk/einfuegen-zaehlung" */
/** @typedef {{ absatz: HTMLElement, ebene: number, zeichen: string, lesarten: Lesart[], naechster?: Punkt }} Punkt */
/** @typedef {{ ebene: number, liste: HTMLElement, zaehlt: Lesart | null }} Offen A list to which items may still come. */

const NUMMER = /^\(?(\d{1,3}|[a-z]{1,5})[.)]$/i;
const MARKE = /^\s*(?:([·•▪●○◦§Ø–-])[\s\u00a0]*|(o|\(?(?:\d{1,3}|[a-z]{1,4})[.)])[\s\u00a0]+)/i;

/** @param {Document} dokument */
export function alsListen(dokument) {
  /** @param {Element | null} p */
  const istPunkt = (p) => p instanceof HTMLParagraphElement && /mso-list:(?!\s*(ignore|none))/i.test(stil(p)) && p;
  for (const absatz of dokument.querySelectorAll("p")) {
    if (absatz.closest("li") || !istPunkt(absatz)) continue;
    /** @type {Offen[]} */
    const offen = [];
    const anker = dokument.createElement("div");
    absatz.before(anker);
    /** @type {Punkt[]} */
    const punkte = [];
    for (let punkt = istPunkt(absatz); punkt; punkt = istPunkt(punkt.nextElementSibling)) {
      const zeichen = nimmZeichen(punkt);
      const ebene = Number(/level(\d)/i.exec(stil(punkt))?.[1] ?? 1);
      punkte.push({ absatz: punkt, ebene, zeichen, lesarten: lesarten(NUMMER.exec(zeichen)?.[1] ?? "") });
    }
    // From behind, so that each knows the next of its level.
    /** @type {Punkt[]} */
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

/**
 * Marks of finds before a paragraph go with it.
 * @param {HTMLElement} absatz
 */
function nimmMarkenMit(absatz) {
  let davor = absatz.previousSibling;
  while (davor instanceof Comment || (davor instanceof Text && !davor.data.trim())) {
    const marke = davor;
    davor = davor.previousSibling;
    if (marke instanceof Comment) absatz.prepend(marke);
  }
}

/** @param {Document} dokument @param {HTMLElement} anker @param {Offen[]} offen @param {Punkt} punkt */
function reiheEin(dokument, anker, offen, { absatz, ebene, zeichen, lesarten: moegliche, naechster }) {
  while ((offen.at(-1)?.ebene ?? 0) > ebene) offen.pop();
  let hier = offen.at(-1)?.ebene === ebene ? offen.at(-1) : undefined;
  const davor = hier?.zaehlt;
  const weiter = davor ? moegliche.find((l) => zaehltWeiter(davor, l)) : null;
  // Signs that count nothing go on in a list that counts nothing either.
  if (hier && !weiter && (davor || moegliche.length)) {
    offen.pop();
    hier = undefined;
  }
  if (!hier) {
    const lesart = moegliche.find((l) => naechster?.lesarten.some((folgende) => zaehltWeiter(l, folgende))) ?? moegliche[0];
    const liste = dokument.createElement(lesart ? "ol" : "ul");
    if (lesart) zaehle(liste, lesart);
    (offen.at(-1)?.liste.lastElementChild ?? anker).append(liste);
    hier = { ebene, liste, zaehlt: lesart ?? null };
    offen.push(hier);
  } else if (weiter) hier.zaehlt = weiter;
  const punkt = dokument.createElement("li");
  hier.liste.append(punkt);
  // "2.1" is no sign of a list here; it stays, as a word.
  if (!moegliche.length && /\d|[.)]$/.test(zeichen)) absatz.prepend(`${zeichen} `);
  punkt.append(absatz);
}

/** @param {HTMLElement} liste @param {Lesart} lesart */
function zaehle(liste, { art, nummer }) {
  if (art !== "1") liste.setAttribute("type", art);
  if (nummer !== 1) liste.setAttribute("start", String(nummer));
}

// Lists of HTML -----------------------------------------------------------------------------------------------------

/** @type {Record<string, string>} */
const NACH_STIL = { "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I", decimal: "1" };

/**
 * Lists of which each begins at a number and counts on from there, and say by their type how.
 * @param {Document} dokument
 */
export function ordneNummern(dokument) {
  for (const liste of alle(dokument, "ol")) {
    const punkte = [...liste.children].filter((e) => e.tagName === "LI");
    const art = artVon(liste, punkte);
    const schritt = liste.hasAttribute("reversed") ? -1 : 1;
    let nummer = ganzeZahl(liste.getAttribute("start")) ?? (schritt < 0 ? punkte.length : 1);
    let hier = liste;
    /** @type {number | null} */
    let erwartet = null;
    for (const knoten of [...liste.childNodes]) {
      if (knoten instanceof HTMLLIElement) {
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

/** @param {string | null} text */
const ganzeZahl = (text) => (/^\s*-?\d{1,9}\s*$/.test(text ?? "") ? Number(text) : undefined);

/** @param {HTMLElement} liste @param {Element[]} punkte */
function artVon(liste, punkte) {
  for (const knoten of [punkte[0] ?? liste, liste]) {
    const nachStil = /(?<![\w-])list-style(?:-type)?:[^;]*?(?<![\w-])((?:lower|upper)-(?:alpha|latin|roman)|decimal)(?![\w-])/i.exec(knoten.getAttribute("data-stil") ?? "");
    const art = nachStil ? NACH_STIL[nachStil[1].toLowerCase()] : knoten.getAttribute("type");
    if (art && /^[aAiI1]$/.test(art)) return art;
  }
  return "1";
}

/**
 * Takes the sign out of the text of an item, and gives it.
 * @param {HTMLElement} absatz
 */
function nimmZeichen(absatz) {
  const marken = alle(absatz, "[data-stil*='mso-list:' i]").filter((e) => /mso-list:\s*ignore/i.test(stil(e)));
  if (marken.length) {
    const text = marken.map((e) => e.textContent).join("").trim();
    marken.forEach((e) => e.remove());
    return text;
  }
  const [text] = texteIn(absatz.ownerDocument, absatz);
  const treffer = text && MARKE.exec(text.data);
  if (!treffer) return "";
  text.data = text.data.slice(treffer[0].length);
  return treffer[1] ?? treffer[2];
}
