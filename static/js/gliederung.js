// @ts-check
// Moves a line of the outline with the mouse. It sends what the form "Verschieben" sends; keyboard and touch have that
// form and the arrows.
(() => {
  "use strict";
  /** @type {HTMLElement | null} */
  let gezogen = null;

  /** @param {EventTarget | null} knoten @returns {HTMLElement | null} */
  const ast = (knoten) => (knoten instanceof Element ? knoten.closest(".werkbaum__ast") : null);
  /** @param {Element | null} li */
  const anker = (li) => li?.querySelector(".kern-link")?.id ?? "";
  /** @param {Element} li */
  const art = (li) => anker(li).split("-")[0];
  const raeume = () => {
    /** @type {NodeListOf<HTMLElement>} */
    const gezeigt = document.querySelectorAll("[data-ziel]");
    for (const zeile of gezeigt) delete zeile.dataset.ziel;
  };

  /** @type {NodeListOf<HTMLElement>} */
  const texte = document.querySelectorAll(".werkbaum__ast .werkbaum__text");
  for (const text of texte) {
    text.draggable = true;
    text.classList.add("werkbaum__griff");
  }

  // Where a line may go: beside one of its own kind that does not lie inside it.
  /** @param {DragEvent} ereignis */
  const ziel = (ereignis) => {
    const li = ast(ereignis.target);
    if (!gezogen || !li || li === gezogen || gezogen.contains(li) || art(li) !== art(gezogen)) return null;
    /** @type {HTMLElement | null} */
    const zeile = li.querySelector(".werkbaum__zeile");
    if (!zeile) return null;
    const flaeche = zeile.getBoundingClientRect();
    return { gezogen, li, zeile, davor: ereignis.clientY < flaeche.top + flaeche.height / 2 };
  };

  document.addEventListener("dragstart", (ereignis) => {
    gezogen = ast(ereignis.target);
    if (!gezogen || !ereignis.dataTransfer) return;
    gezogen.dataset.zieht = "";
    ereignis.dataTransfer.effectAllowed = "move";
    ereignis.dataTransfer.setData("text/plain", anker(gezogen));
  });
  document.addEventListener("dragend", () => {
    if (gezogen) delete gezogen.dataset.zieht;
    gezogen = null;
    raeume();
  });
  document.addEventListener("dragover", (ereignis) => {
    raeume();
    const dort = ziel(ereignis);
    if (!dort) return;
    ereignis.preventDefault();
    dort.zeile.dataset.ziel = dort.davor ? "davor" : "danach";
  });
  document.addEventListener("drop", (ereignis) => {
    const dort = ziel(ereignis);
    if (!dort) return;
    ereignis.preventDefault();
    /** @type {Element | null} */
    let nach = dort.li;
    if (dort.davor) {
      do nach = nach.previousElementSibling; while (nach && (art(nach) !== art(dort.gezogen) || nach === dort.gezogen));
    }
    /** @type {HTMLAnchorElement | null} */
    const seite = dort.gezogen.querySelector("a.kern-link");
    /** @type {HTMLInputElement | null} */
    const schluessel = document.querySelector("[name=csrfmiddlewaretoken]");
    if (!seite || !schluessel) return;
    const formular = document.createElement("form");
    formular.method = "post";
    formular.action = new URL("../verschieben/", seite.href).href;
    const felder = {
      csrfmiddlewaretoken: schluessel.value,
      in: dort.li.dataset.in ?? anker(ast(dort.li.parentElement)),
      nach: anker(nach),
    };
    for (const [name, value] of Object.entries(felder)) {
      formular.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(formular);
    formular.submit();
  });

  // The link "Mehr" leads to the page with everything that can be done; its list becomes a menu here.
  document.addEventListener("click", async (ereignis) => {
    /** @type {HTMLAnchorElement | null} */
    const verweis = ereignis.target instanceof Element ? ereignis.target.closest(".werkbaum__knoepfe > a") : null;
    if (!verweis || ereignis.ctrlKey || ereignis.metaKey || ereignis.shiftKey) return;
    ereignis.preventDefault();
    let liste = null;
    try {
      const antwort = await fetch(verweis.href, { redirect: "error" });
      const seite = new DOMParser().parseFromString(await antwort.text(), "text/html");
      liste = antwort.ok ? seite.getElementById("mehr") : null;
    } catch {
      // Without an answer the link is followed, and says what is wrong.
    }
    if (!liste) {
      location.assign(verweis.href);
      return;
    }
    liste.removeAttribute("id");
    liste.className = "mehr__liste";
    const menue = Object.assign(document.createElement("details"), { className: "mehr" });
    const griff = Object.assign(document.createElement("summary"), { className: "knopf-klein" });
    griff.setAttribute("aria-labelledby", verweis.getAttribute("aria-labelledby") ?? "");
    griff.append(...verweis.childNodes);
    menue.append(griff, liste);
    verweis.replaceWith(menue);
    menue.open = true;
    griff.focus();
  });

  // Only one menu is open at a time, and Escape closes it.
  document.addEventListener("toggle", (ereignis) => {
    if (!(ereignis.target instanceof Element && ereignis.target.matches("details.mehr[open]"))) return;
    /** @type {NodeListOf<HTMLDetailsElement>} */
    const offene = document.querySelectorAll("details.mehr[open]");
    for (const menue of offene) {
      if (menue !== ereignis.target) menue.open = false;
    }
  }, true);
  document.addEventListener("keydown", (ereignis) => {
    if (ereignis.key !== "Escape" || !(ereignis.target instanceof Element)) return;
    /** @type {HTMLDetailsElement | null} */
    const menue = ereignis.target.closest("details.mehr[open]");
    if (!menue) return;
    menue.open = false;
    menue.querySelector("summary")?.focus();
  });
})();
