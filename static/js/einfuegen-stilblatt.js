// @ts-check
// What a program says in a stylesheet, said at the elements themselves: Word, TextEdit and web pages strike out, hide
// and emphasise by classes, and whoever reads the paste looks at the style of an element alone.
import { alle, stil } from "konzeptwerk/einfuegen-knoten";

const GELESEN = /^(text-decoration(-line)?|display|visibility|font-size|font-weight|font-style|vertical-align|mso-hide|mso-highlight|background(-color)?|list-style(-type)?|text-align)$/;
const MIT_KLASSE = /^([a-z][a-z0-9]*)?\.([\w-]+)$/i;
const STILE = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;

/** @typedef {[name: string, wert: string]} Angabe */
/** @typedef {{ name?: string, angaben: Angabe[], rang: number }} Regel What a rule says, of which elements alone, and its place. */

/**
 * The rules of all stylesheets of an HTML text, for each class.
 * @param {string} html
 */
export function regelnVon(html) {
  /** @type {Map<string, Regel[]>} */
  const regeln = new Map();
  let rang = 0;
  for (const [, text] of html.matchAll(STILE)) {
    let rahmen = "";
    for (const teil of text.replace(/\/\*[\s\S]*?\*\/|<!--|-->/g, "").split("}")) {
      const [rumpf, wer = "", ...aussen] = teil.split("{").reverse();
      if (!teil.includes("{")) rahmen = "";
      rahmen = aussen.at(-1) ?? rahmen;
      const angaben = /@media\b.*\bprint\b/.test(rahmen) ? [] : angabenVon(rumpf);
      if (!angaben.length) continue;
      for (const auswahl of wer.split(",")) {
        const [, name, klasse] = MIT_KLASSE.exec(auswahl.trim()) ?? [];
        if (!klasse) continue;
        regeln.set(klasse, [...(regeln.get(klasse) ?? []), { name: name?.toUpperCase(), angaben, rang: rang++ }]);
      }
    }
  }
  return regeln;
}

/** @param {string} text */
const angabenVon = (text) => text.split(";").flatMap((angabe) => {
  const [, name = "", wert = ""] = /^\s*([\w-]+)\s*:([^!]*)/.exec(angabe) ?? [];
  /** @type {Angabe[]} */
  const gelesen = GELESEN.test(name.toLowerCase()) ? [[name.toLowerCase(), wert.trim()]] : [];
  return gelesen;
});

/**
 * Adds to the style of each element what the rules say of it; its own style comes first, as in a browser.
 * @param {Map<string, Regel[]>} regeln
 * @param {Document} dokument
 */
export function wendeAn(regeln, dokument) {
  for (const knoten of regeln.size ? alle(dokument, "[class]") : []) {
    const passend = [...knoten.classList].flatMap((klasse) => regeln.get(klasse) ?? []).filter(({ name }) => !name || name === knoten.tagName);
    if (!passend.length) continue;
    passend.sort((a, b) => Number(Boolean(a.name)) - Number(Boolean(b.name)) || a.rang - b.rang);
    const eigen = stil(knoten);
    const eigene = new Set(eigen.split(";").map((angabe) => familie(angabe.split(":")[0].trim().toLowerCase())));
    const gesamt = new Map(passend.flatMap(({ angaben }) => angaben).map(([name, wert]) => [familie(name), `${name}:${wert}`]));
    const neu = [...gesamt].filter(([name]) => !eigene.has(name)).map(([, angabe]) => angabe);
    if (neu.length) knoten.dataset.stil = [eigen, ...neu].filter(Boolean).join(";");
  }
}

/**
 * A shorthand and what it is short for take each other back.
 * @param {string} name
 */
const familie = (name) => /^(text-decoration|background|list-style)(-line|-color|-type)?$/.exec(name)?.[1] ?? name;
