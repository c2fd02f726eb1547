// Makes an editor of each text area with rich text (templates/kern/fliesstext.html). The text area keeps its dialect and
// stays what is sent while nothing was edited; what was edited goes as HTML into the hidden field beside it, and the
// server makes dialect of it again.
import {
  Bold, BulletList, Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, Heading, History, Italic, Link,
  ListItem, OrderedList, Paragraph, Table, TableCell, TableHeader, TableRow, Text, pm,
} from "django-prose-editor/editor";

// What a paste needs is only fetched when somebody begins to write.
let einfuegen = null;
const holeEinfuegen = async () => { einfuegen ??= await import("konzeptwerk/einfuegen-editor"); };

const ZIELE = /^(https?:\/\/|mailto:|#)/i;

const element = (name, attribute = {}, ...kinder) => {
  const e = document.createElement(name);
  for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, wert);
  e.append(...kinder);
  return e;
};

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

function gleicheAus(zustand) {
  const { tr } = zustand;
  zustand.doc.descendants((tabelle, ort) => {
    if (tabelle.type.spec.tableRole !== "table") return !tabelle.isTextblock;
    tabelle.forEach((reihe, bisReihe) => reihe.forEach((zelle, bisZelle, spalte) => {
      const align = tabelle.firstChild.maybeChild(spalte)?.attrs.align ?? null;
      if (zelle.attrs.align !== align) tr.setNodeMarkup(ort + bisReihe + bisZelle + 2, undefined, { ...zelle.attrs, align });
    }));
    return false;
  });
  return tr.docChanged ? tr : null;
}

// Aligns the column of the selection, or takes that back.
const richteAus = (wo) => ({ tr, dispatch }) => {
  const { $from } = tr.selection;
  let tiefe = $from.depth;
  while (tiefe > 0 && $from.node(tiefe).type.spec.tableRole !== "row") tiefe--;
  if (!tiefe) return false;
  const kopf = $from.node(tiefe - 1).firstChild;
  const spalte = $from.index(tiefe);
  if (spalte >= kopf.childCount) return false;
  let ort = $from.start(tiefe - 1) + 1;
  for (let i = 0; i < spalte; i++) ort += kopf.child(i).nodeSize;
  const { attrs } = kopf.child(spalte);
  if (dispatch) tr.setNodeMarkup(ort, undefined, { ...attrs, align: attrs.align === wo ? null : wo });
  return true;
};

// A title stands above its table, as the dialect has it; its words are selected, to be typed.
const TITEL = ["[Tabelle: ", "Titel", "]"];
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
    isAllowedUri: (adresse) => ZIELE.test(adresse ?? ""),
  }),
  Table.configure({ resizable: false }), TableRow, TableHeader.extend(zelle), TableCell.extend(zelle), Tabellentasten, Spalten,
];

// name, title, shortcut, command, what is pressed when
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

class Feld {
  constructor(quelle) {
    this.quelle = quelle;
    this.html = quelle.form.elements[`${quelle.name}-html`];
    this.id = quelle.id;
    this.huelle = element("div", { class: "editor" });
    const beschriftung = quelle.labels[0];
    beschriftung.id ||= `${this.id}_label`;
    this.name = beschriftung.querySelector(".kern-label__optional") ? beschriftung.firstChild.data : beschriftung.textContent;
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

  attribute(beschriftung) {
    const hinweis = element("span", { id: `${this.id}_tasten`, hidden: "" },
      "Textfeld mit Formatierung. Alt und F10 führen zur Werkzeugleiste. In Listen und Tabellen führt Escape und dann Tab weiter.");
    this.huelle.append(hinweis);
    const beschreibung = (this.quelle.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => {
      const hilfe = document.getElementById(id);
      if (!hilfe?.classList.contains("kern-hint--dialekt")) return hilfe;
      const dialekt = hilfe.querySelector("[data-dialekt]") ?? hilfe;
      dialekt.hidden = true;
      return dialekt !== hilfe;
    });
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
    this.knoepfe = [];
    // In the narrow rows of a list the keys have to do for going back and forth.
    const auswahl = this.quelle.closest("[data-zeilen]") ? KNOEPFE.slice(0, 2) : KNOEPFE;
    const gruppen = auswahl.map((gruppe) => element("div", { class: "editor__gruppe" }, ...gruppe.map(
      ([name, titel, kuerzel, befehl, zustand]) => this.knopf(name, titel, kuerzel, "", befehl, zustand),
    )));
    this.tabellengruppe = element("div", { class: "editor__gruppe editor__gruppe--tabelle", hidden: "" }, ...TABELLENKNOEPFE.map(
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

  knopf(name, titel, kuerzel, text, befehl, zustand) {
    const knopf = element("button", {
      type: "button", class: `editor__knopf${text ? " editor__knopf--text" : ""}`, "data-knopf": name, tabindex: "-1",
      "aria-label": titel, title: kuerzel ? `${titel} (${kuerzel})` : titel,
    }, text || element("span", { class: `editor__bild editor__bild--${name}`, "aria-hidden": "true" }));
    if (zustand) knopf.setAttribute("aria-pressed", "false");
    knopf.addEventListener("click", () => {
      if (knopf.getAttribute("aria-disabled") === "true") return;
      if (befehl) befehl(this.editor.chain().focus()).run();
      else frageNachZiel(this.editor);
    });
    knopf.zustand = zustand;
    knopf.moeglich = befehl && (() => befehl(this.editor.can().chain()).run());
    this.knoepfe.push(knopf);
    return knopf;
  }

  get sichtbare() {
    return this.knoepfe.filter((knopf) => !knopf.parentElement.hidden);
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

  wandere(ereignis) {
    const alle = this.sichtbare;
    const stelle = alle.indexOf(document.activeElement);
    const ziel = {
      ArrowRight: (stelle + 1) % alle.length,
      ArrowLeft: (stelle - 1 + alle.length) % alle.length,
      Home: 0,
      End: alle.length - 1,
    }[ereignis.key];
    if (ereignis.key === "Escape") this.editor.commands.focus();
    else if (ziel === undefined || stelle < 0) return;
    else this.gehe(alle[ziel]);
    ereignis.preventDefault();
  }

  gehe(knopf) {
    for (const anderer of this.knoepfe) anderer.tabIndex = anderer === knopf ? 0 : -1;
    knopf.focus();
  }

  // Text --------------------------------------------------------------------------------------------------

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
    const { anchorNode, anchorOffset, focusNode, focusOffset, isCollapsed } = document.getSelection();
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

  // HTML is never taken as it comes: a paste that is faster than what prepares it waits.
  fuegeEin(sicht, ereignis) {
    const daten = ereignis.clipboardData ?? ereignis.dataTransfer;
    const alsText = sicht.input.shiftKey;
    const [html, text] = this.wartend ?? ["text/html", "text/plain"].map((art) => daten?.getData(art) ?? "");
    const dateien = html || text ? [] : [...(daten?.files ?? [])].map((datei) => datei.name);
    if (this.einfuegen && !dateien.length) {
      this.einfuegen.merkeZeilen(alsText ? "" : html, text);
      return false;
    }
    const stelle = ereignis.type === "drop" && sicht.posAtCoords({ left: ereignis.clientX, top: ereignis.clientY });
    if (stelle) this.editor.commands.setTextSelection(stelle.pos);
    const geholt = holeEinfuegen().then(() => {
      this.wartend = [html, text];
      if (dateien.length) this.einfuegen.nenneDateien(dateien);
      else if (html && !alsText) sicht.pasteHTML(html, ereignis);
      else sicht.pasteText(text, ereignis);
    }, () => {
      this.meldung.textContent = "Das Einfügen ging gerade nicht, weil der Server nicht antwortet. Versuchen Sie es noch einmal.";
    }).finally(() => { this.wartend = null; });
    sendeErstDanach(this.quelle.form, geholt);
    return true;
  }

  schreibe() {
    this.html.value = this.editor.state.doc.eq(this.anfang) ? "" : this.editor.getHTML();
    this.html.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Who saves while a paste is under way means the text with it.
function sendeErstDanach(formular, fertig) {
  let knopf = null;
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

let dialog = null;

const vervollstaendigt = (text) => {
  if (!text || ZIELE.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s:/]+\.[^\s:/]{2,}([/?#]\S*)?$/.test(text) ? `https://${text}` : null;
};

function baueDialog() {
  dialog = element("dialog", { class: "editor-dialog", "aria-labelledby": "editor-dialog-titel" });
  dialog.innerHTML = `<form method="dialog" novalidate><h2 class="kern-title kern-title--small" id="editor-dialog-titel">Link</h2>
    <div class="feld kern-form-input"><label class="kern-label" for="editor-ziel">Adresse</label>
    <div class="kern-hint" id="editor-ziel-hilfe">Zum Beispiel https://www.musterstadt.example oder eine E-Mail-Adresse</div>
    <input class="kern-form-input__input" id="editor-ziel" inputmode="url" autocomplete="off" spellcheck="false" aria-describedby="editor-ziel-hilfe editor-ziel-fehler">
    <div class="kern-error" id="editor-ziel-fehler" hidden><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><p class="kern-body">So eine Adresse gibt es nicht. Sie beginnt mit https:// oder ist eine E-Mail-Adresse.</p></div></div>
    <div class="knoepfe"><button class="kern-btn kern-btn--primary"><span class="kern-label">Übernehmen</span></button>
    <button class="kern-btn kern-btn--secondary" type="button" data-weg><span class="kern-label">Link entfernen</span></button>
    <button class="kern-btn kern-btn--tertiary" type="button" data-zu><span class="kern-label">Abbrechen</span></button></div></form>`;
  document.body.append(dialog);
  return dialog;
}

function frageNachZiel(editor) {
  if (!dialog?.isConnected) baueDialog();
  const eingabe = dialog.querySelector("input");
  const fehler = dialog.querySelector(".kern-error");
  const zeigeFehler = (an) => {
    fehler.hidden = !an;
    eingabe.toggleAttribute("aria-invalid", an);
    if (an) { eingabe.setAttribute("aria-invalid", "true"); eingabe.focus(); }
  };
  const setze = (ziel) => {
    dialog.close();
    const kette = editor.chain().focus().extendMarkRange("link");
    if (!ziel) kette.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      kette.insertContent({ type: "text", text: ziel.replace(/^mailto:/, ""), marks: [{ type: "link", attrs: { href: ziel } }] })
        .unsetMark("link").run();
    } else kette.setLink({ href: ziel }).run();
  };
  eingabe.value = editor.getAttributes("link").href ?? "";
  zeigeFehler(false);
  dialog.querySelector("[data-weg]").hidden = !editor.isActive("link");
  dialog.querySelector("[data-weg]").onclick = () => setze("");
  dialog.querySelector("[data-zu]").onclick = () => dialog.close();
  dialog.querySelector("form").onsubmit = (ereignis) => {
    ereignis.preventDefault();
    const ziel = vervollstaendigt(eingabe.value.trim());
    if (ziel === null) zeigeFehler(true);
    else setze(ziel);
  };
  dialog.onclose = () => editor.commands.focus();
  dialog.showModal();
}

// ---------------------------------------------------------------------------------------------------------

const verbessere = (wurzel) => {
  for (const quelle of wurzel.querySelectorAll("textarea[data-fliesstext]:not([hidden])")) {
    // What somebody has typed before the editor was there stays in the plain field.
    const getippt = quelle.value !== quelle.defaultValue;
    if (quelle.form && !quelle.disabled && !quelle.readOnly && !getippt) new Feld(quelle);
  }
};
verbessere(document);
document.addEventListener("htmx:load", (ereignis) => verbessere(ereignis.detail.elt.parentElement ?? document));
