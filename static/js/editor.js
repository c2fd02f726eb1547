// @ts-check
// Makes an editor of each text area with rich text (templates/kern/fliesstext.html). The text area keeps its dialect and
// stays what is sent while nothing was edited; what was edited goes as HTML into the hidden field beside it, and the
// server makes dialect of it again.
import {
  Bold, BulletList, Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, Heading, History, Italic, Link,
  ListItem, OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text, pm,
} from "django-prose-editor/editor";

import { element } from "konzeptwerk/element";
import { istZiel, vervollstaendigt } from "konzeptwerk/linkziel";

/** @import { Kette, Umstaende } from "django-prose-editor/editor" */
/** @import { EditorState } from "prosemirror-state" */
/** @import { EditorView } from "prosemirror-view" */
/** @import { Einfuegen } from "konzeptwerk/einfuegen-editor" */
/** @typedef {(kette: Kette) => Kette} Befehl */
/** @typedef {HTMLButtonElement & { zustand?: string | object, moeglich: (() => boolean) | null }} Knopf What is pressed when, and when it can be. */

/**
 * What a paste needs is only fetched when somebody begins to write.
 * @type {typeof import("konzeptwerk/einfuegen-editor") | null}
 */
let einfuegen = null;
const holeEinfuegen = async () => { einfuegen ??= await import("konzeptwerk/einfuegen-editor"); };

// Tab and Enter walk through a table, where the dialect knows no second paragraph.
const Tabellentasten = Extension.create({
  name: "tabellentasten",
  priority: 200,
  addKeyboardShortcuts() {
    return { Enter: ({ editor }) => editor.isActive("table") && editor.commands.goToNextCell() };
  },
});

// The dialect aligns whole columns: each cell stands as the head of its column does, also in a row that is new.
const Spalten = Extension.create({
  name: "spalten",
  addProseMirrorPlugins: () => [new pm.state.Plugin({
    appendTransaction: (schritte, _, zustand) => (schritte.some((schritt) => schritt.docChanged) ? gleicheAus(zustand) : null),
  })],
});

/** @param {EditorState} zustand */
function gleicheAus(zustand) {
  const { tr } = zustand;
  zustand.doc.descendants((tabelle, ort) => {
    if (tabelle.type.spec.tableRole !== "table") return !tabelle.isTextblock;
    tabelle.forEach((reihe, bisReihe) => reihe.forEach((zelle, bisZelle, spalte) => {
      const align = tabelle.firstChild?.maybeChild(spalte)?.attrs.align ?? null;
      if (zelle.attrs.align !== align) tr.setNodeMarkup(ort + bisReihe + bisZelle + 2, undefined, { ...zelle.attrs, align });
    }));
    return false;
  });
  return tr.docChanged ? tr : null;
}

/**
 * Aligns the column of the selection, or takes that back.
 * @param {"left" | "center" | "right"} wo
 * @returns {(umstaende: Umstaende) => boolean}
 */
const richteAus = (wo) => ({ tr, dispatch }) => {
  const { $from } = tr.selection;
  let tiefe = $from.depth;
  while (tiefe > 0 && $from.node(tiefe).type.spec.tableRole !== "row") tiefe--;
  if (!tiefe) return false;
  const kopf = $from.node(tiefe - 1).firstChild;
  const spalte = $from.index(tiefe);
  if (!kopf || spalte >= kopf.childCount) return false;
  let ort = $from.start(tiefe - 1) + 1;
  for (let i = 0; i < spalte; i++) ort += kopf.child(i).nodeSize;
  const { attrs } = kopf.child(spalte);
  if (dispatch) tr.setNodeMarkup(ort, undefined, { ...attrs, align: attrs.align === wo ? null : wo });
  return true;
};

// A title stands above its table, as the dialect has it; its words are selected, to be typed.
const TITEL = ["[Tabelle: ", "Titel", "]"];
/** @param {Umstaende} umstaende */
const gibTitel = ({ tr, state, dispatch }) => {
  const { $from } = tr.selection;
  let tiefe = $from.depth;
  while (tiefe > 0 && $from.node(tiefe).type.spec.tableRole !== "table") tiefe--;
  if (!tiefe) return false;
  const ort = $from.before(tiefe);
  if (tr.doc.resolve(ort).nodeBefore?.textContent.startsWith(TITEL[0])) return false;
  if (dispatch) {
    const von = ort + 1 + TITEL[0].length;
    tr.insert(ort, state.schema.nodes.paragraph.create(null, state.schema.text(TITEL.join(""))));
    tr.setSelection(pm.state.TextSelection.create(tr.doc, von, von + TITEL[1].length));
  }
  return true;
};

const zelle = { content: "paragraph+" };
const ERWEITERUNGEN = [
  Document, Paragraph, Text, HardBreak, History, Dropcursor, Gapcursor, Bold, Italic, BulletList, OrderedList, ListItem,
  Heading.configure({ levels: [4] }),
  Link.configure({
    openOnClick: false, autolink: false, linkOnPaste: false,
    HTMLAttributes: { target: null, rel: null, class: null },
    /** @param {string | undefined} adresse */
    isAllowedUri: (adresse) => istZiel(adresse ?? ""),
  }),
  Table.configure({ resizable: false }), TableRow, TableHeader.extend(zelle), TableCell.extend(zelle), Tabellentasten, Spalten,
];

/** @type {[name: string, titel: string, kuerzel: string, befehl: Befehl | null, zustand?: string | object][][]} */
const KNOEPFE = [
  [
    ["fett", "Fett", "Strg+B", (k) => k.toggleBold(), "bold"],
    ["kursiv", "Kursiv", "Strg+I", (k) => k.toggleItalic(), "italic"],
    ["link", "Link", "Strg+K", null, "link"],
  ],
  [
    ["liste", "Liste", "Strg+Umschalt+8", (k) => k.toggleBulletList(), "bulletList"],
    ["nummern", "Nummerierte Liste", "Strg+Umschalt+7", (k) => k.toggleOrderedList(), "orderedList"],
    ["titel", "Zwischenüberschrift", "Strg+Alt+4", (k) => k.toggleHeading({ level: 4 }), "heading"],
    ["tabelle", "Tabelle einfügen", "", (k) => k.insertTable({ rows: 3, cols: 2, withHeaderRow: true })],
  ],
  [
    ["zurueck", "Rückgängig", "Strg+Z", (k) => k.undo()],
    ["vor", "Wiederholen", "Strg+Y", (k) => k.redo()],
  ],
];
/** @type {[name: string, titel: string, text: string, befehl: Befehl, zustand?: string | object][]} */
const TABELLENKNOEPFE = [
  ["zeile-dazu", "Zeile darunter einfügen", "+ Zeile", (k) => k.addRowAfter()],
  ["zeile-weg", "Zeile löschen", "− Zeile", (k) => k.deleteRow()],
  ["spalte-dazu", "Spalte rechts einfügen", "+ Spalte", (k) => k.addColumnAfter()],
  ["spalte-weg", "Spalte löschen", "− Spalte", (k) => k.deleteColumn()],
  ["titel-dazu", "Titel über der Tabelle einfügen", "+ Titel", (k) => k.command(gibTitel)],
  ["links", "Spalte linksbündig", "links", (k) => k.command(richteAus("left")), { align: "left" }],
  ["mitte", "Spalte mittig", "mittig", (k) => k.command(richteAus("center")), { align: "center" }],
  ["rechts", "Spalte rechtsbündig", "rechts", (k) => k.command(richteAus("right")), { align: "right" }],
  ["tabelle-weg", "Tabelle löschen", "− Tabelle", (k) => k.deleteTable()],
];

/**
 * Whether Shift is held, which pastes as plain text. ProseMirror keeps that to itself.
 * @param {EditorView & { input?: { shiftKey?: boolean } }} sicht
 */
const mitUmschalt = (sicht) => sicht.input?.shiftKey ?? false;

class Feld {
  /** @type {Knopf[]} */
  knoepfe = [];
  // Whether the next Tab leaves the field.
  frei = false;
  /** @type {[html: string, text: string] | null} */
  wartend = null;
  /** @type {Einfuegen | undefined} */
  vorbereitung;

  /**
   * @param {HTMLTextAreaElement} quelle
   * @param {HTMLFormElement} formular
   * @param {HTMLInputElement} html
   * @param {HTMLLabelElement} beschriftung
   */
  constructor(quelle, formular, html, beschriftung) {
    this.quelle = quelle;
    this.formular = formular;
    this.html = html;
    this.id = quelle.id;
    this.huelle = element("div", { class: "editor" });
    beschriftung.id ||= `${this.id}_label`;
    const worte = beschriftung.querySelector(".kern-label__optional") ? beschriftung.firstChild : beschriftung;
    this.name = worte?.textContent ?? "";
    this.tabellengruppe = element("div", { class: "editor__gruppe editor__gruppe--tabelle", hidden: "" });
    this.huelle.append(this.leiste());
    if (quelle.getAttribute("aria-invalid") === "true") this.huelle.classList.add("editor--fehler");

    const hatFokus = document.activeElement === quelle;
    quelle.removeAttribute("id");
    quelle.required = false;
    quelle.hidden = true;
    quelle.before(this.huelle);
    beschriftung.addEventListener("click", () => this.editor.commands.focus());

    this.editor = new Editor({
      element: this.huelle,
      extensions: ERWEITERUNGEN,
      content: quelle.dataset.fliesstext,
      injectCSS: false,
      enableInputRules: ["bulletList"],
      enablePasteRules: false,
      parseOptions: { preserveWhitespace: "full" },
      editorProps: {
        attributes: this.attribute(beschriftung),
        handleDOMEvents: {
          keydown: (_, ereignis) => this.taste(ereignis),
          blur: () => { this.frei = false; },
          focus: () => { holeEinfuegen().catch(() => {}); },
        },
        transformPastedHTML: (html) => this.einfuegen?.bereinige(html) ?? "",
        transformPasted: (slice, _, alsText) => this.einfuegen?.passeEin(slice, alsText) ?? slice,
        handlePaste: (sicht, ereignis) => this.fuegeEin(sicht, ereignis),
        handleDrop: (sicht, ereignis) => !sicht.dragging && this.fuegeEin(sicht, ereignis),
      },
      onUpdate: () => this.schreibe(),
      onTransaction: ({ transaction }) => {
        this.einfuegen?.folge(transaction);
        this.zeichne();
      },
    });
    this.meldung = element("div", { class: "editor-hinweis", role: "status" });
    this.huelle.append(this.meldung);
    this.anfang = this.editor.state.doc;
    this.editor.view.dom.style.minBlockSize = `${Math.max(2, quelle.rows) * 1.5 + 1}em`;
    // What the browser put back after going back in the history.
    if (this.html.value) this.editor.commands.setContent(this.html.value, { emitUpdate: false });
    this.zeichne();
    if (hatFokus) this.editor.commands.focus();
  }

  /** @param {HTMLLabelElement} beschriftung */
  attribute(beschriftung) {
    const hinweis = element("span", { id: `${this.id}_tasten`, hidden: "" },
      "Textfeld mit Formatierung. Alt und F10 führen zur Werkzeugleiste. In Listen und Tabellen führt Escape und dann Tab weiter.");
    this.huelle.append(hinweis);
    const beschreibung = (this.quelle.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => {
      const hilfe = document.getElementById(id);
      if (!hilfe?.classList.contains("kern-hint--dialekt")) return hilfe;
      /** @type {HTMLElement} */
      const dialekt = hilfe.querySelector("[data-dialekt]") ?? hilfe;
      dialekt.hidden = true;
      return dialekt !== hilfe;
    });
    /** @type {Record<string, string>} */
    const attribute = {
      id: this.id,
      class: "editor__text",
      role: "textbox",
      "aria-multiline": "true",
      "aria-labelledby": beschriftung.id,
      "aria-describedby": [...beschreibung, hinweis.id].join(" "),
    };
    if (this.quelle.getAttribute("aria-invalid") === "true") attribute["aria-invalid"] = "true";
    if (this.quelle.getAttribute("aria-required") === "true") attribute["aria-required"] = "true";
    return attribute;
  }

  // Toolbar -----------------------------------------------------------------------------------------------

  leiste() {
    // In the narrow rows of a list the keys have to do for going back and forth.
    const auswahl = this.quelle.closest("[data-zeilen]") ? KNOEPFE.slice(0, 2) : KNOEPFE;
    const gruppen = auswahl.map((gruppe) => element("div", { class: "editor__gruppe" }, ...gruppe.map(
      ([name, titel, kuerzel, befehl, zustand]) => this.knopf(name, titel, kuerzel, "", befehl, zustand),
    )));
    this.tabellengruppe.append(...TABELLENKNOEPFE.map(
      ([name, titel, text, befehl, zustand]) => this.knopf(name, titel, "", text, befehl, zustand),
    ));
    const leiste = element("div", {
      class: "editor__leiste", role: "toolbar", "aria-label": `Formatierung: ${this.name.trim()}`, "aria-controls": this.id,
    }, ...gruppen, this.tabellengruppe);
    // The text keeps its selection while a button is pressed with the mouse.
    leiste.addEventListener("mousedown", (e) => e.preventDefault());
    leiste.addEventListener("keydown", (e) => this.wandere(e));
    return leiste;
  }

  /**
   * @param {string} name
   * @param {string} titel
   * @param {string} kuerzel
   * @param {string} text
   * @param {Befehl | null} befehl
   * @param {string | object} [zustand]
   */
  knopf(name, titel, kuerzel, text, befehl, zustand) {
    const taste = element("button", {
      type: "button", class: `editor__knopf${text ? " editor__knopf--text" : ""}`, "data-knopf": name, tabindex: "-1",
      "aria-label": titel, title: kuerzel ? `${titel} (${kuerzel})` : titel,
    }, text || element("span", { class: `editor__bild editor__bild--${name}`, "aria-hidden": "true" }));
    if (zustand) taste.setAttribute("aria-pressed", "false");
    taste.addEventListener("click", () => {
      if (taste.getAttribute("aria-disabled") === "true") return;
      if (befehl) befehl(this.editor.chain().focus()).run();
      else frageNachZiel(this.editor);
    });
    const moeglich = befehl && (() => befehl(this.editor.can().chain()).run());
    const knopf = Object.assign(taste, { zustand, moeglich });
    this.knoepfe.push(knopf);
    return knopf;
  }

  get sichtbare() {
    return this.knoepfe.filter((knopf) => !knopf.parentElement?.hidden);
  }

  zeichne() {
    const { editor } = this;
    if (!editor) return;
    this.tabellengruppe.hidden = !editor.isActive("table");
    for (const knopf of this.sichtbare) {
      if (knopf.zustand) knopf.setAttribute("aria-pressed", String(editor.isActive(knopf.zustand)));
      if (knopf.moeglich) knopf.setAttribute("aria-disabled", String(!knopf.moeglich()));
    }
    if (!this.sichtbare.some((knopf) => knopf.tabIndex === 0)) this.knoepfe[0].tabIndex = 0;
  }

  /** @param {KeyboardEvent} ereignis */
  wandere(ereignis) {
    const alle = this.sichtbare;
    const stelle = alle.findIndex((knopf) => knopf === document.activeElement);
    /** @type {Record<string, number | undefined>} */
    const ziele = {
      ArrowRight: (stelle + 1) % alle.length,
      ArrowLeft: (stelle - 1 + alle.length) % alle.length,
      Home: 0,
      End: alle.length - 1,
    };
    const ziel = ziele[ereignis.key];
    if (ereignis.key === "Escape") this.editor.commands.focus();
    else if (ziel === undefined || stelle < 0) return;
    else this.gehe(alle[ziel]);
    ereignis.preventDefault();
  }

  /** @param {Knopf | undefined} knopf */
  gehe(knopf) {
    for (const anderer of this.knoepfe) anderer.tabIndex = anderer === knopf ? 0 : -1;
    knopf?.focus();
  }

  // Text --------------------------------------------------------------------------------------------------

  /** @param {KeyboardEvent} ereignis */
  taste(ereignis) {
    if (ereignis.key === "Tab" && this.frei) return true; // leaves the field, also out of a list or a table
    if (ereignis.key !== "Shift") this.frei = ereignis.key === "Escape";
    if (ereignis.altKey && ereignis.key === "F10") {
      ereignis.preventDefault();
      this.gehe(this.sichtbare.find((knopf) => knopf.tabIndex === 0));
      return true;
    }
    const kuerzel = (ereignis.ctrlKey || ereignis.metaKey) && !ereignis.altKey && ereignis.key.toLowerCase();
    if (kuerzel && kuerzel.length === 1) this.holeAuswahl();
    if (kuerzel === "k") {
      ereignis.preventDefault();
      frageNachZiel(this.editor);
      return true;
    }
    return false;
  }

  // The browser reports a selection made with the keys a little later; a quick Ctrl+K or Ctrl+B would miss it.
  holeAuswahl() {
    const auswahl = document.getSelection();
    if (!auswahl?.anchorNode || !auswahl.focusNode) return;
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = auswahl;
    const { view, state } = this.editor;
    if (isCollapsed || !view.dom.contains(anchorNode) || state.selection.toJSON().type !== "text") return;
    const enden = [view.posAtDOM(anchorNode, anchorOffset), view.posAtDOM(focusNode, focusOffset)];
    const [from, to] = [Math.min(...enden), Math.max(...enden)];
    if (from !== state.selection.from || to !== state.selection.to) this.editor.commands.setTextSelection({ from, to });
  }

  // What prepares a paste, from the moment when it has been fetched.
  get einfuegen() {
    return einfuegen && (this.vorbereitung ??= new einfuegen.Einfuegen(this.editor, this.meldung));
  }

  /**
   * HTML is never taken as it comes: a paste that is faster than what prepares it waits.
   * @param {EditorView} sicht
   * @param {ClipboardEvent | DragEvent} ereignis
   */
  fuegeEin(sicht, ereignis) {
    const daten = ereignis instanceof DragEvent ? ereignis.dataTransfer : ereignis.clipboardData;
    const alsText = mitUmschalt(sicht);
    const [html, text] = this.wartend ?? ["text/html", "text/plain"].map((art) => daten?.getData(art) ?? "");
    const dateien = html || text ? [] : [...(daten?.files ?? [])].map((datei) => datei.name);
    if (this.einfuegen && !dateien.length) {
      this.einfuegen.merkeZeilen(alsText ? "" : html, text);
      return false;
    }
    const stelle = ereignis instanceof DragEvent && sicht.posAtCoords({ left: ereignis.clientX, top: ereignis.clientY });
    if (stelle) this.editor.commands.setTextSelection(stelle.pos);
    const wie = ereignis instanceof DragEvent ? undefined : ereignis;
    const geholt = holeEinfuegen().then(() => {
      this.wartend = [html, text];
      if (dateien.length) this.einfuegen?.nenneDateien(dateien);
      else if (html && !alsText) sicht.pasteHTML(html, wie);
      else sicht.pasteText(text, wie);
    }, () => {
      this.meldung.textContent = "Das Einfügen ging gerade nicht, weil der Server nicht antwortet. Versuchen Sie es noch einmal.";
    }).finally(() => { this.wartend = null; });
    sendeErstDanach(this.formular, geholt);
    return true;
  }

  schreibe() {
    this.html.value = this.editor.state.doc.eq(this.anfang) ? "" : this.editor.getHTML();
    this.html.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Who saves while a paste is under way means the text with it.
 * @param {HTMLFormElement} formular
 * @param {Promise<void>} fertig
 */
function sendeErstDanach(formular, fertig) {
  /** @type {HTMLElement | null} */
  let knopf = null;
  /** @param {SubmitEvent} ereignis */
  const halt = (ereignis) => {
    ereignis.preventDefault();
    ereignis.stopImmediatePropagation();
    knopf = ereignis.submitter;
  };
  formular.addEventListener("submit", halt, true);
  fertig.finally(() => {
    formular.removeEventListener("submit", halt, true);
    if (knopf) formular.requestSubmit(knopf);
  });
}

// Where a link leads ----------------------------------------------------------------------------------------

function baueDialog() {
  const dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": "editor-dialog-titel" });
  dialog.innerHTML = `<form method="dialog" novalidate><h2 class="kern-title kern-title--small" id="editor-dialog-titel">Link</h2>
    <div class="feld kern-form-input"><label class="kern-label" for="editor-ziel">Adresse</label>
    <div class="kern-hint" id="editor-ziel-hilfe">Zum Beispiel https://www.musterstadt.example oder eine E-Mail-Adresse</div>
    <input class="kern-form-input__input" id="editor-ziel" inputmode="url" autocomplete="off" spellcheck="false" aria-describedby="editor-ziel-hilfe editor-ziel-fehler">
    <div class="kern-error" id="editor-ziel-fehler" hidden><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><p class="kern-body">So eine Adresse gibt es nicht. Sie beginnt mit https:// oder ist eine E-Mail-Adresse.</p></div></div>
    <div class="knoepfe"><button class="kern-btn kern-btn--primary"><span class="kern-label">Übernehmen</span></button>
    <button class="kern-btn kern-btn--secondary" type="button" data-weg><span class="kern-label">Link entfernen</span></button>
    <button class="kern-btn kern-btn--tertiary" type="button" data-zu><span class="kern-label">Abbrechen</span></button></div></form>`;
  document.body.append(dialog);
  /** @template {HTMLElement} E @param {string} auswahl @param {new () => E} art */
  const teil = (auswahl, art) => {
    const gefunden = dialog.querySelector(auswahl);
    if (!(gefunden instanceof art)) throw new TypeError(auswahl);
    return gefunden;
  };
  return {
    dialog,
    formular: teil("form", HTMLFormElement),
    eingabe: teil("input", HTMLInputElement),
    fehler: teil(".kern-error", HTMLDivElement),
    weg: teil("[data-weg]", HTMLButtonElement),
    zu: teil("[data-zu]", HTMLButtonElement),
  };
}

/** @type {ReturnType<typeof baueDialog> | null} */
let gebaut = null;

/** @param {Editor} editor */
function frageNachZiel(editor) {
  if (!gebaut?.dialog.isConnected) gebaut = baueDialog();
  const { dialog, formular, eingabe, fehler, weg, zu } = gebaut;
  /** @param {boolean} an */
  const zeigeFehler = (an) => {
    fehler.hidden = !an;
    eingabe.toggleAttribute("aria-invalid", an);
    if (an) { eingabe.setAttribute("aria-invalid", "true"); eingabe.focus(); }
  };
  /** @param {string} ziel */
  const setze = (ziel) => {
    dialog.close();
    const kette = editor.chain().focus().extendMarkRange("link");
    if (!ziel) kette.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      kette.insertContent({ type: "text", text: ziel.replace(/^mailto:/, ""), marks: [{ type: "link", attrs: { href: ziel } }] })
        .unsetMark("link").run();
    } else kette.setLink({ href: ziel }).run();
  };
  eingabe.value = String(editor.getAttributes("link").href ?? "");
  zeigeFehler(false);
  weg.hidden = !editor.isActive("link");
  weg.onclick = () => setze("");
  zu.onclick = () => dialog.close();
  formular.onsubmit = (ereignis) => {
    ereignis.preventDefault();
    const ziel = vervollstaendigt(eingabe.value.trim());
    if (ziel === null) zeigeFehler(true);
    else setze(ziel);
  };
  dialog.onclose = () => { editor.commands.focus(); };
  dialog.showModal();
}

// ---------------------------------------------------------------------------------------------------------

/** @param {ParentNode} wurzel */
const verbessere = (wurzel) => {
  /** @type {NodeListOf<HTMLTextAreaElement>} */
  const quellen = wurzel.querySelectorAll("textarea[data-fliesstext]:not([hidden])");
  for (const quelle of quellen) {
    const html = quelle.form?.elements.namedItem(`${quelle.name}-html`);
    // What somebody has typed before the editor was there stays in the plain field.
    const getippt = quelle.value !== quelle.defaultValue;
    if (!quelle.form || !(html instanceof HTMLInputElement) || quelle.disabled || quelle.readOnly || getippt) continue;
    new Feld(quelle, quelle.form, html, quelle.labels[0]);
  }
};
verbessere(document);
document.addEventListener("htmx:load", (ereignis) => verbessere(ereignis.detail.elt.parentElement ?? document));
