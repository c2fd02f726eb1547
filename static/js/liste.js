// The list of measures: a short address, all check boxes of a page at once, how many are ticked. All of it works without.
(() => {
  "use strict";

  // What is left empty or as it comes anyway need not stand in the address.
  const filter = document.querySelector("form[data-kurz]");
  filter?.addEventListener("submit", () => {
    const spalten = filter.querySelector("[data-vorgabe]");
    const gewaehlt = [...spalten.querySelectorAll(":checked")].map((haken) => haken.value);
    const wieVorgegeben = gewaehlt.sort().join(" ") === spalten.dataset.vorgabe.split(" ").sort().join(" ");
    for (const feld of filter.elements) {
      if (feld.name && (!feld.value || (wieVorgegeben && spalten.contains(feld)))) feld.disabled = true;
    }
  });
  // Back in the history, the form is as it was left.
  window.addEventListener("pageshow", () => {
    for (const feld of filter?.elements ?? []) feld.disabled = false;
    zaehle();
  });

  const alle = document.querySelector("[data-alle]");
  const zahl = document.querySelector("[data-gewaehlt]");
  const haken = [...document.querySelectorAll("input[name=m][form=sammel]")];
  const zaehle = () => {
    if (!alle) return;
    const anzahl = haken.filter((h) => h.checked).length;
    alle.checked = anzahl > 0 && anzahl === haken.length;
    alle.indeterminate = anzahl > 0 && anzahl < haken.length;
    zahl.textContent = anzahl ? `${anzahl} angekreuzt` : "";
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
