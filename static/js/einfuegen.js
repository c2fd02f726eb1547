// Prepares what is pasted from Word and its like, before the editor reads it. Nothing here keeps anybody from pasting
// what they should not: the server looks through everything anyway.

const NUMMER = /^\(?(\d{1,3}|[a-z]{1,4})[.)]$/i;
const MARKE = /^\s*(?:([·•▪●○◦§Ø–-])[\s\u00a0]*|(o|\(?(?:\d{1,3}|[a-z]{1,4})[.)])[\s\u00a0]+)/i;

const ersetze = (knoten, name) => {
  const neu = knoten.ownerDocument.createElement(name);
  neu.append(...knoten.childNodes);
  knoten.replaceWith(neu);
  return neu;
};

// Emphasis by style becomes emphasis, and bold that a style takes back is none.
function betone(dokument) {
  for (const knoten of dokument.querySelectorAll("[data-stil]")) {
    const stil = knoten.dataset.stil;
    const gewicht = /(?<![\w-])font-weight:\s*(\w+)/i.exec(stil)?.[1];
    if (/^(B|STRONG)$/.test(knoten.tagName) && /^(normal|[1-4]00)$/i.test(gewicht ?? "")) ersetze(knoten, "span");
    else if (knoten.tagName === "SPAN" && /^(bold|bolder|[6-9]00)$/i.test(gewicht ?? "")) umschliesse(knoten, "strong");
    if (knoten.tagName === "SPAN" && /(?<![\w-])font-style:\s*italic/i.test(stil)) umschliesse(knoten, "em");
  }
}

function umschliesse(knoten, name) {
  const huelle = knoten.ownerDocument.createElement(name);
  huelle.append(...knoten.childNodes);
  knoten.append(huelle);
}

// Word writes the items of a list as paragraphs that carry their sign as text.
function alsListen(dokument) {
  const istPunkt = (p) => p?.tagName === "P" && /mso-list:(?!\s*(ignore|none))/i.test(p.dataset.stil ?? "");
  for (const absatz of dokument.querySelectorAll("p")) {
    if (absatz.closest("li") || !istPunkt(absatz)) continue;
    const offen = [];
    const anker = dokument.createElement("div");
    absatz.before(anker);
    let punkt = absatz;
    while (istPunkt(punkt)) {
      const naechster = punkt.nextElementSibling;
      reiheEin(dokument, anker, offen, punkt);
      punkt = naechster;
    }
    anker.replaceWith(...anker.childNodes);
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
    if (/^\d+$/.test(nummer ?? "") && nummer !== "1") liste.setAttribute("start", nummer);
    (offen.at(-1)?.liste.lastElementChild ?? anker).append(liste);
    offen.push({ ebene, liste });
  }
  const punkt = dokument.createElement("li");
  offen.at(-1).liste.append(punkt);
  punkt.append(absatz);
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

// Styles are only read here and handlers not even that; the page's policy would complain about both.
const stumm = (html) => html
  .replace(/<!--[\s\S]*?-->/g, "")
  .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(
    /([\s/"'])(style|on\w+)\s*=/gi, (_, davor, name) => `${davor}${name.toLowerCase() === "style" ? "data-stil" : "data-weg"}=`,
  ));

// HTML from the clipboard as HTML that says by its tags what it means.
export function bereinige(html) {
  const dokument = new DOMParser().parseFromString(stumm(html), "text/html");
  for (const knoten of dokument.querySelectorAll("script, style, meta, link, title, img, svg, object, iframe")) knoten.remove();
  betone(dokument);
  alsListen(dokument);
  for (const titel of dokument.querySelectorAll("h1, h2, h3, h5, h6")) ersetze(titel, "h4");
  for (const leer of dokument.querySelectorAll("p")) {
    if (!leer.textContent.trim() && !leer.closest("td, th, li")) leer.remove();
  }
  return dokument.body.innerHTML;
}
