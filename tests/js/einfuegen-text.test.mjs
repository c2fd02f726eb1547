// The text of a paste, before it is parsed and after (static/js/einfuegen-text.js).
import assert from "node:assert/strict";
import { test } from "node:test";

import { geglaettet, gekuerzt, ohneBedingtes, stumm, trenner } from "konzeptwerk/einfuegen-text";

test("what only Word reads is left out, comments of others stay", () => {
  assert.equal(ohneBedingtes("a<!--[if gte mso 9]><xml>\n<w/></xml><![endif]-->b<!--StartFragment-->c"), "ab<!--StartFragment-->c");
  assert.equal(ohneBedingtes("<![if !supportLists]>1.<![endif]>"), "<![if !supportLists]>1.<![endif]>");
});

test("no style and no handler reaches the page", () => {
  const faelle = {
    "<p style='color:red'>a</p>": "<p data-stil='color:red'>a</p>",
    '<p class=x STYLE = "x" onclick=y>a</p>': '<p class=x data-stil= "x" data-weg=y>a</p>',
    "<img/onerror=x src=y>": "<img/data-weg=x src=y>",
    "<p lang='de'style=x>": "<p lang='de'data-stil=x>",
    "a style=b": "a style=b",
    "<style>.a {color:red}</style >b": "b",
    "<SCRIPT>x</SCRIPT>a<title>t</title>b<xml><w:x/></xml>c": "abc",
    "<p data-style=x>": "<p data-style=x>",
  };
  for (const [html, erwartet] of Object.entries(faelle)) assert.equal(stumm(html), erwartet, html);
});

test("white space becomes one space, and none at the edges", () => {
  assert.equal(geglaettet(" a\n\tb\u00a0 c "), "a b c");
});

test("the words at one end of a text, and no piece of a word", () => {
  const kurz = "x".repeat(40);
  assert.deepEqual([gekuerzt(kurz, true), gekuerzt(kurz, false)], [kurz, kurz]);
  const lang = "Der Rat hat beschlossen, dass die Stadt allen Menschen offensteht";
  assert.equal(gekuerzt(lang, true), "…die Stadt allen Menschen offensteht");
  assert.equal(gekuerzt(lang, false), "Der Rat hat beschlossen, dass die Stadt…");
});

test("what parts two lines that become one", () => {
  const faelle = [
    ["Eins", "zwei", false, "; "], ["Eins", "zwei", true, " "], ["Eins", "Zwei", true, "; "], ["Eins", "(zwei)", true, " "],
    ["Eins", "(Zwei)", false, "; "], ["Eins.", "Zwei", false, " "], ["Eins: ", "Zwei", false, " "], ["2016 –", "2018", false, " "],
    ["Hilfs-", "und mehr", false, " "], ["", "Zwei", false, "; "],
  ];
  for (const [vorher, nachher, umbruch, erwartet] of faelle) assert.equal(trenner(vorher, nachher, umbruch), erwartet, vorher + nachher);
});
