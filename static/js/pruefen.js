// @ts-check
// "Prüfen": shows which words an Anmerkung means, and offers to comment on the words that are selected.
(() => {
  "use strict";

  /** @type {HTMLElement | null} */
  const text = document.querySelector(".pruefen");
  if (!text) return;
  const HOECHSTENS = 2000;

  /** @param {string} rn */
  const blockZu = (rn) => text.querySelector(`[data-rn="${CSS.escape(rn)}"]`);

  // The words of a quotation inside its block, as a range; null where they are not there.
  /** @param {Element} block @param {string} zitat */
  const bereich = (block, zitat) => {
    /** @type {[knoten: Text, anfang: number][]} */
    const knoten = [];
    let ganz = "";
    const lauf = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let k = lauf.nextNode(); k; k = lauf.nextNode()) {
      if (!(k instanceof Text) || k.parentElement?.closest(".rn, .nur-vorlesen, .notizen")) continue;
      knoten.push([k, ganz.length]);
      ganz += k.data;
    }
    const von = ganz.indexOf(zitat);
    if (von < 0) return null;
    const bis = von + zitat.length;
    const erster = knoten.findLast(([, anfang]) => anfang <= von);
    const letzter = knoten.findLast(([, anfang]) => anfang <= bis);
    if (!erster || !letzter) return null;
    const gefunden = document.createRange();
    gefunden.setStart(erster[0], von - erster[1]);
    gefunden.setEnd(letzter[0], bis - letzter[1]);
    return gefunden;
  };

  if (window.Highlight && CSS.highlights) {
    const gemeint = new Highlight();
    /** @type {NodeListOf<HTMLElement>} */
    const karten = text.querySelectorAll(".anmerkung[data-zitat]:not([data-zitat=''])");
    for (const { dataset } of karten) {
      const block = blockZu(dataset.zu ?? "");
      const gefunden = block && bereich(block, dataset.zitat ?? "");
      if (gefunden) gemeint.add(gefunden);
    }
    CSS.highlights.set("zitat", gemeint);
  }

  // On wide screens a note stands beside the head of its block, or below the note before it. Without JavaScript it
  // floats beside the foot of its block. A table takes the whole width and begins below them.
  const breit = window.matchMedia("(min-width: 80rem)");
  const ABSTAND = 12;
  const TABELLEN = ".dok-massnahmen, .dok-prozess, .dok-tabellenrahmen";
  const setze = () => {
    const oben = text.getBoundingClientRect().top;
    let frei = 0;
    text.classList.toggle("pruefen--gesetzt", breit.matches);
    /** @type {NodeListOf<HTMLElement>} */
    const gesetzt = text.querySelectorAll(`.notizen:not(.rand-zeile *), ${TABELLEN}`);
    for (const notizen of gesetzt) {
      notizen.style.insetBlockStart = notizen.style.marginBlockStart = "";
      if (!breit.matches) continue;
      if (notizen.matches(TABELLEN)) {
        const fehlt = frei - (notizen.getBoundingClientRect().top - oben);
        if (fehlt > 0) notizen.style.marginBlockStart = `${fehlt + ABSTAND}px`;
        continue;
      }
      const block = notizen.parentElement?.matches("[data-rn]") ? notizen.parentElement : notizen.previousElementSibling;
      if (!block) continue;
      const hoehe = Math.max(block.getBoundingClientRect().top - oben, frei);
      notizen.style.insetBlockStart = `${hoehe}px`;
      frei = hoehe + notizen.offsetHeight + ABSTAND;
    }
    text.style.minBlockSize = breit.matches ? `${frei}px` : "";
  };
  if (text.classList.contains("pruefen--mit-notizen")) {
    new ResizeObserver(setze).observe(text);
    text.addEventListener("toggle", setze, true);
    text.addEventListener("input", setze);
    breit.addEventListener("change", setze);
  }

  // A link beside the selection; without JavaScript the words are typed into the form.
  const ziel = text.dataset.anmerken;
  if (!ziel) return;
  const knopf = document.createElement("p");
  knopf.className = "anmerken-knopf";
  knopf.hidden = true;
  const link = knopf.appendChild(document.createElement("a"));
  link.textContent = "Zu dieser Stelle anmerken";
  document.body.append(knopf);

  const zeige = () => {
    const auswahl = document.getSelection();
    const worte = auswahl?.isCollapsed ? "" : auswahl?.toString().trim();
    /** @type {HTMLElement | null | undefined} */
    const anfang = auswahl?.anchorNode?.parentElement?.closest("[data-rn]");
    const ende = auswahl?.focusNode?.parentElement?.closest("[data-rn]");
    knopf.hidden = true;
    if (!auswahl || !worte || !anfang || anfang !== ende || !text.contains(anfang)) return;
    knopf.hidden = false;
    link.href = `${ziel}?${new URLSearchParams({ rn: anfang.dataset.rn ?? "", zitat: worte.slice(0, HOECHSTENS) })}`;
    const ort = auswahl.getRangeAt(0).getBoundingClientRect();
    knopf.style.insetBlockStart = `${window.scrollY + ort.bottom + 6}px`;
    knopf.style.insetInlineStart = `${Math.max(8, Math.min(window.scrollX + ort.left, window.innerWidth - 240))}px`;
  };
  document.addEventListener("selectionchange", zeige);
})();
