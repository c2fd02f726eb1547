// @ts-check
// Tables as they will be stored: one line to a cell, no cell wider or higher than another, the first row their head,
// whole columns aligned, and their title in the paragraph above, as the dialect has it.
import { alle, alleMarken, stil, worte } from "konzeptwerk/einfuegen-knoten";
import { geglaettet, trenner } from "konzeptwerk/einfuegen-text";
import { zeichen } from "konzeptwerk/einfuegen-zaehlung";

/** @import { Fundbuch } from "konzeptwerk/einfuegen-fundbuch" */
/** @typedef {{ knoten: Node[], umbruch: boolean }} Teil A line of a cell, and whether a mere break parts it from the one before. */

const GROESSTE_SPANNE = 50;
const BLOCK = "p, div, li, h1, h2, h3, h4, h5, h6, blockquote, pre, table, thead, tbody, tfoot, tr, td, th, ul, ol, dd, dt";

/**
 * What goes into a table that is there has no head of its own.
 * @param {Document} dokument
 * @param {Fundbuch} buch
 * @param {{ inTabelle: boolean }} wohin
 */
export function ordneTabellen(dokument, buch, { inTabelle }) {
  for (let tabelle; (tabelle = [...dokument.querySelectorAll("table")].find(istRahmen));) {
    const [zelle] = tabelle.rows[0].cells;
    if (zelle.querySelector("p ~ p, ul, ol, table, h1, h2, h3, h4, h5, h6, br")) buch.merke("rahmen", tabelle);
    if (tabelle.caption?.textContent?.trim()) tabelle.before(alsAbsatz(dokument, tabelle.caption));
    tabelle.replaceWith(...zelle.childNodes);
  }
  for (const tabelle of dokument.querySelectorAll("table")) {
    if (!tabelle.isConnected || tabelle.parentElement?.closest("table")) continue;
    for (const titel of tabelle.querySelectorAll("caption")) {
      const absatz = alsAbsatz(dokument, titel);
      if (!inTabelle && absatz.textContent?.trim()) absatz.append("]"), absatz.prepend("[Tabelle: ");
      tabelle.before(absatz);
      titel.remove();
    }
    ordne(dokument, tabelle, buch, !inTabelle);
  }
}

/** @param {Document} dokument @param {Element} titel */
function alsAbsatz(dokument, titel) {
  const absatz = dokument.createElement("p");
  for (const block of titel.querySelectorAll("p, div")) block.replaceWith(...block.childNodes);
  absatz.append(...titel.childNodes);
  return absatz;
}

/**
 * A table of a single cell is a box around text: mails are laid out with them, and Word writes text boxes so.
 * @param {HTMLTableElement} tabelle
 */
const istRahmen = (tabelle) => tabelle.rows.length === 1 && tabelle.rows[0].cells.length === 1;

/** @param {Document} dokument @param {HTMLTableElement} tabelle @param {Fundbuch} buch @param {boolean} mitKopf */
function ordne(dokument, tabelle, buch, mitKopf) {
  tabelle.before(...alleMarken(tabelle).filter((marke) => !marke.parentElement?.closest("td, th")));
  const alteReihen = [...tabelle.rows];
  const wirdKopf = mitKopf && !istKopf(alteReihen[0]);
  /** @type {HTMLTableCellElement[][]} */
  const reihen = alteReihen.map(() => []);
  alteReihen.forEach((alt, y) => {
    let x = 0;
    for (const zelle of alt.cells) {
      while (reihen[y][x]) x++;
      const [breit, hoch] = [zelle.colSpan, zelle.rowSpan || 1].map((n) => Math.min(Math.max(n, 1), GROESSTE_SPANNE));
      for (let dy = 0; dy < hoch && y + dy < reihen.length; dy++) {
        for (let dx = 0; dx < breit; dx++) reihen[y + dy][x + dx] ??= dy || dx ? dokument.createElement("td") : zelle;
      }
      if ((breit > 1 || hoch > 1) && zelle.firstChild) buch.merke("verbunden", zelle.firstChild, geglaettet(worte(zelle)));
      x += breit;
    }
  });
  const gefuellt = reihen.filter((reihe) => reihe.length);
  const breite = Math.max(0, ...gefuellt.map((reihe) => reihe.length));
  if (!breite) {
    tabelle.remove();
    return;
  }
  for (const reihe of gefuellt) for (let x = 0; x < breite; x++) reihe[x] ??= dokument.createElement("td");
  const koerper = dokument.createElement("tbody");
  const ausrichtung = Array.from({ length: breite }, (_, x) => derSpalte(gefuellt.map((reihe) => reihe[x])));
  gefuellt.forEach((reihe, y) => {
    const neu = dokument.createElement("tr");
    neu.append(...reihe.map((zelle) => alsZelle(dokument, zelle, mitKopf && !y ? "th" : "td", buch)));
    ausrichtung.forEach((wo, x) => { if (wo) neu.cells[x].setAttribute("align", wo); });
    koerper.append(neu);
  });
  if (wirdKopf) buch.merke("kopf", koerper.rows[0].cells[0].firstChild, [...koerper.rows[0].cells].map((z) => geglaettet(z.textContent ?? "")).filter(Boolean).join(" | "));
  tabelle.replaceChildren(koerper);
}

/**
 * What most cells below the head are aligned to, as far as they hold something (as fliesstext/html_tabelle.py has it).
 * @param {HTMLTableCellElement[]} zellen
 */
function derSpalte([kopf, ...koerper]) {
  const voll = koerper.filter((zelle) => zelle.textContent?.trim());
  const gezaehlt = (voll.length ? voll : koerper.length ? koerper : [kopf]).map(ausgerichtet);
  return ["left", "center", "right"].find((wo) => gezaehlt.filter((w) => w === wo).length * 2 > gezaehlt.length);
}

/** @type {Record<string, string>} */
const RICHTUNG = { left: "left", start: "left", center: "center", right: "right", end: "right" };
/** @param {HTMLTableCellElement} zelle */
const ausgerichtet = (zelle) => [zelle, ...alle(zelle, "p, div")].map(
  (e) => RICHTUNG[(/(?<![\w-])text-align:\s*([a-z]+)/i.exec(stil(e))?.[1] ?? e.getAttribute("align") ?? "").toLowerCase()],
).find(Boolean);

/** @param {HTMLTableRowElement | undefined} reihe */
const istKopf = (reihe) => {
  if (!reihe || reihe.parentElement?.tagName === "THEAD") return true;
  const zellen = [...reihe.cells].filter((zelle) => zelle.textContent?.trim());
  return zellen.length > 0 && zellen.every((z) => z.tagName === "TH" || geglaettet([...z.querySelectorAll("b, strong")].filter((e) => !e.parentElement?.closest("b, strong")).map((e) => e.textContent).join(" ")) === geglaettet(z.textContent ?? ""));
};

/** @param {Document} dokument @param {HTMLTableCellElement} alt @param {"td" | "th"} name @param {Fundbuch} buch */
function alsZelle(dokument, alt, name, buch) {
  const neu = dokument.createElement(name);
  const absatz = dokument.createElement("p");
  if (alt.querySelector("table")) buch.merke("tabelle-in-zelle", alt.firstChild);
  for (const liste of alt.querySelectorAll("ol")) nummeriere(liste);
  if (name === "th") for (const fett of alt.querySelectorAll("b, strong")) fett.replaceWith(...fett.childNodes); // as a head is
  const teile = teileVon(alt);
  teile.forEach((teil, i) => {
    const text = teil.knoten.map((k) => (k.nodeType === Node.COMMENT_NODE ? "" : k.textContent)).join("");
    if (i) absatz.append(trenner(absatz.textContent ?? "", text, teil.umbruch));
    absatz.append(...teil.knoten);
  });
  neu.append(absatz);
  if (teile.length > 1) buch.merke("zelle", absatz.firstChild, geglaettet(absatz.textContent ?? ""));
  return neu;
}

/**
 * A number that the list shows is part of what it says.
 * @param {HTMLOListElement} liste
 */
function nummeriere(liste) {
  const art = liste.getAttribute("type") ?? "1";
  let nummer = Number(liste.getAttribute("start") ?? 1);
  for (const punkt of liste.children) {
    if (punkt.tagName === "LI") (punkt.querySelector(":scope > p") ?? punkt).prepend(`${zeichen(art, nummer++)}${art === "1" ? "." : ")"} `);
  }
}

/**
 * The lines of a cell: what blocks and breaks part in it, without what is empty.
 * @param {HTMLTableCellElement} zelle
 */
function teileVon(zelle) {
  /** @type {Teil[]} */
  const teile = [{ knoten: [], umbruch: false }];
  let letzter = teile[0];
  /** @param {boolean} umbruch */
  const neuer = (umbruch) => teile.push(letzter = { knoten: [], umbruch });
  /** @param {Element} knoten @param {Element[]} huellen */
  const gehe = (knoten, huellen) => {
    for (const kind of [...knoten.childNodes]) {
      if (!(kind instanceof Element)) letzter.knoten.push(umhuellt(kind, huellen));
      else if (kind.tagName === "BR") neuer(true);
      else if (kind.matches(BLOCK)) {
        neuer(false);
        gehe(kind, huellen);
        neuer(false);
      } else gehe(kind, [...huellen, kind]);
    }
  };
  gehe(zelle, []);
  const voll = teile.filter(({ knoten }) => knoten.some((k) => k.textContent?.trim() && k.nodeType !== Node.COMMENT_NODE));
  // The marks of finds stay where they are, even in what is empty.
  const reste = teile.filter((teil) => !voll.includes(teil)).flatMap(({ knoten }) => knoten).filter((k) => k.nodeType === Node.COMMENT_NODE);
  if (reste.length && !voll.length) voll.push({ knoten: [], umbruch: false });
  voll[0]?.knoten.unshift(...reste);
  for (const { knoten } of voll) {
    const texte = knoten.filter((k) => k.nodeType !== Node.COMMENT_NODE);
    const [vorn, hinten] = [texte[0], texte.at(-1)];
    if (vorn instanceof Text) vorn.data = vorn.data.trimStart();
    if (hinten instanceof Text) hinten.data = hinten.data.trimEnd();
  }
  return voll;
}

/** @param {Node} knoten @param {Element[]} huellen */
function umhuellt(knoten, huellen) {
  let innen = knoten;
  for (const huelle of knoten instanceof Comment ? [] : huellen.toReversed()) {
    const neu = huelle.cloneNode(false);
    neu.appendChild(innen);
    innen = neu;
  }
  return innen;
}
