// @ts-check
// The list of measures: a short address, all check boxes of a page at once, how many are ticked. All of it works without.
(() => {
  "use strict";

  // What is left empty or as it comes anyway need not stand in the address.
  /** @type {HTMLFormElement | null} */
  const filter = document.querySelector("form[data-kurz]");
  const felder = () => [...(filter?.elements ?? [])].filter((feld) =>
    feld instanceof HTMLInputElement || feld instanceof HTMLSelectElement || feld instanceof HTMLButtonElement);
  /** @param {string[]} werte */
  const sortiert = (werte) => werte.sort().join(" ");
  filter?.addEventListener("submit", () => {
    /** @type {HTMLElement | null} */
    const spalten = filter.querySelector("[data-vorgabe]");
    if (!spalten) return;
    /** @type {NodeListOf<HTMLInputElement>} */
    const angekreuzt = spalten.querySelectorAll("input:checked");
    const wieVorgegeben = sortiert([...angekreuzt].map((h) => h.value)) === sortiert(spalten.dataset.vorgabe?.split(" ") ?? []);
    for (const feld of felder()) {
      if (feld.name && (!feld.value || (wieVorgegeben && spalten.contains(feld)))) feld.disabled = true;
    }
  });
  // Back in the history, the form is as it was left.
  window.addEventListener("pageshow", () => {
    for (const feld of felder()) feld.disabled = false;
    zaehle();
  });

  /** @type {HTMLInputElement | null} */
  const alle = document.querySelector("[data-alle]");
  const zahl = document.querySelector("[data-gewaehlt]");
  /** @type {NodeListOf<HTMLInputElement>} */
  const kaestchen = document.querySelectorAll("input[name=m][form=sammel]");
  const haken = [...kaestchen];
  const zaehle = () => {
    if (!alle) return;
    const anzahl = haken.filter((h) => h.checked).length;
    alle.checked = anzahl > 0 && anzahl === haken.length;
    alle.indeterminate = anzahl > 0 && anzahl < haken.length;
    if (zahl) zahl.textContent = anzahl ? `${anzahl} angekreuzt` : "";
  };
  if (alle && haken.length) {
    alle.hidden = false;
    alle.addEventListener("change", () => {
      for (const h of haken) h.checked = alle.checked;
      zaehle();
    });
    for (const h of haken) h.addEventListener("change", zaehle);
  }
  zaehle();
})();
