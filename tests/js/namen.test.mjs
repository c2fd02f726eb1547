// The names in a text, as the chips show them (static/js/namen.js).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInThisContext } from "node:vm";

// A page loads it as a script that is no module.
const quelle = readFileSync(new URL("../../static/js/namen.js", import.meta.url), "utf8");
const Namen = runInThisContext(`${quelle}\nNamen;`);
const faelle = JSON.parse(readFileSync(new URL("../namen.json", import.meta.url), "utf8"));

const namenIn = (text, bekannt) => {
  const finde = (name) => bekannt.find((einer) => einer === name || Namen.gleich(einer, name));
  return Namen.jeEinmal(Namen.bekannteAus(text, finde));
};

for (const [gruppe, ihre] of Object.entries(faelle)) {
  test(`as the server parts them: ${gruppe}`, () => {
    for (const [text, bekannt, namen] of ihre) assert.deepEqual(namenIn(text, bekannt), namen, text);
  });
}

test("a name may be written small, but not with other letters", () => {
  assert.deepEqual(namenIn("caritas, CARITAS, Brüder, Bruder", []), ["caritas", "Brüder", "Bruder"]);
  assert.deepEqual(namenIn("caritas / skf", ["Caritas", "SKF"]), ["Caritas", "SKF"]);
});

test("so many parts are not looked through", () => {
  const viele = Array.from({ length: 61 }, (_, i) => `n${i}`);
  const teile = (namen) => Namen.bekannteAus(namen.join("/"), (name) => (/^n\d+$/.test(name) ? name : undefined));
  assert.deepEqual(teile(viele), [viele.join("/")]);
  assert.deepEqual(teile(viele.slice(1)), viele.slice(1));
});

test("what is being typed is complete up to the last separator before an open bracket", () => {
  const faelle = {
    "51": 0, "51,": 3, "51, 4": 3, "51, 40; 3": 7, "Träger (z. B. Caritas, Diak": 0, "51, Träger (Caritas, Diak": 3,
    "Träger (Caritas, Diakonie),": 27, "a), b": 3, "": 0,
  };
  for (const [text, bis] of Object.entries(faelle)) assert.equal(Namen.fertigBis(text), bis, text);
});

test("the number of a step before a name", () => {
  const faelle = {
    "(1) SKFM": "(1) ", "2) 51": "2) ", "Schritt 3: 51": "Schritt 3: ", "zu Schritt 1: 32": "zu Schritt 1: ",
    "[zu 4] 32": "[zu 4] ", "51": "", "Kitas (alle)": "", "Haus 2) hinten": "",
  };
  for (const [name, nummer] of Object.entries(faelle)) assert.equal(Namen.schrittnummer(name), nummer, name);
});

test("suggestions: first what begins so, then the long form, then what holds it", () => {
  const bekannt = [["32", ""], ["Haus der Jugend", ""], ["51", "Jugendamt"], ["Jugendring", ""], ["StraßenSozialArbeit", ""]];
  const passende = (suche) => Namen.passende(bekannt.map(([wert, name]) => ({ wert, name })), suche).map(({ wert }) => wert);
  assert.deepEqual(passende("jugend"), ["Jugendring", "51", "Haus der Jugend"]);
  assert.deepEqual(passende("sozial\u00adarbeit"), ["StraßenSozialArbeit"]);
  assert.deepEqual(passende("5"), ["51"]);
  assert.deepEqual(passende("x"), []);
  assert.equal(passende("").length, 5);
});
