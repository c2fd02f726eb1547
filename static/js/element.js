// @ts-check

/**
 * A new element of the page, with its attributes and what stands in it.
 * @template {keyof HTMLElementTagNameMap} N
 * @param {N} name
 * @param {Record<string, string | number>} attribute
 * @param {(Node | string)[]} kinder
 */
export const element = (name, attribute = {}, ...kinder) => {
  const e = document.createElement(name);
  for (const [schluessel, wert] of Object.entries(attribute)) e.setAttribute(schluessel, String(wert));
  e.append(...kinder);
  return e;
};
