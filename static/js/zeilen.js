// @ts-check
// Rows of a formset: keeps the focus where the person works and says aloud what happened.
(() => {
  "use strict";
  /** @type {{ bereich: string, knopf: string, art: string, name: string | null | undefined, stelle: number } | null} */
  let aktion = null;

  /** @param {string} text */
  const sage = (text) => {
    const ansage = document.getElementById("ansage");
    if (ansage) ansage.textContent = text;
  };

  document.addEventListener("click", (ereignis) => {
    if (ereignis.target instanceof Element && ereignis.target.closest("[data-zeilen] [aria-disabled=true]")) {
      ereignis.preventDefault();
      ereignis.stopImmediatePropagation();
    }
  }, true);

  document.addEventListener("htmx:beforeRequest", (ereignis) => {
    const knopf = ereignis.detail.elt;
    const bereich = knopf.closest?.("[data-zeilen]");
    if (!bereich || !(knopf instanceof HTMLButtonElement)) return;
    const zeile = knopf.closest("li");
    aktion = {
      bereich: bereich.id,
      knopf: knopf.id,
      art: knopf.value.split(":")[1],
      name: zeile?.getAttribute("aria-label"),
      stelle: [...(zeile?.parentElement?.children ?? [])].findIndex((eine) => eine === zeile),
    };
  });

  document.addEventListener("htmx:afterSettle", () => {
    const bereich = aktion && document.getElementById(aktion.bereich);
    if (!aktion || !bereich) return;
    const { art, knopf, name, stelle } = aktion;
    aktion = null;
    const zeilen = [...bereich.querySelectorAll(".zeilen__liste > li")];
    if (art === "neu") {
      const zeile = zeilen.at(-1);
      /** @type {HTMLElement | null | undefined} */
      const feld = zeile?.querySelector("input:not([type=hidden]):not([hidden]), select, textarea");
      feld?.focus();
      sage(`${zeile?.getAttribute("aria-label")} hinzugefügt.`);
    } else if (art === "weg") {
      const naechste = zeilen[Math.min(stelle, zeilen.length - 1)];
      /** @type {HTMLElement | null} */
      const ziel = naechste?.querySelector("[value*=':weg:']") ?? bereich.querySelector(".zeilen__neu");
      ziel?.focus();
      sage(`${name} entfernt.`);
    } else {
      const taste = document.getElementById(knopf);
      taste?.focus();
      sage(`Verschoben, jetzt ${taste?.closest("li")?.getAttribute("aria-label")}.`);
    }
  });
})();
