// @ts-check
// What a paste could not keep, each with its words and its place.
import { BLOCK, NAEHE, alleMarken, danach, davor, stil, worte } from "konzeptwerk/einfuegen-knoten";
import { geglaettet, gekuerzt } from "konzeptwerk/einfuegen-text";

/** @typedef {{ art: string, was: string, vor: string, nach: string }} Fund Its kind, its words, the words around it. */

const WOERTLICH = 500; // so many get a place; nobody reads more, and each costs a look through its block
const NIRGENDS = { vor: "", nach: "" };

/**
 * Takes nodes away, and notes those that said something; `was` gives the words where they are not the node's own.
 * @param {Fundbuch} buch
 * @param {string} art
 * @param {HTMLElement[]} knoten
 * @param {(einer: HTMLElement) => string} [was]
 */
export function nimmWeg(buch, art, knoten, was) {
  for (const einer of knoten) {
    if (!einer.isConnected) continue;
    if (einer.textContent?.trim() || was) buch.merke(art, einer, was?.(einer));
    // Without a cell that is to be seen, the others of its row would move over.
    if (einer.matches("td, th") && !/(?<![\w-])display:\s*none/i.test(stil(einer)) && !einer.hidden) einer.replaceChildren(...alleMarken(einer));
    else einer.remove();
  }
}

export class Fundbuch {
  /** @type {{ art: string, was: string, marke: Comment }[]} */
  #funde = [];

  /** @param {Document} dokument */
  constructor(dokument) {
    this.dokument = dokument;
  }

  /**
   * Notes what stands at a node, or nowhere; it leaves a mark there that no reader of elements sees.
   * @param {string} art
   * @param {ChildNode | null} knoten
   * @param {string} [was]
   */
  merke(art, knoten, was = knoten ? geglaettet(worte(knoten)) : "") {
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

  /**
   * The finds, as they stand one after the other; their places are read now, when everything else is done.
   * @returns {Fund[]}
   */
  schliesse() {
    const funde = new Map(this.#funde.map((fund) => [fund.marke, fund]));
    const da = alleMarken(this.dokument.documentElement).flatMap((marke) => funde.get(marke) ?? []);
    const ortlos = this.#funde.filter(({ marke }) => !marke.isConnected);
    /** @type {Map<Element | null, boolean>} */
    const mitBloecken = new Map();
    const orte = da.map(({ marke }, i) => (i < WOERTLICH ? umgebung(marke, mitBloecken) : NIRGENDS));
    for (const { marke } of da) marke.remove();
    return [...da.map(({ art, was }, i) => ({ art, was, ...orte[i] })), ...ortlos.map(({ art, was }) => ({ art, was, ...NIRGENDS }))];
  }
}

/** @param {Comment} eine @param {Comment} andere */
function grenztAn(eine, andere) {
  for (let knoten = andere.previousSibling; knoten; knoten = knoten.previousSibling) {
    if (knoten === eine) return true;
    if (knoten.nodeType !== Node.COMMENT_NODE && knoten.textContent?.trim()) return false;
  }
  return false;
}

/** @param {Comment} marke @param {Map<Element | null, boolean>} mitBloecken */
function umgebung(marke, mitBloecken) {
  const ort = marke.parentElement;
  if (!mitBloecken.has(ort)) mitBloecken.set(ort, Boolean(ort?.querySelector(`:scope > :is(${BLOCK}, table, ul, ol)`)));
  const [vor, nach] = mitBloecken.get(ort) ? [nachbar(marke, "previousSibling"), nachbar(marke, "nextSibling")] : [davor(marke), danach(marke)];
  return { vor: gekuerzt(geglaettet(vor.slice(-NAEHE)), true), nach: gekuerzt(geglaettet(nach.slice(0, NAEHE)), false) };
}

/** @param {Node} knoten @param {"previousSibling" | "nextSibling"} richtung */
function nachbar(knoten, richtung) {
  let naechster = knoten[richtung];
  while (naechster && (naechster.nodeType === Node.COMMENT_NODE || !naechster.textContent?.trim())) naechster = naechster[richtung];
  return naechster ? worte(naechster) : "";
}
