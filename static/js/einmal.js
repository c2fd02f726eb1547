// @ts-check
// A page to which somebody goes back is loaded anew and gets a new key; what they had typed is put in again by the
// browser. The entry of the history keeps the key, so that the same form is not sent as another one.
(() => {
  "use strict";
  /** @type {HTMLInputElement | null} */
  const feld = document.querySelector("[data-einmal]");
  if (!feld) return;
  const bekannt = history.state?.einmal;
  if (bekannt) feld.value = bekannt;
  else history.replaceState({ ...history.state, einmal: feld.value }, "");
})();
