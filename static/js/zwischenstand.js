// Keeps what is typed into a form while it is typed: on the server, and in the browser as long as the server cannot be
// reached. The form itself offers it again when it is next opened.
(() => {
  "use strict";
  const PAUSE = 1500;
  const KENNUNG = "konzeptwerk:";
  // Why the server keeps nothing, by its answer; without an answer it cannot be reached.
  const GRUENDE = {
    400: "der Server hebt es für dieses Formular nicht auf",
    401: "Ihre Anmeldung ist abgelaufen",
    413: "für den Server ist es zu umfangreich",
    507: "beim Server warten schon zu viele Ihrer Formulare. Speichern oder verwerfen Sie, was Sie früher begonnen haben",
  };

  // Who signs out leaves nothing behind in this browser.
  document.addEventListener("submit", (ereignis) => {
    if (!ereignis.target.matches("form[data-abmelden]")) return;
    for (const name of Object.keys(localStorage)) if (name.startsWith(KENNUNG)) localStorage.removeItem(name);
  });

  const halte = (formular) => {
    const konto = formular.querySelector("[name=_konto]")?.value ?? "";
    const ziel = new URL(formular.getAttribute("action") || location.href, location.href);
    const adresse = ziel.pathname + ziel.search;
    const schluessel = `${KENNUNG}${konto}:${adresse}`;
    const hinweis = formular.querySelector("[data-zwischenstand-hinweis]");
    const abgelaufen = formular.querySelector("#abgelaufen");
    let wecker = 0;
    let laeuft = null;

    const eingaben = () => {
      const daten = new URLSearchParams();
      for (const [name, wert] of new FormData(formular)) if (typeof wert === "string") daten.append(name, wert);
      daten.set("_adresse", adresse);
      return daten;
    };

    const sende = async (daten) => {
      laeuft?.abort();
      laeuft = new AbortController();
      const antwort = await fetch(formular.dataset.zwischenstand, { method: "POST", body: daten, signal: laeuft.signal });
      return antwort.status;
    };

    const behalte = async () => {
      wecker = 0;
      const daten = eingaben();
      let status = 0;
      try {
        status = await sende(daten);
      } catch (fehler) {
        if (fehler.name === "AbortError") return;
      }
      if (abgelaufen) abgelaufen.hidden = status !== 401;
      if (status === 204) {
        localStorage.removeItem(schluessel);
        const uhrzeit = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
        if (hinweis) hinweis.textContent = `Zwischengespeichert ${uhrzeit} Uhr`;
        return;
      }
      daten.delete("csrfmiddlewaretoken");
      try {
        localStorage.setItem(schluessel, daten.toString());
        const grund = GRUENDE[status] ?? "der Server ist nicht zu erreichen";
        if (hinweis) hinweis.textContent = `In diesem Browser zwischengespeichert; ${grund}.`;
      } catch {
        if (hinweis) hinweis.textContent = "Nicht zwischengespeichert. Bitte speichern Sie bald.";
      }
    };

    const plane = () => {
      clearTimeout(wecker);
      wecker = setTimeout(behalte, PAUSE);
    };
    formular.addEventListener("input", plane);
    formular.addEventListener("htmx:afterSwap", plane);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState !== "hidden" || !wecker) return;
      clearTimeout(wecker);
      behalte();
    });
    formular.addEventListener("submit", () => {
      clearTimeout(wecker);
      wecker = 0;
      laeuft?.abort();
      localStorage.removeItem(schluessel);
    });

    // What could not be sent the last time goes to the server now, whose form then shows it.
    const liegen = localStorage.getItem(schluessel);
    if (liegen) {
      const daten = new URLSearchParams(liegen);
      daten.set("csrfmiddlewaretoken", formular.querySelector("[name=csrfmiddlewaretoken]").value);
      sende(daten).then((status) => {
        if (status !== 204) {
          const grund = GRUENDE[status] ?? "der Server ist nicht zu erreichen";
          if (hinweis) hinweis.textContent = `In diesem Browser liegt noch, was Sie hier zuletzt geschrieben haben; ${grund}. Danach laden Sie diese Seite neu, bevor Sie weiterschreiben.`;
          return;
        }
        localStorage.removeItem(schluessel);
        location.reload();
      }).catch(() => {});
    }
  };

  document.querySelectorAll("form[data-zwischenstand]").forEach(halte);
})();
