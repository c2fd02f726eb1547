// How an amount or a period was read: comes while somebody types (htmx), and is said aloud once they pause.
(() => {
  "use strict";

  // An answer about what no longer stands in the field comes too late; so does one for a row that moved meanwhile.
  const gilt = (block) => block?.dataset.getippt === document.getElementById(block?.dataset.feld)?.value;

  document.addEventListener("htmx:beforeSwap", (ereignis) => {
    const { requestConfig, serverResponse, xhr } = ereignis.detail;
    if (!requestConfig?.elt?.hasAttribute("data-lesung") || xhr.status !== 200) return;
    const antwort = new DOMParser().parseFromString(serverResponse, "text/html");
    ereignis.detail.shouldSwap = gilt(antwort.querySelector(".lesung"));
  });
  document.addEventListener("htmx:oobBeforeSwap", (ereignis) => {
    const block = ereignis.detail.fragment?.querySelector?.(".lesung");
    if (block && !gilt(block)) ereignis.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSettle", (ereignis) => {
    const block = document.getElementById(ereignis.detail.requestConfig?.elt?.dataset?.lesung)?.closest(".lesung");
    const ansage = document.getElementById("ansage");
    if (!block || !ansage) return;
    const saetze = [...block.querySelectorAll(".lesung__worte, .lesung__titel, .lesung__vorschlag")];
    const worte = saetze.map((satz) => satz.textContent.trim()).filter(Boolean).join(". ");
    if (worte && ansage.textContent !== worte) ansage.textContent = worte;
  });
})();
