// A paste in an editor: cleaned, followed by a notice that says what could not be kept and where, and by the offer to
// mend what looks like text from a PDF. It is fetched when somebody begins to write (js/editor.js).
import { pm } from "django-prose-editor/editor";

import { bereinige } from "konzeptwerk/einfuegen";
import { trenner } from "konzeptwerk/einfuegen-tabellen";
import { ordneZeilen, siehtNachPdfAus } from "konzeptwerk/pdf-text";

const { history: { closeHistory }, model: { Fragment, Slice } } = pm;

// What a find is called, one of a kind and several; `{n}` is how many.
const ARTEN = {
  geloescht: ["Eine gelöschte Stelle ist nicht übernommen", "{n} gelöschte Stellen sind nicht übernommen"],
  neu: ["Eine nachverfolgte Einfügung ist übernommen, als wäre sie angenommen", "{n} nachverfolgte Einfügungen sind übernommen, als wären sie angenommen"],
  durchgestrichen: ["Eine durchgestrichene Stelle ist nicht übernommen", "{n} durchgestrichene Stellen sind nicht übernommen"],
  versteckt: ["Eine ausgeblendete Stelle ist nicht übernommen", "{n} ausgeblendete Stellen sind nicht übernommen"],
  kommentar: ["Ein Kommentar ist nicht übernommen", "{n} Kommentare sind nicht übernommen"],
  bild: ["Ein Bild ist nicht übernommen", "{n} Bilder sind nicht übernommen"],
  datei: ["Eine Datei lässt sich in den Text nicht einfügen", "{n} Dateien lassen sich in den Text nicht einfügen"],
  formular: ["Ein Formularfeld ist nicht übernommen", "{n} Formularfelder sind nicht übernommen"],
  fussnote: ["Eine Fußnote steht jetzt in eckigen Klammern im Text", "{n} Fußnoten stehen jetzt in eckigen Klammern im Text"],
  "fussnote-ohne": ["Der Text einer Fußnote war nicht dabei; nur ihr Zeichen steht da", "Der Text von {n} Fußnoten war nicht dabei; nur ihre Zeichen stehen da"],
  gestellt: ["Hoch- oder Tiefgestelltes steht als eigenes Zeichen da", "Hoch- oder Tiefgestelltes steht an {n} Stellen als eigenes Zeichen da"],
  geklammert: ["Hoch- oder Tiefgestelltes steht jetzt in Klammern", "Hoch- oder Tiefgestelltes steht an {n} Stellen jetzt in Klammern"],
  kopf: ["Die erste Zeile einer Tabelle ist jetzt ihr Kopf", "Die erste Zeile von {n} Tabellen ist jetzt ihr Kopf"],
  verbunden: ["Eine verbundene Zelle ist geteilt: Der Inhalt steht in der ersten, der Rest ist leer", "{n} verbundene Zellen sind geteilt: Der Inhalt steht in der jeweils ersten, der Rest ist leer"],
  zelle: ["Eine Zelle mit mehreren Zeilen ist jetzt eine einzige", "{n} Zellen mit mehreren Zeilen sind jetzt je eine einzige"],
  "tabelle-in-zelle": ["Eine Tabelle in einer Zelle ist jetzt deren Text", "{n} Tabellen in Zellen sind jetzt deren Text"],
  rahmen: ["Ein Kasten ist jetzt gewöhnlicher Text", "{n} Kästen sind jetzt gewöhnlicher Text"],
  link: ["Ein Link, der nicht ins Netz führt, ist jetzt nur Text", "{n} Links, die nicht ins Netz führen, sind jetzt nur Text"],
  zitat: ["Ein Zitat oder Einzug ist jetzt gewöhnlicher Text", "{n} Zitate oder Einzüge sind jetzt gewöhnlicher Text"],
  stufen: ["Alle Überschriften sind jetzt Zwischenüberschriften derselben Stufe. Darunter standen", "An {n} Stellen haben Überschriften jetzt dieselbe Stufe. Darunter standen"],
  auszeichnung: ["Unterstrichenes oder Markiertes ist jetzt gewöhnlicher Text", "Unterstrichenes oder Markiertes ist an {n} Stellen jetzt gewöhnlicher Text"],
};
// Their words name the place.
const SELBST_DER_ORT = new Set(["gestellt", "geklammert", "kopf", "verbunden", "zelle", "stufen"]);
const GLEICH_GEZEIGT = 4;
const LAENGE = 200;

const element = (name, attribute = {}, ...kinder) => {
  const e = document.createElement(name);
  for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, wert);
  e.append(...kinder);
  return e;
};
const knopf = (text, art, tun) => {
  const neu = element("button", { type: "button", class: `kern-btn kern-btn--${art}` }, element("span", { class: "kern-label" }, text));
  neu.addEventListener("click", tun);
  return neu;
};

export class Einfuegen {
  // What the paste that is going on brings along, and what earlier ones brought: { funde, zeilen, von, bis }.
  #laufend = null;
  #einfuegungen = [];

  // `ort` is the live region in which the notice stands.
  constructor(editor, ort) {
    this.editor = editor;
    this.ort = ort;
  }

  // Until its transaction comes. What was nothing but a picture has none.
  get #neue() {
    if (!this.#laufend) {
      this.#laufend = { funde: [], zeilen: "" };
      setTimeout(() => {
        if (this.#laufend?.funde.length) this.#einfuegungen.push({ ...this.#laufend, zeilen: "", von: 0, bis: 0, textlos: true });
        if (this.#laufend) this.#zeige();
        this.#laufend = null;
      });
    }
    return this.#laufend;
  }

  bereinige(html) {
    const { html: sauber, funde } = bereinige(html, { inTabelle: this.editor.isActive("table") });
    this.#neue.funde.push(...funde);
    return sauber;
  }

  // A cell holds one line; what is pasted into it shows so at once. Tables in a table go their own way.
  passeEin(slice, alsText) {
    if (!this.editor.isActive("table")) return slice;
    const zeilen = [];
    let schlicht = true;
    let tabelle = false;
    slice.content.descendants((knoten) => {
      tabelle ||= knoten.type.name.startsWith("table");
      schlicht &&= knoten.type.name === "paragraph";
      if (!knoten.isTextblock) return true;
      zeilen.push({ umbruch: alsText, inhalt: [] });
      knoten.forEach((kind) => {
        if (kind.type.name === "hardBreak") zeilen.push({ umbruch: true, inhalt: [] });
        else zeilen.at(-1).inhalt.push(kind);
      });
      return false;
    });
    const volle = zeilen.filter(({ inhalt }) => inhalt.some((kind) => kind.text?.trim()));
    if (tabelle || !volle.length || (schlicht && zeilen.length < 2)) return slice;
    const { schema } = this.editor;
    const text = (inhalt) => inhalt.map((kind) => kind.text).join("");
    const eine = volle.reduce((bisher, { inhalt, umbruch }) => (
      bisher.length ? [...bisher, schema.text(trenner(text(bisher), text(inhalt), umbruch)), ...inhalt] : inhalt
    ), []);
    if (volle.length > 1) this.#neue.funde.push({ art: "zelle", was: text(eine), vor: "", nach: "" });
    return new Slice(Fragment.from(schema.nodes.paragraph.create(null, eine)), 1, 1);
  }

  // The plain text of a paste, where its HTML knows no more than lines.
  merkeZeilen(html, text) {
    const nurZeilen = !html || /role="presentation"/.test(html) || !/<(p|div|h\d|li|td|b|strong|i|em)\b/i.test(html);
    if (nurZeilen && !this.editor.isActive("table") && siehtNachPdfAus(text)) this.#neue.zeilen = text;
  }

  // Files have no place in a text; pictures come as files too.
  nenneDateien(namen) {
    this.#neue.funde.push(...namen.map((was) => ({ art: "datei", was, vor: "", nach: "" })));
  }

  // Keeps up with where things stand. What was undone needs no notice any more.
  folge(transaktion) {
    if (!transaktion.docChanged) return;
    const vorher = this.#einfuegungen.length;
    for (const eine of this.#einfuegungen) {
      eine.von = transaktion.mapping.map(eine.von, 1);
      eine.bis = transaktion.mapping.map(eine.bis, -1);
    }
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

  #verluste(funde) {
    const zeilen = Object.entries(ARTEN).flatMap(([art, [eine, viele]]) => {
      const diese = funde.filter((fund) => fund.art === art);
      if (!diese.length) return [];
      const satz = diese.length === 1 ? eine : viele.replace("{n}", diese.length);
      return [element("li", {}, satz, ...stellen(diese))];
    });
    return kasten("Nicht alles ließ sich so einfügen, wie es war", element("ul", {}, ...zeilen),
      knopf("Hinweis schließen", "secondary", () => {
        this.#einfuegungen = this.#einfuegungen.map((eine) => ({ ...eine, funde: [] }));
        this.#schliesse();
      }));
  }

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

  // What was pasted, with its empty lines; as it stands now, if somebody has changed it since.
  #text({ von, bis, zeilen }) {
    const jetzt = this.editor.state.doc.textBetween(von, bis, "\n", "\n");
    const kern = (text) => text.replace(/\s+/g, " ").trim();
    return kern(jetzt) === kern(zeilen) ? zeilen : jetzt;
  }

  #verbinde(eine, bloecke) {
    const { state, view, schema } = this.editor;
    // It may have begun or ended within a paragraph, behind a word.
    const jetzt = state.doc.textBetween(eine.von, eine.bis, "\n", "\n");
    const raender = [[bloecke[0], /^[ \u00a0]/, (text) => ` ${text}`], [bloecke.at(-1), /[ \u00a0]$/, (text) => `${text} `]];
    for (const [block, rand, mitRaum] of raender) if (block.art === "absatz" && rand.test(jetzt)) block.text = mitRaum(block.text);
    const knoten = bloecke.map((block) => schema.nodeFromJSON(alsJson(block)));
    const offen = (block) => (block.art === "absatz" ? 1 : 0);
    const slice = new Slice(Fragment.from(knoten), offen(bloecke[0]), offen(bloecke.at(-1)));
    const { von, bis } = eine;
    eine.zeilen = "";
    view.dispatch(closeHistory(state.tr.replaceRange(von, bis, slice)).scrollIntoView());
    this.#zeige();
  }
}

function geaendert(transaktion) {
  let [von, bis] = [Infinity, 0];
  transaktion.mapping.maps.forEach((karte, i) => karte.forEach((_, __, anfang, ende) => {
    const danach = transaktion.mapping.slice(i + 1);
    von = Math.min(von, danach.map(anfang, -1));
    bis = Math.max(bis, danach.map(ende, 1));
  }));
  return { von, bis };
}

function kasten(titel, inhalt, ...knoepfe) {
  return element("div", { class: "editor-hinweis__kasten" }, element("p", { class: "editor-hinweis__titel" }, titel), inhalt,
    element("div", { class: "editor-hinweis__knoepfe" }, ...knoepfe));
}

function stellen(funde) {
  const zeilen = funde.map(stelle).filter(Boolean).map((text) => element("li", {}, text));
  if (!zeilen.length) return [];
  const [erste, weitere] = [zeilen.slice(0, GLEICH_GEZEIGT), zeilen.slice(GLEICH_GEZEIGT)];
  const mehr = weitere.length ? [element("details", {}, element("summary", {}, weitere.length === 1 ? "Eine weitere Stelle" : `${weitere.length} weitere Stellen`), element("ul", {}, ...weitere))] : [];
  return [":", element("ul", {}, ...erste), ...mehr];
}

function stelle({ art, was, vor, nach }) {
  const worte = was.length > LAENGE ? `${was.slice(0, LAENGE)}…` : was;
  const dort = vor ? `nach „${vor}“` : nach && !(was && nach.startsWith(was.slice(0, 15))) && `vor „${nach}“`;
  const wo = !SELBST_DER_ORT.has(art) && dort;
  return [worte && `„${worte}“`, wo].filter(Boolean).join(" ");
}

const alsElement = (block) => (block.art === "absatz"
  ? element("p", {}, block.text)
  : element(block.start === null ? "ul" : "ol", block.start === null ? {} : { start: block.start },
    ...block.punkte.map(({ text, listen }) => element("li", {}, text, ...listen.map(alsElement)))));

const absatz = (text) => ({ type: "paragraph", content: text ? [{ type: "text", text }] : [] });
const alsJson = (block) => (block.art === "absatz" ? absatz(block.text) : {
  type: block.start === null ? "bulletList" : "orderedList",
  attrs: block.start === null ? {} : { start: block.start },
  content: block.punkte.map(({ text, listen }) => ({ type: "listItem", content: [absatz(text), ...listen.map(alsJson)] })),
});
