// @ts-check
// What is asked of the nodes of a paste: their words, their style, what stands beside them.

export const BLOCK = "p, li, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre, div, body";

// So many signs of a long block are read around a node.
export const NAEHE = 160;

/** @param {HTMLElement} knoten */
export const stil = (knoten) => knoten.dataset.stil ?? "";

/**
 * A paste also holds drawings and formulas; they are asked for nothing that an element of HTML alone has.
 * @param {ParentNode} dokument
 * @param {string} auswahl
 */
export const alle = (dokument, auswahl) => {
  /** @type {NodeListOf<HTMLElement>} */
  const gefunden = dokument.querySelectorAll(auswahl);
  return [...gefunden];
};

/**
 * The words of a node; what stands in different blocks or lines is not one word.
 * @param {Node} knoten
 * @returns {string}
 */
export function worte(knoten) {
  if (knoten instanceof Text) return knoten.data;
  if (knoten instanceof Comment) return "";
  const element = knoten instanceof Element ? knoten : null;
  if (/mso-list:\s*ignore/i.test(element?.getAttribute("data-stil") ?? "")) return "";
  const text = [...knoten.childNodes].map(worte).join("");
  return element?.matches(`${BLOCK}, br, tr, dd, dt`) ? ` ${text} ` : text;
}

/**
 * The last words before a node and the first ones behind it, in its block: no more of a long block is read than that.
 * @param {Node} knoten
 */
export const davor = (knoten) => inDerNaehe(knoten, "previousSibling", (text, neu) => neu + text);
/** @param {Node} knoten */
export const danach = (knoten) => inDerNaehe(knoten, "nextSibling", (text, neu) => text + neu);

/**
 * @param {Node} knoten
 * @param {"previousSibling" | "nextSibling"} richtung
 * @param {(text: string, neu: string) => string} verbunden
 */
function inDerNaehe(knoten, richtung, verbunden) {
  const block = knoten.parentElement?.closest(BLOCK) ?? null;
  let text = "";
  /** @type {Node | null} */
  let ort = knoten;
  for (; ort && ort !== block; ort = ort.parentElement) {
    for (let naechster = ort[richtung]; naechster; naechster = naechster[richtung]) {
      text = verbunden(text, worte(naechster));
      if (text.length > NAEHE) return text;
    }
  }
  return text;
}

/**
 * Those of many nodes that stand in another of them.
 * @param {HTMLElement[]} knoten
 */
export function inEinemAnderen(knoten) {
  /** @type {Set<Element>} */
  const menge = new Set(knoten);
  return new Set(knoten.filter((einer) => {
    let oben = einer.parentElement;
    while (oben && !menge.has(oben)) oben = oben.parentElement;
    return oben;
  }));
}

/**
 * @param {Document} dokument
 * @param {Element} wurzel
 */
export function texteIn(dokument, wurzel) {
  const laeufer = dokument.createTreeWalker(wurzel, NodeFilter.SHOW_TEXT);
  const texte = [];
  while (laeufer.nextNode()) if (laeufer.currentNode instanceof Text) texte.push(laeufer.currentNode);
  return texte;
}

/**
 * The comments in a node; after the first steps those are the marks of finds alone (einfuegen-fundbuch.js).
 * @param {Element} wurzel
 */
export function alleMarken(wurzel) {
  const laeufer = wurzel.ownerDocument.createTreeWalker(wurzel, NodeFilter.SHOW_COMMENT);
  const marken = [];
  while (laeufer.nextNode()) if (laeufer.currentNode instanceof Comment) marken.push(laeufer.currentNode);
  return marken;
}

/**
 * Takes a block away that has become empty; the marks of what it held stay.
 * @param {Element} block
 */
export const nimmLeeren = (block) => block.replaceWith(...alleMarken(block));
