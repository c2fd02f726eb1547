// "Prüfen": shows which words an Anmerkung means, and offers to comment on the words that are selected.
(() => {
  "use strict";

  const text = document.querySelector(".pruefen");
  if (!text) return;
  const HOECHSTENS = 2000;

  const blockZu = (rn) => text.querySelector(`[data-rn="${CSS.escape(rn)}"]`);

  // The words of a quotation inside its block, as a range; null where they are not there.
  const bereich = (block, zitat) => {
    const knoten = [];
    let ganz = "";
    const lauf = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let k = lauf.nextNode(); k; k = lauf.nextNode()) {
      if (k.parentElement.closest(".rn, .nur-vorlesen, .notizen")) continue;
      knoten.push([k, ganz.length]);
      ganz += k.data;
    }
    const von = ganz.indexOf(zitat);
    if (von < 0) return null;
    const stelle = (ort) => {
      const [k, ab] = knoten.findLast(([, anfang]) => anfang <= ort);
      return [k, ort - ab];
    };
    const gefunden = document.createRange();
    gefunden.setStart(...stelle(von));
    gefunden.setEnd(...stelle(von + zitat.length));
    return gefunden;
  };

  if (window.Highlight && CSS.highlights) {
    const gemeint = new Highlight();
    for (const karte of text.querySelectorAll(".anmerkung[data-zitat]:not([data-zitat=''])")) {
      const block = blockZu(karte.dataset.zu);
      const gefunden = block && bereich(block, karte.dataset.zitat);
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
    for (const notizen of text.querySelectorAll(`.notizen:not(.rand-zeile *), ${TABELLEN}`)) {
      notizen.style.insetBlockStart = notizen.style.marginBlockStart = "";
      if (!breit.matches) continue;
      if (notizen.matches(TABELLEN)) {
        const fehlt = frei - (notizen.getBoundingClientRect().top - oben);
        if (fehlt > 0) notizen.style.marginBlockStart = `${fehlt + ABSTAND}px`;
        continue;
      }
      const block = notizen.parentElement.matches("[data-rn]") ? notizen.parentElement : notizen.previousElementSibling;
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
    const worte = auswahl.isCollapsed ? "" : auswahl.toString().trim();
    const anfang = auswahl.anchorNode?.parentElement?.closest("[data-rn]");
    const ende = auswahl.focusNode?.parentElement?.closest("[data-rn]");
    knopf.hidden = !(worte && anfang && anfang === ende && text.contains(anfang));
    if (knopf.hidden) return;
    link.href = `${ziel}?${new URLSearchParams({ rn: anfang.dataset.rn, zitat: worte.slice(0, HOECHSTENS) })}`;
    const ort = auswahl.getRangeAt(0).getBoundingClientRect();
    knopf.style.insetBlockStart = `${window.scrollY + ort.bottom + 6}px`;
    knopf.style.insetInlineStart = `${Math.max(8, Math.min(window.scrollX + ort.left, window.innerWidth - 240))}px`;
  };
  document.addEventListener("selectionchange", zeige);
})();
