// Turns a text field for comma-separated short names into chips with a combobox (WAI-ARIA APG, list
// autocomplete). The text field stays in the form and keeps the value, so the server sees the same either way.
(() => {
  "use strict";
  const HOECHSTENS = 50;
  let zaehler = 0;

  // What parts names is the same here as in konzept/namen.py; tests/namen.py has the cases that both are asked.
  const TRENNER = /[,;\n]/g;
  const VERBINDER = /\s*[/&+|·•]\s*|\s+(?:und|u\.|u|sowie|plus)\s+/gi;
  const NEUE_REIHE = /[([]\s*(?:[a-z]+\s+){0,2}[0-9]{1,2}\b|^[0-9]{1,2}\)|^(?:zu\s+)?(?:umsetzungs)?schritt/i;
  const NUMMER = /^(?:zu\s+)?(?:[([][^)\]]*[0-9][^)\]]*[)\]]|[0-9]{1,2}\)|(?:umsetzungs)?schritte?n?\s+[0-9][^:]*:)\s*:?\s*/i;
  const ANFANG_ZU = { ")": "(", "]": "[" };
  const TEILE = 60;
  const IM_NAMEN = 6;

  // The outermost pairs of brackets, and the brackets that are still open at the end.
  const klammern = (text) => {
    const offen = [];
    let paare = [];
    for (let stelle = 0; stelle < text.length; stelle++) {
      if ("([".includes(text[stelle])) offen.push(stelle);
      const passend = offen.findLastIndex((anfang) => text[anfang] === ANFANG_ZU[text[stelle]]);
      if (passend < 0) continue;
      const [anfang] = offen.splice(passend);
      paare = [...paare.filter(([von]) => von < anfang), [anfang, stelle]];
    }
    return { paare, offen };
  };

  const ausserhalb = (text, muster) => {
    const { paare } = klammern(text);
    return [...text.matchAll(muster)].filter(({ index }) => !paare.some(([von, bis]) => von < index && index < bis));
  };

  const teile = (text, treffer) => {
    const enden = [...treffer.map(({ index }) => index), text.length];
    const anfaenge = [0, ...treffer.map((t) => t.index + t[0].length)];
    return { anfaenge, enden, worte: enden.map((ende, i) => text.slice(anfaenge[i], ende)) };
  };

  // Behind the number of a step the same names may come again.
  const jeEinmal = (namen) => {
    let reihe = [];
    return namen.filter((name) => {
      if (NEUE_REIHE.test(name)) reihe = [];
      return !reihe.some((davor) => gleich(davor, name)) && reihe.push(name);
    });
  };

  const namenAus = (text) =>
    jeEinmal(teile(text, ausserhalb(text, TRENNER)).worte.map((wort) => wort.trim().replace(/\s+/g, " ")).filter(Boolean));

  // What is known in a name that joins several, the fewest that there can be; nothing where a part is unknown.
  const aufgeteilt = (name, treffer, finde) => {
    if (!treffer.length || treffer.length >= TEILE) return null;
    const { anfaenge, enden } = teile(name, treffer);
    const bis = [[]];
    enden.forEach((ende, letzter) => {
      let weg = null;
      for (let erster = Math.max(0, letzter - IM_NAMEN); erster <= letzter; erster++) {
        const bekannt = bis[erster] && finde(name.slice(anfaenge[erster], ende).trim());
        if (bekannt && (!weg || bis[erster].length + 1 < weg.length)) weg = [...bis[erster], bekannt];
      }
      bis.push(weg);
    });
    return bis.at(-1);
  };

  // What a comma in a known name parted is one again.
  const wiederGanz = (namen, finde) => {
    const ganze = [];
    for (let stelle = 0; stelle < namen.length; ) {
      let gruppe = namen.slice(stelle, stelle + IM_NAMEN);
      while (gruppe.length > 1 && (!finde(gruppe.join(", ")) || gruppe.every(finde))) gruppe = gruppe.slice(0, -1);
      ganze.push(gruppe.join(", "));
      stelle += gruppe.length;
    }
    return ganze;
  };

  const zerlege = (name, finde) =>
    (!finde(name) &&
      (aufgeteilt(name, ausserhalb(name, VERBINDER), finde) ?? aufgeteilt(name, [...name.matchAll(TRENNER)], finde))) ||
    [name];

  // "Brüder" and "Bruder" are two names, "caritas" and "Caritas" one.
  const gleich = (a, b) => a.localeCompare(b, "de", { sensitivity: "accent" }) === 0;
  const klein = (text) => text.normalize("NFKC").replaceAll("\u00ad", "").toLocaleLowerCase("de");

  const element = (name, attribute = {}, ...kinder) => {
    const e = document.createElement(name);
    for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, wert);
    e.append(...kinder);
    return e;
  };

  const sage = (text) => {
    const ansage = document.getElementById("ansage");
    if (ansage) ansage.textContent = text;
  };

  class Auswahl {
    constructor(quelle) {
      this.quelle = quelle;
      this.namen = [];
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
        if (quelle.hasAttribute(name)) this.eingabe.setAttribute(name, quelle.getAttribute(name));
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
        const option = e.target.closest("[role=option]");
        if (option) this.waehle([...this.liste.children].indexOf(option));
      });
      this.lies();
    }

    get bekannt() {
      const liste = document.getElementById(this.quelle.dataset.auswahl);
      return [...(liste?.options ?? [])].map((o) => ({ wert: o.value, name: o.label === o.value ? "" : o.label }));
    }

    get finde() {
      const bekannt = this.bekannt;
      return (teil) =>
        (bekannt.find((e) => gleich(e.wert, teil)) ?? bekannt.find((e) => e.name && gleich(e.name, teil)))?.wert;
    }

    lies() {
      const { finde } = this;
      this.namen = jeEinmal(wiederGanz(namenAus(this.quelle.value), finde).flatMap((name) => zerlege(name, finde)));
      this.zeichne();
    }

    schreibe() {
      this.quelle.value = jeEinmal([...this.namen, ...namenAus(this.eingabe.value)]).join(", ");
      this.quelle.dispatchEvent(new Event("input", { bubbles: true }));
    }

    zeichne() {
      const bekannt = this.bekannt;
      const kennt = (name) => bekannt.find((e) => gleich(e.wert, name));
      let schritt = "";
      this.marken.replaceChildren(...this.namen.map((name, stelle) => {
        const nummer = "schritte" in this.quelle.dataset && !kennt(name) && NEUE_REIHE.test(name) && NUMMER.exec(name);
        if (nummer) schritt = nummer[0].trim();
        const eintrag = kennt(nummer ? name.slice(nummer[0].length) : name);
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

    uebernimm(text) {
      if (!text) return;
      const { finde } = this;
      const genannt = wiederGanz(namenAus(text), finde).flatMap((name) => zerlege(name, finde));
      const alle = jeEinmal([...this.namen, ...genannt.map((name) => finde(name) ?? name)]);
      const neue = alle.slice(this.namen.length);
      this.namen = alle;
      this.eingabe.value = "";
      this.zeichne();
      this.schreibe();
      if (neue.length) sage(`${neue.join(", ")} hinzugefügt.`);
    }

    entferne(stelle) {
      const [name] = this.namen.splice(stelle, 1);
      this.zeichne();
      this.schreibe();
      sage(`${name} entfernt.`);
    }

    waehle(stelle) {
      this.uebernimm(this.treffer[stelle].wert);
      this.schliesse();
    }

    tippt() {
      const text = this.eingabe.value;
      // A bracket that is open may yet be closed: until then nothing behind it is a name of its own.
      const bis = klammern(text).offen[0] ?? text.length;
      const trenner = ausserhalb(text, TRENNER).findLast(({ index }) => index < bis);
      if (trenner) {
        this.uebernimm(text.slice(0, trenner.index + 1));
        this.eingabe.value = text.slice(trenner.index + 1).trimStart();
      }
      this.schreibe();
      this.oeffne();
    }

    // The field has one line; what stood on several or in several cells would grow together in it.
    fuegeEin(ereignis) {
      const text = ereignis.clipboardData?.getData("text/plain").trim().replace(/[\r\t]/g, "\n") ?? "";
      if (!text.includes("\n")) return;
      ereignis.preventDefault();
      const { selectionStart, selectionEnd } = this.eingabe;
      this.eingabe.setRangeText(namenAus(text).join(", "), selectionStart, selectionEnd, "end");
      this.tippt();
    }

    oeffne() {
      const suche = klein(this.eingabe.value.trim());
      const rang = ({ wert, name }) => {
        const [w, n] = [klein(wert), klein(name)];
        return w.startsWith(suche) ? 0 : n.startsWith(suche) ? 1 : w.includes(suche) || n.includes(suche) ? 2 : 3;
      };
      this.treffer = this.bekannt
        .filter((e) => rang(e) < 3 && !this.namen.some((name) => gleich(name, e.wert)))
        .sort((a, b) => rang(a) - rang(b))
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

  const auswahlen = new Set();
  const verbessere = (wurzel) => {
    for (const quelle of wurzel.querySelectorAll("input[data-auswahl]:not([hidden])")) {
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
