// @ts-check
// What is done to the text of a paste, before it is parsed and after: text in, text out, without a page.

/**
 * Without what only Word reads, in comments that others skip.
 * @param {string} html
 */
export const ohneBedingtes = (html) => html.replace(/<!--\[[\s\S]*?-->/g, "");

/**
 * Styles are only read here and handlers not even that; the page's policy would complain about both.
 * @param {string} html
 */
export const stumm = (html) => html
  .replace(/<(style|script|xml|title)\b[\s\S]*?<\/\1\s*>/gi, "")
  .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(
    /([\s/"'])(style|on\w+)\s*=/gi, (_, davor, name) => `${davor}${name.toLowerCase() === "style" ? "data-stil" : "data-weg"}=`,
  ));

/** @param {string} text */
export const geglaettet = (text) => text.replace(/\s+/g, " ").trim();

const UMGEBUNG = 40;

/**
 * The words at one end of a text, no more than name a place in it.
 * @param {string} text
 * @param {boolean} vomEnde
 */
export function gekuerzt(text, vomEnde) {
  if (text.length <= UMGEBUNG) return text;
  return vomEnde ? `…${text.slice(-UMGEBUNG).replace(/^\S*\s/, "")}` : `${text.slice(0, UMGEBUNG).replace(/\s\S*$/, "")}…`;
}

/**
 * What parts two lines that become one; a line that was only broken goes on as the sentence that it is.
 * @param {string} vorher
 * @param {string} nachher
 * @param {boolean} umbruch
 */
export const trenner = (vorher, nachher, umbruch) =>
  (/[.,;:!?–/-]\s*$/.test(vorher) || (umbruch && /^\s*[\p{Ll}(]/u.test(nachher)) ? " " : "; ");
