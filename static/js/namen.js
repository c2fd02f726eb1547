// @ts-check
// What parts several names in one text, by the same rules as konzept/namen.py; tests/namen.json has the cases that both
// are asked. Nothing here knows a page: auswahl.js makes chips of what it says.
const Namen = (() => {
  "use strict";

  /** @typedef {(name: string) => string | undefined} Finde What a name is known as; nothing where it is unknown. */
  /** @typedef {{ wert: string, name: string }} Bekannter A known name, and its long form where it has another one. */

  const TRENNER = /[,;\n]/g;
  const VERBINDER = /\s*[/&+|·•]\s*|\s+(?:und|u\.|u|sowie|plus)\s+/gi;
  const NEUE_REIHE = /[([]\s*(?:[a-z]+\s+){0,2}[0-9]{1,2}\b|^[0-9]{1,2}\)|^(?:zu\s+)?(?:umsetzungs)?schritt/i;
  const NUMMER = /^(?:zu\s+)?(?:[([][^)\]]*[0-9][^)\]]*[)\]]|[0-9]{1,2}\)|(?:umsetzungs)?schritte?n?\s+[0-9][^:]*:)\s*:?\s*/i;
  /** @type {Record<string, string>} */
  const ANFANG_ZU = { ")": "(", "]": "[" };
  const TEILE = 60;
  const IM_NAMEN = 6;

  /**
   * The outermost pairs of brackets, and the brackets that are still open at the end.
   * @param {string} text
   */
  const klammern = (text) => {
    /** @type {number[]} */
    const offen = [];
    /** @type {[von: number, bis: number][]} */
    let paare = [];
    for (let stelle = 0; stelle < text.length; stelle++) {
      if ("([".includes(text[stelle])) offen.push(stelle);
      const passend = offen.findLastIndex((anfang) => text[anfang] === ANFANG_ZU[text[stelle]]);
      if (passend < 0) continue;
      const [anfang] = offen.splice(passend);
      paare = [...paare.filter(([von]) => von < anfang), [anfang, stelle]];
    }
    return { paare, offen };
  };

  /** @param {string} text @param {RegExp} muster */
  const ausserhalb = (text, muster) => {
    const { paare } = klammern(text);
    return [...text.matchAll(muster)].filter(({ index }) => !paare.some(([von, bis]) => von < index && index < bis));
  };

  /** @param {string} text @param {RegExpExecArray[]} treffer */
  const teile = (text, treffer) => {
    const enden = [...treffer.map(({ index }) => index), text.length];
    const anfaenge = [0, ...treffer.map((t) => t.index + t[0].length)];
    return { anfaenge, enden, worte: enden.map((ende, i) => text.slice(anfaenge[i], ende)) };
  };

  /**
   * "Brüder" and "Bruder" are two names, "caritas" and "Caritas" one.
   * @param {string} a
   * @param {string} b
   */
  const gleich = (a, b) => a.localeCompare(b, "de", { sensitivity: "accent" }) === 0;

  /**
   * Behind the number of a step the same names may come again.
   * @param {string[]} namen
   */
  const jeEinmal = (namen) => {
    /** @type {string[]} */
    let reihe = [];
    return namen.filter((name) => {
      if (NEUE_REIHE.test(name)) reihe = [];
      return !reihe.some((davor) => gleich(davor, name)) && reihe.push(name);
    });
  };

  /** @param {string} text */
  const namenAus = (text) =>
    jeEinmal(teile(text, ausserhalb(text, TRENNER)).worte.map((wort) => wort.trim().replace(/\s+/g, " ")).filter(Boolean));

  /**
   * What is known in a name that joins several, the fewest that there can be; nothing where a part is unknown.
   * @param {string} name
   * @param {RegExpExecArray[]} treffer
   * @param {Finde} finde
   */
  const aufgeteilt = (name, treffer, finde) => {
    if (!treffer.length || treffer.length >= TEILE) return null;
    const { anfaenge, enden } = teile(name, treffer);
    /** @type {(string[] | null)[]} */
    const bis = [[]];
    enden.forEach((ende, letzter) => {
      /** @type {string[] | null} */
      let weg = null;
      for (let erster = Math.max(0, letzter - IM_NAMEN); erster <= letzter; erster++) {
        const davor = bis[erster];
        const bekannt = davor && finde(name.slice(anfaenge[erster], ende).trim());
        if (bekannt && (!weg || davor.length + 1 < weg.length)) weg = [...davor, bekannt];
      }
      bis.push(weg);
    });
    return bis.at(-1) ?? null;
  };

  /**
   * What a comma in a known name parted is one again.
   * @param {string[]} namen
   * @param {Finde} finde
   */
  const wiederGanz = (namen, finde) => {
    const ganze = [];
    for (let stelle = 0; stelle < namen.length; ) {
      let gruppe = namen.slice(stelle, stelle + IM_NAMEN);
      while (gruppe.length > 1 && (!finde(gruppe.join(", ")) || gruppe.every(finde))) gruppe = gruppe.slice(0, -1);
      ganze.push(gruppe.join(", "));
      stelle += gruppe.length;
    }
    return ganze;
  };

  /** @param {string} name @param {Finde} finde */
  const zerlegt = (name, finde) =>
    (!finde(name) &&
      (aufgeteilt(name, ausserhalb(name, VERBINDER), finde) ?? aufgeteilt(name, [...name.matchAll(TRENNER)], finde))) ||
    [name];

  /**
   * The names in a text, those that are known parted from each other wherever that leaves nothing unknown.
   * @param {string} text
   * @param {Finde} finde
   */
  const bekannteAus = (text, finde) => wiederGanz(namenAus(text), finde).flatMap((name) => zerlegt(name, finde));

  /**
   * How much of a text that is being typed holds names that are complete. A bracket that is open may yet be closed:
   * until then nothing behind it is a name of its own.
   * @param {string} text
   */
  const fertigBis = (text) => {
    const bis = klammern(text).offen[0] ?? text.length;
    const trenner = ausserhalb(text, TRENNER).findLast(({ index }) => index < bis);
    return trenner ? trenner.index + 1 : 0;
  };

  /**
   * The number of a step with which a name begins, such as "(1) ".
   * @param {string} name
   */
  const schrittnummer = (name) => (NEUE_REIHE.test(name) && NUMMER.exec(name)?.[0]) || "";

  /** @param {string} text */
  const klein = (text) => text.normalize("NFKC").replaceAll("\u00ad", "").toLocaleLowerCase("de");

  /**
   * Those of the known in which something is found: first those that begin with it, by their short or their long form.
   * @param {Bekannter[]} bekannt
   * @param {string} gesucht
   */
  const passende = (bekannt, gesucht) => {
    const suche = klein(gesucht);
    /** @param {Bekannter} einer */
    const rang = ({ wert, name }) => {
      const [w, n] = [klein(wert), klein(name)];
      return w.startsWith(suche) ? 0 : n.startsWith(suche) ? 1 : w.includes(suche) || n.includes(suche) ? 2 : 3;
    };
    return bekannt.filter((einer) => rang(einer) < 3).sort((a, b) => rang(a) - rang(b));
  };

  return { bekannteAus, fertigBis, gleich, jeEinmal, namenAus, passende, schrittnummer };
})();
