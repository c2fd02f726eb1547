// @ts-check
// A paste in an editor: cleaned, followed by a notice that says what could not be kept and where, and by the offer to
// mend what looks like text from a PDF. It is fetched when somebody begins to write (js/editor.js).
import { pm } from "django-prose-editor/editor";

import { bereinige } from "konzeptwerk/einfuegen";
import { geglaettet, trenner } from "konzeptwerk/einfuegen-text";
import { jeArt, stelle } from "konzeptwerk/einfuegen-worte";
import { element } from "konzeptwerk/element";
import { ordneZeilen, siehtNachPdfAus } from "konzeptwerk/pdf-text";

/** @import { Editor } from "django-prose-editor/editor" */
/** @import { Node as Knoten, Slice as Ausschnitt } from "prosemirror-model" */
/** @import { Transaction } from "prosemirror-state" */
/** @import { Fund } from "konzeptwerk/einfuegen-fundbuch" */
/** @import { Absatz, Liste } from "konzeptwerk/pdf-text" */
/**
 * What a paste brings along: finds, and text whose lines may be joined. `textlos` is one of which nothing stands in the text.
 * @typedef {{ funde: Fund[], zeilen: string }} Neue
 * @typedef {Neue & { von: number, bis: number, textlos: boolean }} Einfuegung
 */

const { history: { closeHistory }, model: { Fragment, Slice } } = pm;

const GLEICH_GEZEIGT = 4;

/** @param {string} text @param {"primary" | "secondary" | "tertiary"} art @param {() => void} tun */
const knopf = (text, art, tun) => {
  const neu = element("button", { type: "button", class: `kern-btn kern-btn--${art}` }, element("span", { class: "kern-label" }, text));
  neu.addEventListener("click", tun);
  return neu;
};

export class Einfuegen {
  /** @type {Neue | null} */
  #laufend = null;
  /** @type {Einfuegung[]} */
  #einfuegungen = [];

  /**
   * `ort` is the live region in which the notice stands.
   * @param {Editor} editor
   * @param {HTMLElement} ort
   */
  constructor(editor, ort) {
    this.editor = editor;
    this.ort = ort;
  }

  // What is going on, until its transaction comes. What was nothing but a picture has none.
  get #neue() {
    if (this.#laufend) return this.#laufend;
    setTimeout(() => {
      if (this.#laufend?.funde.length) this.#einfuegungen.push({ ...this.#laufend, zeilen: "", von: 0, bis: 0, textlos: true });
      if (this.#laufend) this.#zeige();
      this.#laufend = null;
    });
    /** @type {Neue} */
    const neue = { funde: [], zeilen: "" };
    this.#laufend = neue;
    return neue;
  }

  /** @param {string} html */
  bereinige(html) {
    const { html: sauber, funde } = bereinige(html, { inTabelle: this.editor.isActive("table") });
    this.#neue.funde.push(...funde);
    return sauber;
  }

  /**
   * A cell holds one line; what is pasted into it shows so at once. Tables in a table go their own way.
   * @param {Ausschnitt} slice
   * @param {boolean} alsText
   */
  passeEin(slice, alsText) {
    if (!this.editor.isActive("table")) return slice;
    /** @type {{ umbruch: boolean, inhalt: Knoten[] }[]} */
    const zeilen = [];
    let schlicht = true;
    let tabelle = false;
    slice.content.descendants((knoten) => {
      tabelle ||= knoten.type.name.startsWith("table");
      schlicht &&= knoten.type.name === "paragraph";
      if (!knoten.isTextblock) return true;
      /** @type {{ umbruch: boolean, inhalt: Knoten[] }} */
      let zeile = { umbruch: alsText, inhalt: [] };
      zeilen.push(zeile);
      knoten.forEach((kind) => {
        if (kind.type.name === "hardBreak") zeilen.push(zeile = { umbruch: true, inhalt: [] });
        else zeile.inhalt.push(kind);
      });
      return false;
    });
    const volle = zeilen.filter(({ inhalt }) => inhalt.some((kind) => kind.text?.trim()));
    if (tabelle || !volle.length || (schlicht && zeilen.length < 2)) return slice;
    const { schema } = this.editor;
    /** @param {Knoten[]} inhalt */
    const text = (inhalt) => inhalt.map((kind) => kind.text).join("");
    /** @type {Knoten[]} */
    let eine = [];
    for (const { inhalt, umbruch } of volle) {
      eine = eine.length ? [...eine, schema.text(trenner(text(eine), text(inhalt), umbruch)), ...inhalt] : inhalt;
    }
    if (volle.length > 1) this.#neue.funde.push({ art: "zelle", was: text(eine), vor: "", nach: "" });
    return new Slice(Fragment.from(schema.nodes.paragraph.create(null, eine)), 1, 1);
  }

  /**
   * The plain text of a paste, where its HTML knows no more than lines.
   * @param {string} html
   * @param {string} text
   */
  merkeZeilen(html, text) {
    const nurZeilen = !html || /role="presentation"/.test(html) || !/<(p|div|h\d|li|td|b|strong|i|em)\b/i.test(html);
    if (nurZeilen && !this.editor.isActive("table") && siehtNachPdfAus(text)) this.#neue.zeilen = text;
  }

  /**
   * Files have no place in a text; pictures come as files too.
   * @param {string[]} namen
   */
  nenneDateien(namen) {
    this.#neue.funde.push(...namen.map((was) => ({ art: "datei", was, vor: "", nach: "" })));
  }

  /**
   * Keeps up with where things stand. What was undone needs no notice any more.
   * @param {Transaction} transaktion
   */
  folge(transaktion) {
    if (!transaktion.docChanged) return;
    const vorher = this.#einfuegungen.length;
    for (const eine of this.#einfuegungen) {
      eine.von = transaktion.mapping.map(eine.von, 1);
      eine.bis = transaktion.mapping.map(eine.bis, -1);
    }
    /** @param {{ von: number, bis: number }} wo */
    const leer = ({ von, bis }) => von >= bis || !transaktion.doc.textBetween(von, bis, " ", " ").trim();
    this.#einfuegungen = this.#einfuegungen.filter((eine) => eine.textlos || !leer(eine));
    const neue = this.#laufend;
    this.#laufend = null;
    if (neue && (neue.funde.length || neue.zeilen)) {
      const eine = { ...neue, ...geaendert(transaktion) };
      this.#einfuegungen.push({ ...eine, textlos: leer(eine) });
    }
    if (neue || vorher !== this.#einfuegungen.length) this.#zeige();
    this.#haltSchreibmarkeFrei();
  }

  // The notice sticks to the lower edge of the window and must not cover where somebody writes.
  #haltSchreibmarkeFrei() {
    if (!this.ort.hasChildNodes()) return;
    const verdeckt = this.editor.view.coordsAtPos(this.editor.state.selection.head).bottom + 8 - this.ort.getBoundingClientRect().top;
    if (verdeckt > 0) window.scrollBy({ top: verdeckt, behavior: "instant" });
  }

  // Notice -------------------------------------------------------------------------------------------------

  #zeige() {
    const funde = this.#einfuegungen.flatMap((eine) => eine.funde);
    const mitZeilen = this.#einfuegungen.filter(({ zeilen }) => zeilen);
    this.ort.replaceChildren(...(funde.length ? [this.#verluste(funde)] : []), ...mitZeilen.slice(-1).map((eine) => this.#angebot(eine)));
  }

  /** @param {Fund[]} funde */
  #verluste(funde) {
    const zeilen = jeArt(funde).map(({ satz, funde: diese }) => element("li", {}, satz, ...stellen(diese)));
    return kasten("Nicht alles ließ sich so einfügen, wie es war", element("ul", {}, ...zeilen),
      knopf("Hinweis schließen", "secondary", () => {
        this.#einfuegungen = this.#einfuegungen.map((eine) => ({ ...eine, funde: [] }));
        this.#schliesse();
      }));
  }

  /** @param {Einfuegung} eine */
  #angebot(eine) {
    return kasten("Das sieht aus wie Text aus einer PDF-Datei",
      element("p", {}, "Die Zeilen lassen sich zu Absätzen und Listen verbinden. Sie sehen das Ergebnis, bevor es gilt."),
      knopf("Zeilen verbinden …", "secondary", () => this.#frage(eine)),
      knopf("So lassen", "tertiary", () => { eine.zeilen = ""; this.#schliesse(); }));
  }

  #schliesse() {
    this.#zeige();
    this.editor.commands.focus();
  }

  // Text from a PDF -----------------------------------------------------------------------------------------

  /** @param {Einfuegung} eine */
  #frage(eine) {
    const { bloecke, woerter, fraglich } = ordneZeilen(this.#text(eine));
    const titel = element("h2", { class: "kern-title kern-title--small", id: "editor-pdf-titel" }, "Zeilen verbinden");
    const vorschau = element("div", { class: "editor-vorschau", tabindex: "0", role: "region", "aria-label": "So sieht der Text danach aus" }, ...bloecke.map(alsElement));
    const dialog = element("dialog", { class: "editor-dialog editor-dialog--breit", "aria-labelledby": titel.id }, titel,
      element("p", {}, "So sieht der Text danach aus. Prüfen Sie, ob Absätze, Listen und Wörter stimmen."), vorschau);
    if (fraglich.length) {
      dialog.append(element("p", {}, `Hier ist unklar, ob der Strich nur ein Wort getrennt hat: ${[...new Set(fraglich)].join(", ")}.`));
    }
    if (woerter.length) {
      dialog.append(element("details", {}, element("summary", {}, woerter.length === 1 ? "Ein Wort ist ohne Trennstrich zusammengefügt" : `${woerter.length} Wörter sind ohne Trennstrich zusammengefügt`), element("p", {}, woerter.join(", "))));
    }
    dialog.append(element("div", { class: "knoepfe" },
      knopf("Übernehmen", "primary", () => { this.#verbinde(eine, bloecke); dialog.close(); }),
      knopf("So lassen", "secondary", () => dialog.close())));
    dialog.addEventListener("close", () => { dialog.remove(); this.editor.commands.focus(); });
    document.body.append(dialog);
    dialog.showModal();
  }

  /**
   * What was pasted, with its empty lines; as it stands now, if somebody has changed it since.
   * @param {Einfuegung} eine
   */
  #text({ von, bis, zeilen }) {
    const jetzt = this.editor.state.doc.textBetween(von, bis, "\n", "\n");
    return geglaettet(jetzt) === geglaettet(zeilen) ? zeilen : jetzt;
  }

  /** @param {Einfuegung} eine @param {(Absatz | Liste)[]} bloecke */
  #verbinde(eine, bloecke) {
    const { state, view, schema } = this.editor;
    // It may have begun or ended within a paragraph, behind a word.
    const jetzt = state.doc.textBetween(eine.von, eine.bis, "\n", "\n");
    const [erster, letzter] = [bloecke[0], bloecke[bloecke.length - 1]];
    if (erster.art === "absatz" && /^[ \u00a0]/.test(jetzt)) erster.text = ` ${erster.text}`;
    if (letzter.art === "absatz" && /[ \u00a0]$/.test(jetzt)) letzter.text = `${letzter.text} `;
    const knoten = bloecke.map((block) => schema.nodeFromJSON(alsJson(block)));
    /** @param {Absatz | Liste} block */
    const offen = (block) => (block.art === "absatz" ? 1 : 0);
    const slice = new Slice(Fragment.from(knoten), offen(erster), offen(letzter));
    const { von, bis } = eine;
    eine.zeilen = "";
    view.dispatch(closeHistory(state.tr.replaceRange(von, bis, slice)).scrollIntoView());
    this.#zeige();
  }
}

/** @param {Transaction} transaktion */
function geaendert(transaktion) {
  let [von, bis] = [Infinity, 0];
  transaktion.mapping.maps.forEach((karte, i) => karte.forEach((_, __, anfang, ende) => {
    const danach = transaktion.mapping.slice(i + 1);
    von = Math.min(von, danach.map(anfang, -1));
    bis = Math.max(bis, danach.map(ende, 1));
  }));
  return { von, bis };
}

/** @param {string} titel @param {Node} inhalt @param {Node[]} knoepfe */
function kasten(titel, inhalt, ...knoepfe) {
  return element("div", { class: "editor-hinweis__kasten" }, element("p", { class: "editor-hinweis__titel" }, titel), inhalt,
    element("div", { class: "editor-hinweis__knoepfe" }, ...knoepfe));
}

/** @param {Fund[]} funde */
function stellen(funde) {
  const zeilen = funde.map(stelle).filter(Boolean).map((text) => element("li", {}, text));
  if (!zeilen.length) return [];
  const [erste, weitere] = [zeilen.slice(0, GLEICH_GEZEIGT), zeilen.slice(GLEICH_GEZEIGT)];
  const mehr = weitere.length ? [element("details", {}, element("summary", {}, weitere.length === 1 ? "Eine weitere Stelle" : `${weitere.length} weitere Stellen`), element("ul", {}, ...weitere))] : [];
  return [":", element("ul", {}, ...erste), ...mehr];
}

/** @param {Absatz | Liste} block @returns {HTMLElement} */
const alsElement = (block) => (block.art === "absatz"
  ? element("p", {}, block.text)
  : element(block.start === null ? "ul" : "ol", block.start === null ? {} : { start: block.start },
    ...block.punkte.map(({ text, listen }) => element("li", {}, text, ...listen.map(alsElement)))));

/** @param {string} text */
const absatz = (text) => ({ type: "paragraph", content: text ? [{ type: "text", text }] : [] });
/** @param {Absatz | Liste} block @returns {object} */
const alsJson = (block) => (block.art === "absatz" ? absatz(block.text) : {
  type: block.start === null ? "bulletList" : "orderedList",
  attrs: block.start === null ? {} : { start: block.start },
  content: block.punkte.map(({ text, listen }) => ({ type: "listItem", content: [absatz(text), ...listen.map(alsJson)] })),
});
