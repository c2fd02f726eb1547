// How the items of a list are counted (static/js/einfuegen-zaehlung.js), as konzept/fliesstext/zaehlung.py has it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { lesarten, zaehltWeiter, zeichen } from "konzeptwerk/einfuegen-zaehlung";

const BIS = { a: 702, A: 702, i: 3999, I: 3999 };

test("signs of numbers", () => {
  const faelle = {
    a: { 1: "a", 26: "z", 27: "aa", 52: "az", 53: "ba", 702: "zz" },
    I: { 1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 90: "XC", 400: "CD", 1999: "MCMXCIX", 3999: "MMMCMXCIX" },
    1: { 1: "1", 12: "12" },
  };
  for (const [art, ihre] of Object.entries(faelle)) {
    for (const [nummer, text] of Object.entries(ihre)) assert.equal(zeichen(art, Number(nummer)), text);
  }
});

test("a number that the way of counting does not reach is written in digits", () => {
  for (const [art, bis] of Object.entries(BIS)) {
    assert.equal(zeichen(art, 0), "0");
    assert.equal(zeichen(art, -1), "-1");
    assert.equal(zeichen(art, bis + 1), String(bis + 1));
  }
});

test("every sign is read as the number that it was made of", () => {
  for (const [art, bis] of Object.entries(BIS)) {
    for (let nummer = 1; nummer <= bis; nummer++) {
      const text = zeichen(art, nummer);
      assert.ok(lesarten(text).some((l) => l.art === art && l.nummer === nummer), `${art} ${nummer}: ${text}`);
    }
  }
});

test("the likelier reading comes first", () => {
  const faelle = {
    "12": [["1", 12]], b: [["a", 2]], c: [["a", 3], ["i", 100]], i: [["i", 1], ["a", 9]], v: [["a", 22], ["i", 5]],
    ii: [["i", 2], ["a", 243]], II: [["I", 2], ["A", 243]], aa: [["a", 27]], viii: [["i", 8]], abc: [], iiii: [], Ab: [], "": [],
  };
  for (const [text, erwartet] of Object.entries(faelle)) {
    assert.deepEqual(lesarten(text).map(({ art, nummer }) => [art, nummer]), erwartet, text);
  }
});

test("what counts on from another", () => {
  assert.ok(zaehltWeiter({ art: "a", nummer: 2 }, { art: "a", nummer: 3 }));
  assert.ok(!zaehltWeiter({ art: "a", nummer: 2 }, { art: "A", nummer: 3 }));
  assert.ok(!zaehltWeiter({ art: "a", nummer: 2 }, { art: "a", nummer: 4 }));
});
