// @ts-check
// What other people left in a document while they worked on it is none of its text: deleted and struck-out words,
// hidden ones, comments. It is taken away here, and noted in the book of finds.
import { nimmWeg } from "konzeptwerk/einfuegen-fundbuch";
import { alle, alleMarken, inEinemAnderen, nimmLeeren, stil, worte } from "konzeptwerk/einfuegen-knoten";
import { geglaettet } from "konzeptwerk/einfuegen-text";

/** @import { Fundbuch } from "konzeptwerk/einfuegen-fundbuch" */

const DURCH = /text-decoration[\w-]*:[^;]*line-through/i;
const UNSICHTBAR = /(?<![\w-])display:\s*none|mso-hide:\s*all/i;
/**
 * What stands in such an element may take it back; and a picture has no size of letters.
 * @type {[verborgen: RegExp, gezeigt: RegExp, bildGilt: boolean][]}
 */
const UNSICHTBARES = [
  [/(?<![\w-])visibility:\s*(hidden|collapse)/i, /(?<![\w-])visibility:\s*visible/i, false],
  [/(?<![\w-])font-size:\s*0(\.0+)?(px|pt|em|rem|%)?\s*(;|!|$)/i, /(?<![\w-])font-size:(?!\s*0(\.0+)?(px|pt|em|rem|%)?\s*(;|!|$))/i, true],
];
/** @param {HTMLElement} e */
const unsichtbar = (e) => UNSICHTBAR.test(stil(e)) || UNSICHTBARES.some(([verborgen, gezeigt, bildGilt]) =>
  verborgen.test(stil(e)) && !alle(e, "[data-stil]").some((inneres) => gezeigt.test(stil(inneres))) && !(bildGilt && e.querySelector("img")));
const KOMMENTAR = /mso-element:\s*comment(?!-)/i;
const KOMMENTARZEICHEN = /mso-special-character:\s*comment/i;

/** @param {Document} dokument @param {Fundbuch} buch */
export function streiche(dokument, buch) {
  const mitStil = alle(dokument, "[data-stil]");
  const arten = {
    geloescht: alle(dokument, "del, .msoDel, [class*='TrackChangeTextDeletion' i]"),
    durchgestrichen: [...alle(dokument, "s, strike"), ...mitStil.filter((e) => DURCH.test(stil(e)))],
    versteckt: [...alle(dokument, "[hidden]"), ...mitStil.filter(unsichtbar)],
  };
  // A paragraph, item or row of which nothing is left was deleted as a whole.
  const bloecke = new Set(Object.values(arten).flat().flatMap((e) => ["p, h1, h2, h3, h4, h5, h6", "li", "tr"].map((b) => e.parentElement?.closest(b))));
  for (const [art, knoten] of Object.entries(arten)) nimmWeg(buch, art, knoten);
  for (const block of bloecke) if (block?.isConnected && !worte(block).trim() && !block.querySelector("img")) nimmLeeren(block);
  for (const neu of alle(dokument, "ins, .msoIns, [class*='TrackChangeTextInsertion' i]")) {
    if (neu.textContent?.trim() && !neu.parentElement?.closest("ins, .msoIns")) buch.merke("neu", neu);
  }
}

/** @param {Document} dokument @param {Fundbuch} buch @param {{ libreoffice: boolean }} herkunft */
export function ohneKommentare(dokument, buch, { libreoffice }) {
  /** @type {Map<string | HTMLElement, string>} By the name of a comment, or by itself where it has none. */
  const texte = new Map();
  const koerper = alle(dokument, "[data-stil], .msocomtxt").filter((e) => KOMMENTAR.test(stil(e)) || e.matches(".msocomtxt"));
  const innen = inEinemAnderen(koerper);
  for (const einer of koerper) {
    if (innen.has(einer)) continue;
    const name = einer.querySelector("a[name^='_msocom_'], a[id^='_msocom_']");
    for (const zeichen of alle(einer, "[data-stil]").filter((e) => KOMMENTARZEICHEN.test(stil(e)))) zeichen.remove();
    texte.set(name?.getAttribute("name") ?? name?.id ?? einer, geglaettet(worte(einer)));
  }
  const imKommentar = new Set(koerper.flatMap((e) => (innen.has(e) ? [] : alle(e, "a"))));
  for (const zeichen of alle(dokument, "a.msocomanchor, a[href^='#_msocom_'], a[href^='#cmnt']")) {
    if (imKommentar.has(zeichen) || !zeichen.isConnected) continue;
    const ziel = zeichen.getAttribute("href")?.slice(1) ?? "";
    if (ziel.startsWith("cmnt_ref")) continue;
    const text = texte.get(ziel) ?? googleKommentar(dokument, ziel) ?? "";
    texte.delete(ziel);
    const huelle = zeichen.closest(".MsoCommentReference, sup") ?? zeichen;
    buch.merke("kommentar", huelle, text);
    huelle.remove();
  }
  for (const text of texte.values()) buch.merke("kommentar", null, text);
  for (const rest of alle(dokument, "[data-stil], .msocomtxt, .MsoCommentReference, .MsoCommentText")) {
    if (!rest.dataset.stil || /mso-(element|special-character):\s*comment/i.test(stil(rest))) rest.remove();
  }
  // LibreOffice writes what somebody noted as a comment of the HTML; every other program writes its own affairs there.
  for (const notiz of alleMarken(dokument.body)) {
    const text = notiz.data.trim();
    if (libreoffice && text && !/^(Start|End)Fragment$|^\[/.test(text)) buch.merke("kommentar", notiz, geglaettet(text));
    if (text) notiz.remove();
  }
}

/** @param {Document} dokument @param {string} ziel */
function googleKommentar(dokument, ziel) {
  const anker = ziel.startsWith("cmnt") && dokument.getElementById(ziel);
  const kasten = anker && (anker.closest("div") ?? anker.closest("p"));
  if (!anker || !kasten) return undefined;
  anker.remove();
  kasten.remove();
  return geglaettet(worte(kasten));
}
