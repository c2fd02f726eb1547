// Moves a line of the outline with the mouse. It sends what the form "Verschieben" sends; keyboard and touch have that
// form and the arrows.
(() => {
  "use strict";
  let gezogen = null;

  const ast = (knoten) => knoten.closest?.("[data-anker]");
  const art = (li) => li.dataset.anker.split("-")[0];
  const raeume = () => {
    for (const zeile of document.querySelectorAll("[data-ziel]")) delete zeile.dataset.ziel;
  };

  for (const li of document.querySelectorAll("[data-anker]")) {
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
    ereignis.dataTransfer.setData("text/plain", gezogen.dataset.anker);
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
    formular.action = gezogen.dataset.verschieben;
    const felder = {
      csrfmiddlewaretoken: document.querySelector("[name=csrfmiddlewaretoken]").value,
      in: dort.li.dataset.in,
      nach: nach ? nach.dataset.anker : "",
    };
    for (const [name, value] of Object.entries(felder)) {
      formular.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    document.body.append(formular);
    formular.submit();
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
