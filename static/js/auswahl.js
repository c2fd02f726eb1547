// @ts-check
// Turns a text field for comma-separated short names into chips with a combobox (WAI-ARIA APG, list
// autocomplete). The text field stays in the form and keeps the value, so the server sees the same either way. What is a
// name in a text says namen.js.
(() => {
  "use strict";
  const HOECHSTENS = 50;
  const { bekannteAus, fertigBis, gleich, jeEinmal, namenAus, passende, schrittnummer } = Namen;
  let zaehler = 0;

  /**
   * @template {keyof HTMLElementTagNameMap} N
   * @param {N} name
   * @param {Record<string, string>} attribute
   * @param {(Node | string)[]} kinder
   */
  const element = (name, attribute = {}, ...kinder) => {
    const e = document.createElement(name);
    for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, wert);
    e.append(...kinder);
    return e;
  };

  /** @param {string} text */
  const sage = (text) => {
    const ansage = document.getElementById("ansage");
    if (ansage) ansage.textContent = text;
  };

  class Auswahl {
    /** @param {HTMLInputElement} quelle */
    constructor(quelle) {
      this.quelle = quelle;
      /** @type {string[]} */
      this.namen = [];
      /** @type {{ wert: string, name: string }[]} */
      this.treffer = [];
      this.aktiv = -1;
      const id = quelle.id || `auswahl-${++zaehler}`;
      const label = quelle.labels?.[0];
      if (label && !label.id) label.id = `${id}_label`;

      this.eingabe = element("input", {
        id, type: "text", class: "auswahl__eingabe", role: "combobox", autocomplete: "off", spellcheck: "false",
        "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}_liste`,
      });
      for (const name of ["aria-describedby", "aria-invalid", "aria-label"]) {
        const wert = quelle.getAttribute(name);
        if (wert !== null) this.eingabe.setAttribute(name, wert);
      }
      if (quelle.required) this.eingabe.setAttribute("aria-required", "true");
      this.marken = element("ul", { class: "auswahl__marken", role: "list", "aria-label": "Ausgewählt" });
      this.liste = element("ul", { id: `${id}_liste`, class: "auswahl__liste", role: "listbox", hidden: "" });
      this.liste.setAttribute(label ? "aria-labelledby" : "aria-label", label ? label.id : "Vorschläge");
      this.feld = element("div", { class: "auswahl__feld" }, this.marken, this.eingabe);
      this.huelle = element("div", { class: "auswahl" }, this.feld, this.liste);
      if (quelle.getAttribute("aria-invalid") === "true") this.huelle.classList.add("auswahl--fehler");

      quelle.removeAttribute("id");
      quelle.required = false;
      quelle.hidden = true;
      quelle.after(this.huelle);

      this.feld.addEventListener("mousedown", (e) => {
        if (e.target === this.feld) { e.preventDefault(); this.eingabe.focus(); }
      });
      this.eingabe.addEventListener("input", () => this.tippt());
      this.eingabe.addEventListener("paste", (e) => this.fuegeEin(e));
      this.eingabe.addEventListener("keydown", (e) => this.taste(e));
      this.eingabe.addEventListener("click", () => this.oeffne());
      this.eingabe.addEventListener("blur", () => { this.uebernimm(this.eingabe.value); this.schliesse(); });
      this.liste.addEventListener("mousedown", (e) => e.preventDefault());
      this.liste.addEventListener("click", (e) => {
        const option = e.target instanceof Element && e.target.closest("[role=option]");
        if (option) this.waehle([...this.liste.children].indexOf(option));
      });
      this.lies();
    }

    get bekannt() {
      const liste = document.getElementById(this.quelle.dataset.auswahl ?? "");
      return [...(liste instanceof HTMLDataListElement ? liste.options : [])].map((o) => ({ wert: o.value, name: o.label === o.value ? "" : o.label }));
    }

    get finde() {
      const bekannt = this.bekannt;
      /** @param {string} teil */
      return (teil) =>
        (bekannt.find((e) => gleich(e.wert, teil)) ?? bekannt.find((e) => e.name && gleich(e.name, teil)))?.wert;
    }

    lies() {
      this.namen = jeEinmal(bekannteAus(this.quelle.value, this.finde));
      this.zeichne();
    }

    schreibe() {
      this.quelle.value = jeEinmal([...this.namen, ...namenAus(this.eingabe.value)]).join(", ");
      this.quelle.dispatchEvent(new Event("input", { bubbles: true }));
    }

    zeichne() {
      const bekannt = this.bekannt;
      /** @param {string} name */
      const kennt = (name) => bekannt.find((e) => gleich(e.wert, name));
      let schritt = "";
      this.marken.replaceChildren(...this.namen.map((name, stelle) => {
        const nummer = "schritte" in this.quelle.dataset && !kennt(name) ? schrittnummer(name) : "";
        if (nummer) schritt = nummer.trim();
        const eintrag = kennt(name.slice(nummer.length));
        const weg = element("button", { type: "button", class: "auswahl__weg", "aria-label": `${name} entfernen` });
        weg.addEventListener("click", () => { this.entferne(stelle); this.eingabe.focus(); });
        const marke = element("li", { class: "marke" }, name);
        if (schritt && !nummer) marke.append(element("small", {}, `\u00a0zu ${schritt}`));
        if (eintrag?.name) {
          marke.title = eintrag.name;
          marke.append(element("span", { class: "nur-vorlesen" }, ` ${eintrag.name}`));
        } else if (!eintrag && bekannt.length) {
          marke.classList.add("marke--unbekannt");
          marke.title = "Steht noch nicht in der Liste";
          marke.append(element("span", { class: "nur-vorlesen" }, " (steht noch nicht in der Liste)"));
        }
        marke.append(weg);
        return marke;
      }));
      this.marken.hidden = !this.namen.length;
    }

    /** @param {string} text */
    uebernimm(text) {
      if (!text) return;
      const { finde } = this;
      const alle = jeEinmal([...this.namen, ...bekannteAus(text, finde).map((name) => finde(name) ?? name)]);
      const neue = alle.slice(this.namen.length);
      this.namen = alle;
      this.eingabe.value = "";
      this.zeichne();
      this.schreibe();
      if (neue.length) sage(`${neue.join(", ")} hinzugefügt.`);
    }

    /** @param {number} stelle */
    entferne(stelle) {
      const [name] = this.namen.splice(stelle, 1);
      this.zeichne();
      this.schreibe();
      sage(`${name} entfernt.`);
    }

    /** @param {number} stelle */
    waehle(stelle) {
      this.uebernimm(this.treffer[stelle].wert);
      this.schliesse();
    }

    tippt() {
      const text = this.eingabe.value;
      const fertig = fertigBis(text);
      if (fertig) {
        this.uebernimm(text.slice(0, fertig));
        this.eingabe.value = text.slice(fertig).trimStart();
      }
      this.schreibe();
      this.oeffne();
    }

    /**
     * The field has one line; what stood on several or in several cells would grow together in it.
     * @param {ClipboardEvent} ereignis
     */
    fuegeEin(ereignis) {
      const text = ereignis.clipboardData?.getData("text/plain").trim().replace(/[\r\t]/g, "\n") ?? "";
      if (!text.includes("\n")) return;
      ereignis.preventDefault();
      const { selectionStart, selectionEnd } = this.eingabe;
      this.eingabe.setRangeText(namenAus(text).join(", "), selectionStart ?? 0, selectionEnd ?? 0, "end");
      this.tippt();
    }

    oeffne() {
      const suche = this.eingabe.value.trim();
      this.treffer = passende(this.bekannt, suche)
        .filter((e) => !this.namen.some((name) => gleich(name, e.wert)))
        .slice(0, HOECHSTENS);
      this.liste.replaceChildren(...this.treffer.map((e, i) => {
        const option = element("li", { id: `${this.eingabe.id}_${i}_option`, role: "option", "aria-selected": "false" }, e.wert);
        if (e.name) option.append(element("span", {}, e.name));
        return option;
      }));
      this.liste.hidden = !this.treffer.length;
      this.eingabe.setAttribute("aria-expanded", String(!this.liste.hidden));
      this.zeige(-1);
      if (suche) sage(this.treffer.length === 1 ? "1 Vorschlag" : `${this.treffer.length || "Keine"} Vorschläge`);
    }

    schliesse() {
      this.liste.hidden = true;
      this.eingabe.setAttribute("aria-expanded", "false");
      this.zeige(-1);
    }

    /** @param {number} stelle */
    zeige(stelle) {
      this.liste.children[this.aktiv]?.setAttribute("aria-selected", "false");
      this.aktiv = stelle;
      const option = this.liste.children[stelle];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        this.eingabe.setAttribute("aria-activedescendant", option.id);
      } else {
        this.eingabe.removeAttribute("aria-activedescendant");
      }
    }

    /** @param {KeyboardEvent} ereignis */
    taste(ereignis) {
      if (ereignis.isComposing || ereignis.ctrlKey || ereignis.metaKey) return;
      const offen = !this.liste.hidden;
      const anzahl = this.treffer.length;
      switch (ereignis.key) {
        case "ArrowDown":
        case "ArrowUp": {
          ereignis.preventDefault();
          if (!offen) this.oeffne();
          if (!this.treffer.length) return;
          const ab = ereignis.key === "ArrowDown";
          const ende = ab ? 0 : this.treffer.length - 1;
          this.zeige(!offen || this.aktiv < 0 ? ende : (this.aktiv + (ab ? 1 : -1) + anzahl) % anzahl);
          return;
        }
        case "Enter":
          if (offen && this.aktiv >= 0) this.waehle(this.aktiv);
          else if (this.eingabe.value.trim()) { this.uebernimm(this.eingabe.value); this.schliesse(); }
          else return;
          ereignis.preventDefault();
          return;
        case "Escape":
          if (offen) this.schliesse();
          else if (this.eingabe.value) { this.eingabe.value = ""; this.schreibe(); }
          else return;
          ereignis.preventDefault();
          return;
        case "Backspace":
          if (!this.eingabe.value && this.namen.length) this.entferne(this.namen.length - 1);
      }
    }
  }

  /** @type {Set<Auswahl>} */
  const auswahlen = new Set();
  /** @param {ParentNode} wurzel */
  const verbessere = (wurzel) => {
    /** @type {NodeListOf<HTMLInputElement>} */
    const quellen = wurzel.querySelectorAll("input[data-auswahl]:not([hidden])");
    for (const quelle of quellen) {
      if (!quelle.disabled && !quelle.readOnly) auswahlen.add(new Auswahl(quelle));
    }
  };
  verbessere(document);
  document.addEventListener("htmx:load", (ereignis) => verbessere(ereignis.detail.elt.parentElement ?? document));
  // The browser may put earlier text back into the field after going back in the history.
  window.addEventListener("pageshow", () => {
    for (const auswahl of auswahlen) {
      if (auswahl.quelle.isConnected) auswahl.lies();
      else auswahlen.delete(auswahl);
    }
  });
})();
