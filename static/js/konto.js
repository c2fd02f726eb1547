// Passkeys and recovery codes. Without JavaScript the page offers neither button; password and app work all the same.
(() => {
  "use strict";

  const zeige = (merkmal) => document.querySelectorAll(`[${merkmal}]`).forEach((teil) => { teil.hidden = false; });
  const verberge = (merkmal) => document.querySelectorAll(`[${merkmal}]`).forEach((teil) => { teil.hidden = true; });

  if (window.PublicKeyCredential) {
    zeige("data-passkey");
    verberge("data-ohne-passkey");
  }

  // What allauth's scripts report: the person cancelled, the device is known already, or something else.
  const saetze = {
    NotAllowedError: "Der Vorgang wurde abgebrochen oder hat zu lange gedauert. Versuchen Sie es noch einmal.",
    InvalidStateError: "Dieses Gerät oder dieser Schlüssel ist schon eingerichtet. Nehmen Sie ein anderes Gerät.",
    SecurityError: "Auf dieser Adresse sind Passkeys nicht möglich. Wenden Sie sich an die Fachstelle Ihrer Verwaltung.",
  };
  document.addEventListener("allauth.error", (ereignis) => {
    const kasten = document.getElementById("passkey-fehler");
    if (!kasten) return;
    ereignis.preventDefault();
    kasten.querySelector("p").textContent = saetze[ereignis.detail.exception.name]
      ?? "Das hat mit dem Passkey nicht geklappt. Prüfen Sie die Verbindung, oder nehmen Sie einen anderen Weg.";
    kasten.hidden = false;
    kasten.scrollIntoView({ block: "nearest" });
  });

  document.querySelectorAll("[data-drucken]").forEach((knopf) => {
    knopf.hidden = false;
    knopf.addEventListener("click", () => window.print());
  });
})();
