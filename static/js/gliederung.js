// Moves a line of the outline with the mouse. It sends what the form "Verschieben" sends; keyboard and touch have that
// form and the arrows.
(() => {
  "use strict";
  let gezogen = null;

  const ast = (knoten) => knoten.closest?.(".werkbaum__ast");
  const anker = (li) => li?.querySelector(".kern-link").id ?? "";
  const art = (li) => anker(li).split("-")[0];
  const raeume = () => {
    for (const zeile of document.querySelectorAll("[data-ziel]")) delete zeile.dataset.ziel;
  };

  for (const li of document.querySelectorAll(".werkbaum__ast")) {
    const text = li.querySelector(".werkbaum__text");
    text.draggable = true;
    text.classList.add("werkbaum__griff");
  }

  // Where a line may go: beside one of its own kind that does not lie inside it.
  const ziel = (ereignis) => {
    const li = ast(ereignis.target);
    if (!gezogen || !li || li === gezogen || gezogen.contains(li) || art(li) !== art(gezogen)) return null;
    const flaeche = li.querySelector(".werkbaum__zeile").getBoundingClientRect();
    return { li, davor: ereignis.clientY < flaeche.top + flaeche.height / 2 };
  };

  document.addEventListener("dragstart", (ereignis) => {
    gezogen = ast(ereignis.target);
    if (!gezogen) return;
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
    dort.li.querySelector(".werkbaum__zeile").dataset.ziel = dort.davor ? "davor" : "danach";
  });
  document.addEventListener("drop", (ereignis) => {
    const dort = ziel(ereignis);
    if (!dort) return;
    ereignis.preventDefault();
    let nach = dort.li;
    if (dort.davor) {
      do nach = nach.previousElementSibling; while (nach && (art(nach) !== art(gezogen) || nach === gezogen));
    }
    const formular = document.createElement("form");
    formular.method = "post";
    formular.action = new URL("../verschieben/", gezogen.querySelector(".kern-link").href);
    const felder = {
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
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
    const verweis = ereignis.target.closest?.(".werkbaum__knoepfe > a");
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
    griff.setAttribute("aria-labelledby", verweis.getAttribute("aria-labelledby"));
    griff.append(...verweis.childNodes);
    menue.append(griff, liste);
    verweis.replaceWith(menue);
    menue.open = true;
    griff.focus();
  });

  // Only one menu is open at a time, and Escape closes it.
  document.addEventListener("toggle", (ereignis) => {
    if (!ereignis.target.matches("details.mehr[open]")) return;
    for (const menue of document.querySelectorAll("details.mehr[open]")) {
      if (menue !== ereignis.target) menue.open = false;
    }
  }, true);
  document.addEventListener("keydown", (ereignis) => {
    const menue = ereignis.key === "Escape" && ereignis.target.closest?.("details.mehr[open]");
    if (!menue) return;
    menue.open = false;
    menue.querySelector("summary").focus();
  });
})();
