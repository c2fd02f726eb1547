// @ts-check
// Signs of the items of a list and the numbers that they count, as the server reads them
// (konzept/fliesstext/zaehlung.py). Text in, text out.

/**
 * What a sign may count; `art` is what the type of an <ol> is called.
 * @typedef {{ art: string, nummer: number }} Lesart
 */

/** @type {Record<string, number>} */
const WERTE = { m: 1000, cm: 900, d: 500, cd: 400, c: 100, xc: 90, l: 50, xl: 40, x: 10, ix: 9, v: 5, iv: 4, i: 1 };
const ROEMISCH = /^m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})$/;
const HOECHSTER_BUCHSTABE = 26 * 27;

/**
 * What a sign without its full stop or bracket may count, the likelier first.
 * @param {string} text
 * @returns {Lesart[]}
 */
export function lesarten(text) {
  if (/^\d+$/.test(text)) return [{ art: "1", nummer: Number(text) }];
  const klein = text.toLowerCase();
  if (!text || (text !== klein && text !== klein.toUpperCase())) return [];
  const gross = text !== klein;
  const buchstabe = { art: gross ? "A" : "a", nummer: [...klein].reduce((summe, z) => summe * 26 + z.charCodeAt(0) - 96, 0) };
  const roemisch = ROEMISCH.test(klein)
    ? { art: gross ? "I" : "i", nummer: (klein.match(/cm|cd|xc|xl|ix|iv|\w/g) ?? []).reduce((summe, z) => summe + WERTE[z], 0) }
    : null;
  const beide = klein.length > 2 ? [roemisch] : klein.length === 2 || klein === "i" ? [roemisch, buchstabe] : [buchstabe, roemisch];
  return beide.filter((lesart) => lesart !== null);
}

/** @param {Lesart} davor @param {Lesart} danach */
export const zaehltWeiter = (davor, danach) => davor.art === danach.art && davor.nummer + 1 === danach.nummer;

/**
 * The sign that a list shows, without its full stop or bracket.
 * @param {string} art
 * @param {number} nummer
 */
export function zeichen(art, nummer) {
  let text = "";
  if (/a/i.test(art) && nummer > 0 && nummer <= HOECHSTER_BUCHSTABE) {
    for (let rest = nummer; rest; rest = Math.floor((rest - 1) / 26)) text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  } else if (/i/i.test(art) && nummer > 0 && nummer < 4000) {
    let rest = nummer;
    for (const [wort, wert] of Object.entries(WERTE)) for (; rest >= wert; rest -= wert) text += wort;
  } else return String(nummer);
  return /[AI]/.test(art) ? text.toUpperCase() : text;
}
