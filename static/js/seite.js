// @ts-check
// Small helps for every page; each page works without them.
(() => {
  "use strict";

  // Browsers that cannot show closed <details> by style alone get them opened on wide screens.
  const breit = window.matchMedia("(min-width: 60rem)");
  /** @type {HTMLDetailsElement | null} */
  const gliederung = document.querySelector("[data-gliederung]");
  if (gliederung) {
    const passeAn = () => { gliederung.open = breit.matches; };
    passeAn();
    breit.addEventListener("change", passeAn);
    if (breit.matches) gliederung.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }

  // An answer that did not come, or that is not the section asked for (such as the login page after a
  // session has expired), must not replace what was typed.
  const verbindung = document.getElementById("verbindung");
  /** @param {boolean} fehler */
  const melde = (fehler) => {
    if (!verbindung) return;
    verbindung.hidden = !fehler;
    if (fehler) verbindung.scrollIntoView({ block: "nearest" });
  };
  // How a field was read is asked by the way (js/lesung.js): without an answer nothing is missing.
  /** @param {Element | undefined} element */
  const nebenbei = (element) => element?.hasAttribute?.("data-lesung") ?? false;
  document.addEventListener("htmx:beforeSwap", (ereignis) => {
    const { requestConfig, serverResponse, xhr } = ereignis.detail;
    if (nebenbei(requestConfig?.elt)) {
      ereignis.detail.shouldSwap = xhr.status === 200;
      return;
    }
    const bereich = requestConfig?.elt?.getAttribute("hx-select")?.match(/^#(.+)/)?.[1];
    const passt = xhr.status < 400 && (!bereich || serverResponse.includes(`id="${bereich}"`));
    if (!passt) ereignis.detail.shouldSwap = false;
    melde(!passt);
  });
  document.addEventListener("htmx:sendError", (ereignis) => melde(!nebenbei(ereignis.detail.elt)));
  document.addEventListener("htmx:timeout", (ereignis) => melde(!nebenbei(ereignis.detail.elt)));

  // Asks before unsaved input of a form with data-schutz is left behind, also by sending another form.
  /** @type {Set<EventTarget | null>} */
  const ungespeichert = new Set();
  if (document.getElementById("fehler")) document.querySelectorAll("form[data-schutz]").forEach((f) => ungespeichert.add(f));
  /** @param {Event} ereignis */
  const merke = (ereignis) => {
    const formular = ereignis.target instanceof Element && ereignis.target.closest("form[data-schutz]");
    if (formular) ungespeichert.add(formular);
  };
  document.addEventListener("input", merke);
  document.addEventListener("htmx:afterSwap", merke);
  document.addEventListener("submit", (ereignis) => ungespeichert.delete(ereignis.target));
  window.addEventListener("beforeunload", (ereignis) => {
    if (ungespeichert.size) ereignis.preventDefault();
  });
})();
