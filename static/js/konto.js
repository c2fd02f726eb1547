// @ts-check
// Passkeys and recovery codes. Without JavaScript the page offers neither button; password and app work all the same.
(() => {
  "use strict";

  /** @param {string} merkmal @returns {NodeListOf<HTMLElement>} */
  const alle = (merkmal) => document.querySelectorAll(`[${merkmal}]`);

  if (window.PublicKeyCredential) {
    for (const teil of alle("data-passkey")) teil.hidden = false;
    for (const teil of alle("data-ohne-passkey")) teil.hidden = true;
  }

  // What allauth's scripts report: the person cancelled, the device is known already, or something else.
  /** @type {Record<string, string>} */
  const saetze = {
    NotAllowedError: "Der Vorgang wurde abgebrochen oder hat zu lange gedauert. Versuchen Sie es noch einmal.",
    InvalidStateError: "Dieses Gerät oder dieser Schlüssel ist schon eingerichtet. Nehmen Sie ein anderes Gerät.",
    SecurityError: "Auf dieser Adresse sind Passkeys nicht möglich. Wenden Sie sich an die Fachstelle Ihrer Verwaltung.",
  };
  document.addEventListener("allauth.error", (ereignis) => {
    const kasten = document.getElementById("passkey-fehler");
    const satz = kasten?.querySelector("p");
    if (!kasten || !satz) return;
    ereignis.preventDefault();
    satz.textContent = saetze[ereignis.detail.exception.name]
      ?? "Das hat mit dem Passkey nicht geklappt. Prüfen Sie die Verbindung, oder nehmen Sie einen anderen Weg.";
    kasten.hidden = false;
    kasten.scrollIntoView({ block: "nearest" });
  });

  for (const knopf of alle("data-drucken")) {
    knopf.hidden = false;
    knopf.addEventListener("click", () => window.print());
  }
})();
