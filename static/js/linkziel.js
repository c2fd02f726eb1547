// @ts-check
// Where a link may lead, and what somebody means who types an address without its beginning. Text in, text out.

const ZIELE = /^(https?:\/\/|mailto:|#)/i;

/** @param {string} adresse */
export const istZiel = (adresse) => ZIELE.test(adresse);

/**
 * The address that is meant; null where it is none.
 * @param {string} text
 */
export const vervollstaendigt = (text) => {
  if (!text || istZiel(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  return /^[^\s:/]+\.[^\s:/]{2,}([/?#]\S*)?$/.test(text) ? `https://${text}` : null;
};
