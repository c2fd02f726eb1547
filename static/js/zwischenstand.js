// @ts-check
// Keeps what is typed into a form while it is typed: on the server, and in the browser as long as the server cannot be
// reached. The form itself offers it again when it is next opened.
(() => {
  "use strict";
  // The first keystrokes are kept at once; whoever goes on typing sends no more often than this.
  const SOFORT = 250;
  const ABSTAND = 2000;
  const GEDULD = 15000;
  const VORBEI = "vorbei";
  // So much a browser still sends for a page that is left, in bytes.
  const NOCH_IM_GEHEN = 60000;
  const KENNUNG = "konzeptwerk:";
  // Why the server keeps nothing, by its answer; without an answer it cannot be reached.
  /** @type {Record<number, string>} */
  const GRUENDE = {
    400: "der Server hebt es für dieses Formular nicht auf",
    401: "Ihre Anmeldung ist abgelaufen",
    413: "für den Server ist es zu umfangreich",
    507: "beim Server warten schon zu viele Ihrer Formulare. Speichern oder verwerfen Sie, was Sie früher begonnen haben",
  };

  // Who signs out leaves nothing behind in this browser.
  document.addEventListener("submit", (ereignis) => {
    if (!(ereignis.target instanceof Element && ereignis.target.matches("form[data-abmelden]"))) return;
    for (const name of Object.keys(localStorage)) if (name.startsWith(KENNUNG)) localStorage.removeItem(name);
  });

  /** @param {HTMLFormElement} formular */
  const halte = (formular) => {
    /** @param {string} name */
    const verborgen = (name) => {
      /** @type {HTMLInputElement | null} */
      const feld = formular.querySelector(`[name=${name}]`);
      return feld?.value ?? "";
    };
    const wohin = formular.dataset.zwischenstand ?? "";
    const konto = verborgen("_konto");
    const ziel = new URL(formular.getAttribute("action") || location.href, location.href);
    const adresse = ziel.pathname + ziel.search;
    const schluessel = `${KENNUNG}${konto}:${adresse}`;
    const hinweis = formular.querySelector("[data-zwischenstand-hinweis]");
    /** @type {HTMLElement | null} */
    const abgelaufen = formular.querySelector("#abgelaufen");
    let wecker = 0;
    let zuletzt = -ABSTAND;
    /** @type {AbortController | null} */
    let laeuft = null;
    let status = 204;
    let geaendert = false;

    const eingaben = () => {
      const daten = new URLSearchParams();
      for (const [name, wert] of new FormData(formular)) if (typeof wert === "string") daten.append(name, wert);
      daten.set("_adresse", adresse);
      return daten;
    };

    /** @param {URLSearchParams} daten */
    const sende = async (daten) => {
      const abbruch = new AbortController();
      const frist = setTimeout(() => abbruch.abort("zu lange"), GEDULD);
      laeuft = abbruch;
      try {
        const keepalive = daten.toString().length < NOCH_IM_GEHEN;
        return (await fetch(wohin, { method: "POST", body: daten, keepalive, signal: abbruch.signal })).status;
      } catch {
        return abbruch.signal.reason === VORBEI ? -1 : 0;
      } finally {
        clearTimeout(frist);
        laeuft = null;
      }
    };

    /** @param {URLSearchParams} daten */
    const imBrowser = (daten) => {
      daten.delete("csrfmiddlewaretoken");
      try {
        localStorage.setItem(schluessel, daten.toString());
        return true;
      } catch {
        return false;
      }
    };

    const behalte = async () => {
      clearTimeout(wecker);
      wecker = 0;
      if (laeuft) return; // what was typed since goes after it
      geaendert = false;
      zuletzt = performance.now();
      const daten = eingaben();
      const antwort = await sende(daten);
      if (antwort === -1) return;
      status = antwort;
      if (abgelaufen) abgelaufen.hidden = status !== 401;
      if (status === 204) {
        localStorage.removeItem(schluessel);
        const uhrzeit = new Date().toLocaleTimeString("de-DE", { hour: "2-digit", minute: "2-digit" });
        if (hinweis) hinweis.textContent = `Zwischengespeichert ${uhrzeit} Uhr`;
      } else if (imBrowser(daten)) {
        const grund = GRUENDE[status] ?? "der Server ist nicht zu erreichen";
        if (hinweis) hinweis.textContent = `In diesem Browser zwischengespeichert; ${grund}.`;
      } else if (hinweis) {
        hinweis.textContent = "Nicht zwischengespeichert. Bitte speichern Sie bald.";
      }
      if (geaendert) stelleWecker();
    };

    const stelleWecker = () => {
      wecker ||= setTimeout(behalte, Math.max(SOFORT, zuletzt + ABSTAND - performance.now()));
    };
    const plane = () => {
      geaendert = true;
      stelleWecker();
    };
    formular.addEventListener("input", plane);
    formular.addEventListener("htmx:afterSwap", plane);

    // Nobody hears the answer to what is sent while the page is left: what may not arrive stays in the browser, too.
    const imGehen = () => {
      if (!(geaendert || laeuft)) return;
      clearTimeout(wecker);
      wecker = 0;
      geaendert = false;
      laeuft?.abort(VORBEI);
      const daten = eingaben();
      const unterwegs = navigator.onLine && navigator.sendBeacon?.(wohin, daten);
      if (!unterwegs || status !== 204) imBrowser(daten);
    };
    window.addEventListener("pagehide", imGehen);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && geaendert) behalte();
    });
    formular.addEventListener("submit", () => {
      clearTimeout(wecker);
      wecker = 0;
      geaendert = false;
      laeuft?.abort(VORBEI);
      localStorage.removeItem(schluessel);
    });

    // What could not be sent the last time goes to the server now, whose form then shows it.
    const liegen = localStorage.getItem(schluessel);
    if (liegen) {
      const daten = new URLSearchParams(liegen);
      daten.set("csrfmiddlewaretoken", verborgen("csrfmiddlewaretoken"));
      sende(daten).then((status) => {
        if (status !== 204) {
          const grund = GRUENDE[status] ?? "der Server ist nicht zu erreichen";
          if (hinweis) hinweis.textContent = `In diesem Browser liegt noch, was Sie hier zuletzt geschrieben haben; ${grund}. Danach laden Sie diese Seite neu, bevor Sie weiterschreiben.`;
          return;
        }
        localStorage.removeItem(schluessel);
        location.reload();
      });
    }
  };

  /** @type {NodeListOf<HTMLFormElement>} */
  const formulare = document.querySelectorAll("form[data-zwischenstand]");
  formulare.forEach(halte);
})();
