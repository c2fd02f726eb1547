// Small helps for every page; each page works without them.
(() => {
  "use strict";

  // Browsers that cannot show closed <details> by style alone get them opened on wide screens.
  const breit = window.matchMedia("(min-width: 60rem)");
  const gliederung = document.querySelector("[data-gliederung]");
  const passeAn = () => { gliederung.open = breit.matches; };
  if (gliederung) {
    passeAn();
    breit.addEventListener("change", passeAn);
    if (breit.matches) gliederung.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  // An answer that did not come, or that is not the section asked for (such as the login page after a
  // session has expired), must not replace what was typed.
  const verbindung = document.getElementById("verbindung");
  const melde = (fehler) => {
    if (!verbindung) return;
    verbindung.hidden = !fehler;
    if (fehler) verbindung.scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("htmx:beforeSwap", (ereignis) => {
    const { requestConfig, serverResponse, xhr } = ereignis.detail;
    const bereich = requestConfig?.elt?.getAttribute("hx-select")?.match(/^#(.+)/)?.[1];
    const passt = xhr.status < 400 && (!bereich || serverResponse.includes(`id="${bereich}"`));
    if (!passt) ereignis.detail.shouldSwap = false;
    melde(!passt);
  });
  document.addEventListener("htmx:sendError", () => melde(true));
  document.addEventListener("htmx:timeout", () => melde(true));

  // Asks before unsaved input of a form with data-schutz is left behind.
  let ungespeichert = Boolean(document.getElementById("fehler") && document.querySelector("form[data-schutz]"));
  const merke = (ereignis) => {
    if (ereignis.target.closest?.("form[data-schutz]")) ungespeichert = true;
  };
  document.addEventListener("input", merke);
  document.addEventListener("htmx:afterSwap", merke);
  document.addEventListener("submit", (ereignis) => {
    if (ereignis.target.closest("form[data-schutz]")) ungespeichert = false;
  });
  window.addEventListener("beforeunload", (ereignis) => {
    if (ungespeichert) ereignis.preventDefault();
  });
})();
