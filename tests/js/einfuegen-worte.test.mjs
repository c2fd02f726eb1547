// What people are told of what a paste could not keep (static/js/einfuegen-worte.js).
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { jeArt, stelle } from "konzeptwerk/einfuegen-worte";

const fund = (art, was = "", vor = "", nach = "") => ({ art, was, vor, nach });

test("finds of a kind have one sentence, in an order of its own", () => {
  const funde = [fund("link", "a"), fund("geloescht", "b"), fund("link", "c")];
  assert.deepEqual(jeArt(funde).map(({ satz, funde }) => [satz, funde.map(({ was }) => was)]), [
    ["Eine gelöschte Stelle ist nicht übernommen", ["b"]],
    ["2 Links, die nicht ins Netz führen, sind jetzt nur Text", ["a", "c"]],
  ]);
  assert.deepEqual(jeArt([]), []);
});

test("every kind that a script notes has a sentence", () => {
  const ordner = new URL("../../static/js/", import.meta.url);
  const quellen = readdirSync(ordner).filter((name) => name.startsWith("einfuegen")).map((name) => readFileSync(new URL(name, ordner), "utf8"));
  const arten = new Set(quellen.flatMap((text) => [...text.matchAll(/merke\("([\w-]+)"|nimmWeg\(buch, "([\w-]+)"|art: "([\w-]+)", was/g)]).map((t) => t[1] ?? t[2] ?? t[3]));
  assert.ok(arten.size > 15);
  for (const art of [...arten, "geloescht", "durchgestrichen", "versteckt"]) assert.equal(jeArt([fund(art)]).length, 1, art);
});

test("the place of a find", () => {
  const faelle = [
    [fund("geloescht", "gern und", "Das Amt hilft", "oft."), "„gern und“ nach „Das Amt hilft“"],
    [fund("geloescht", "gern", "", "oft."), "„gern“ vor „oft.“"],
    [fund("bild", "", "Eins", "Zwei"), "nach „Eins“"],
    [fund("datei", "foto.png"), "„foto.png“"],
    [fund("bild"), ""],
    [fund("rahmen", "Ein Kasten mit Text", "", "Ein Kasten mit Text und mehr"), "„Ein Kasten mit Text“"],
    [fund("zelle", "a; b", "davor", "danach"), "„a; b“"],
    [fund("link", "x".repeat(201)), `„${"x".repeat(200)}…“`],
  ];
  for (const [einer, worte] of faelle) assert.equal(stelle(einer), worte);
});
