// What a paste could not keep, each with its words and its place: { art, was, vor, nach }.

const WOERTLICH = 500; // so many get a place; nobody reads more, and each costs a look through its block
const UMGEBUNG = 40;
const NAEHE = 4 * UMGEBUNG;
const NIRGENDS = { vor: "", nach: "" };
const BLOCK = "p, li, td, th, h1, h2, h3, h4, h5, h6, blockquote, pre, div, body";

export const geglaettet = (text) => text.replace(/\s+/g, " ").trim();
export const stil = (knoten) => knoten.dataset.stil ?? "";
export const alle = (dokument, auswahl) => [...dokument.querySelectorAll(auswahl)];

// The words of a node; what stands in different blocks or lines is not one word.
export function worte(knoten) {
  if (knoten.nodeType === Node.TEXT_NODE) return knoten.data;
  if (knoten.nodeType === Node.COMMENT_NODE || /mso-list:\s*ignore/i.test(knoten.dataset?.stil)) return "";
  const text = [...knoten.childNodes].map(worte).join("");
  return knoten.matches?.(`${BLOCK}, br, tr, dd, dt`) ? ` ${text} ` : text;
}

// The last words before a node and the first ones behind it, in its block: no more of a long block is read than that.
export const davor = (knoten) => inDerNaehe(knoten, "previousSibling", (text, neu) => neu + text);
const danach = (knoten) => inDerNaehe(knoten, "nextSibling", (text, neu) => text + neu);

function inDerNaehe(knoten, richtung, verbunden) {
  const block = knoten.parentElement.closest(BLOCK);
  let text = "";
  for (let ort = knoten; ort !== block; ort = ort.parentElement) {
    for (let naechster = ort[richtung]; naechster; naechster = naechster[richtung]) {
      text = verbunden(text, worte(naechster));
      if (text.length > NAEHE) return text;
    }
  }
  return text;
}

// Those of many nodes that stand in another of them.
export function inEinemAnderen(knoten) {
  const menge = new Set(knoten);
  return new Set(knoten.filter((einer) => {
    let oben = einer.parentElement;
    while (oben && !menge.has(oben)) oben = oben.parentElement;
    return oben;
  }));
}

// Takes a block away that has become empty; the marks of what it held stay.
export const nimmLeeren = (block) => block.replaceWith(...alleMarken(block));

export function alleMarken(block) {
  const laeufer = block.ownerDocument.createTreeWalker(block, NodeFilter.SHOW_COMMENT);
  const marken = [];
  while (laeufer.nextNode()) marken.push(laeufer.currentNode);
  return marken;
}

// Takes nodes away, and notes those that said something; `was` gives the words where they are not the node's own.
export function nimmWeg(buch, art, knoten, was) {
  for (const einer of knoten) {
    if (!einer.isConnected) continue;
    if (einer.textContent.trim() || was) buch.merke(art, einer, was?.(einer));
    // Without a cell that is to be seen, the others of its row would move over.
    if (einer.matches("td, th") && !/(?<![\w-])display:\s*none/i.test(stil(einer)) && !einer.hidden) einer.replaceChildren(...alleMarken(einer));
    else einer.remove();
  }
}

export class Fundbuch {
  #funde = [];

  constructor(dokument) {
    this.dokument = dokument;
  }

  // Notes what stands at a node, or nowhere; it leaves a mark there that no reader of elements sees.
  merke(art, knoten, was = geglaettet(worte(knoten))) {
    const marke = this.dokument.createComment("");
    knoten?.before(marke);
    const letzter = this.#funde.at(-1);
    // A program writes a passage as many pieces.
    if (letzter?.art === art && was && letzter.was && grenztAn(letzter.marke, marke)) {
      letzter.was += ` ${was}`;
      marke.remove();
      return;
    }
    this.#funde.push({ art, was, marke });
  }

  // The finds, as they stand one after the other; their places are read now, when everything else is done.
  schliesse() {
    const funde = new Map(this.#funde.map((fund) => [fund.marke, fund]));
    const da = alleMarken(this.dokument.documentElement).flatMap((marke) => funde.get(marke) ?? []);
    const ortlos = this.#funde.filter(({ marke }) => !marke.isConnected);
    const mitBloecken = new Map();
    const orte = da.map(({ marke }, i) => (i < WOERTLICH ? umgebung(marke, mitBloecken) : NIRGENDS));
    for (const { marke } of da) marke.remove();
    return [...da.map(({ art, was }, i) => ({ art, was, ...orte[i] })), ...ortlos.map(({ art, was }) => ({ art, was, ...NIRGENDS }))];
  }
}

function grenztAn(eine, andere) {
  for (let knoten = andere.previousSibling; knoten; knoten = knoten.previousSibling) {
    if (knoten === eine) return true;
    if (knoten.nodeType !== Node.COMMENT_NODE && knoten.textContent.trim()) return false;
  }
  return false;
}

function umgebung(marke, mitBloecken) {
  const ort = marke.parentElement;
  if (!mitBloecken.has(ort)) mitBloecken.set(ort, Boolean(ort.querySelector(`:scope > :is(${BLOCK}, table, ul, ol)`)));
  const [vor, nach] = mitBloecken.get(ort) ? [nachbar(marke, "previousSibling"), nachbar(marke, "nextSibling")] : [davor(marke), danach(marke)];
  return { vor: gekuerzt(geglaettet(vor.slice(-NAEHE)), true), nach: gekuerzt(geglaettet(nach.slice(0, NAEHE)), false) };
}

function nachbar(knoten, richtung) {
  let naechster = knoten[richtung];
  while (naechster && (naechster.nodeType === Node.COMMENT_NODE || !naechster.textContent.trim())) naechster = naechster[richtung];
  return naechster ? worte(naechster) : "";
}

function gekuerzt(text, vomEnde) {
  if (text.length <= UMGEBUNG) return text;
  return vomEnde ? `…${text.slice(-UMGEBUNG).replace(/^\S*\s/, "")}` : `${text.slice(0, UMGEBUNG).replace(/\s\S*$/, "")}…`;
}
