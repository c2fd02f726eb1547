// @ts-check
// How an amount or a period was read: comes while somebody types or chooses a reading (htmx), and is said aloud.
(() => {
  "use strict";

  // An answer about what no longer stands in the field, or is no longer chosen, comes too late; so does one for a row
  // that moved meanwhile.
  /** @param {HTMLElement | null} block */
  const gilt = (block) => {
    const feld = document.getElementById(block?.dataset.feld ?? "");
    if (!block || !(feld instanceof HTMLInputElement)) return false;
    /** @type {HTMLInputElement | null | undefined} */
    const gewaehlt = feld.form?.querySelector(`[name="${CSS.escape(feld.name)}-lesart"]:checked`);
    return block.dataset.getippt === feld.value && block.dataset.gewaehlt === (gewaehlt?.value ?? "");
  };

  document.addEventListener("htmx:beforeSwap", (ereignis) => {
    const { requestConfig, serverResponse, xhr } = ereignis.detail;
    if (!requestConfig?.elt?.hasAttribute("data-lesung") || xhr.status !== 200) return;
    const antwort = new DOMParser().parseFromString(serverResponse, "text/html");
    ereignis.detail.shouldSwap = gilt(antwort.querySelector(".lesung"));
  });
  document.addEventListener("htmx:oobBeforeSwap", (ereignis) => {
    /** @type {HTMLElement | null | undefined} */
    const block = ereignis.detail.fragment?.querySelector?.(".lesung");
    if (block && !gilt(block)) ereignis.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (ereignis) => {
    const ausloeser = ereignis.detail.requestConfig?.elt;
    const block = document.getElementById(ausloeser?.dataset?.lesung ?? "")?.closest(".lesung");
    const ansage = document.getElementById("ansage");
    if (!ausloeser || !block || !ansage) return;
    const neu = ausloeser.matches("fieldset") ? ".lesung__worte" : ".lesung__worte, .lesung__titel, .lesung__vorschlag";
    const saetze = [...block.querySelectorAll(neu)];
    const worte = saetze.map((satz) => satz.textContent.trim()).filter(Boolean).join(". ");
    if (worte && ansage.textContent !== worte) ansage.textContent = worte;
  });
})();
