// Word writes the items of a list as paragraphs that carry their sign as text; here they become lists.

const NUMMER = /^\(?(\d{1,3}|[a-z]{1,4})[.)]$/i;
const MARKE = /^\s*(?:([·•▪●○◦§Ø–-])[\s\u00a0]*|(o|\(?(?:\d{1,3}|[a-z]{1,4})[.)])[\s\u00a0]+)/i;

export function alsListen(dokument) {
  const istPunkt = (p) => p?.tagName === "P" && /mso-list:(?!\s*(ignore|none))/i.test(p.dataset.stil ?? "");
  for (const absatz of dokument.querySelectorAll("p")) {
    if (absatz.closest("li") || !istPunkt(absatz)) continue;
    const offen = [];
    const anker = dokument.createElement("div");
    absatz.before(anker);
    let punkt = absatz;
    while (istPunkt(punkt)) {
      const naechster = punkt.nextElementSibling;
      nimmMarkenMit(punkt);
      reiheEin(dokument, anker, offen, punkt);
      punkt = naechster;
    }
    anker.replaceWith(...anker.childNodes);
  }
}

// Marks of finds before a paragraph go with it.
function nimmMarkenMit(absatz) {
  const istLeer = (knoten) => knoten?.nodeType === Node.COMMENT_NODE || (knoten?.nodeType === Node.TEXT_NODE && !knoten.data.trim());
  for (let davor = absatz.previousSibling; istLeer(davor);) {
    const marke = davor;
    davor = davor.previousSibling;
    if (marke.nodeType === Node.COMMENT_NODE) absatz.prepend(marke);
  }
}

function reiheEin(dokument, anker, offen, absatz) {
  const ebene = Number(/level(\d)/i.exec(absatz.dataset.stil)?.[1] ?? 1);
  const zeichen = nimmZeichen(absatz);
  const nummer = NUMMER.exec(zeichen)?.[1];
  while (offen.length && offen.at(-1).ebene > ebene) offen.pop();
  const art = nummer ? "OL" : "UL";
  if (offen.at(-1)?.ebene === ebene && offen.at(-1).liste.tagName !== art) offen.pop();
  if (offen.at(-1)?.ebene !== ebene) {
    const liste = dokument.createElement(art);
    if (nummer) zaehle(liste, nummer);
    (offen.at(-1)?.liste.lastElementChild ?? anker).append(liste);
    offen.push({ ebene, liste });
  }
  const punkt = dokument.createElement("li");
  offen.at(-1).liste.append(punkt);
  // "2.1" is no sign of a list here; it stays, as a word.
  if (!nummer && /\d/.test(zeichen)) absatz.prepend(`${zeichen} `);
  punkt.append(absatz);
}

// A list that begins with "3." or "c)" begins so here too.
function zaehle(liste, nummer) {
  const buchstabe = /^i$/i.test(nummer) ? nummer : /^[a-z]$/i.test(nummer) && (nummer === nummer.toLowerCase() ? "a" : "A");
  if (buchstabe) liste.setAttribute("type", buchstabe);
  const start = /^\d+$/.test(nummer) ? Number(nummer) : /^[a-hj-z]$/i.test(nummer) ? nummer.toLowerCase().charCodeAt(0) - 96 : 1;
  if (start > 1) liste.setAttribute("start", start);
}

// Takes the sign out of the text of an item, and gives it.
function nimmZeichen(absatz) {
  const marken = [...absatz.querySelectorAll("[data-stil*='mso-list:' i]")].filter((e) => /mso-list:\s*ignore/i.test(e.dataset.stil));
  if (marken.length) {
    const text = marken.map((e) => e.textContent).join("").trim();
    marken.forEach((e) => e.remove());
    return text;
  }
  const laeufer = absatz.ownerDocument.createTreeWalker(absatz, NodeFilter.SHOW_TEXT);
  const text = laeufer.nextNode();
  const treffer = MARKE.exec(text?.data ?? "");
  if (!treffer) return "";
  text.data = text.data.slice(treffer[0].length);
  return treffer[1] ?? treffer[2];
}
