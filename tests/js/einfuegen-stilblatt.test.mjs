// The rules of the stylesheets of a paste (static/js/einfuegen-stilblatt.js).
import assert from "node:assert/strict";
import { test } from "node:test";

import { regelnVon } from "konzeptwerk/einfuegen-stilblatt";

const regeln = (css) => Object.fromEntries([...regelnVon(`<style>${css}</style>`)].map(
  ([klasse, ihre]) => [klasse, ihre.map(({ name, angaben }) => [name ?? "", ...angaben.map((a) => a.join(":"))])],
));

test("what a class says, of every element or of some", () => {
  assert.deepEqual(regeln("p.a, .b {display:none; color:red} span.a {font-weight: bold}"), {
    a: [["P", "display:none"], ["SPAN", "font-weight:bold"]],
    b: [["", "display:none"]],
  });
});

test("what is not read, is no class alone or is meant for paper is left out", () => {
  assert.deepEqual(regeln("p {display:none} .a {color:red} .b .c {display:none} #d {display:none} .e:hover {display:none}"), {});
  assert.deepEqual(regeln("@media print {.a {display:none} .b {display:none}} .c {display:none}"), { c: [["", "display:none"]] });
  assert.deepEqual(regeln("@media screen {.a {display:none}}"), { a: [["", "display:none"]] });
});

test("comments hide nothing, and importance is no part of a value", () => {
  assert.deepEqual(regeln("<!-- /* .x {display:none} */ .a {TEXT-DECORATION: line-through !important} -->"), {
    a: [["", "text-decoration:line-through"]],
  });
});

test("rules are counted through all stylesheets of a text", () => {
  const gelesen = regelnVon("<style>.a {display:none}</style><p>x</p><STYLE type=x>.a {display:block}</STYLE><style>.a {display:inline}");
  assert.deepEqual(gelesen.get("a").map(({ rang }) => rang), [0, 1]);
});

test("text without a stylesheet has no rules", () => {
  assert.equal(regelnVon("<p class=a>.a {display:none}</p>").size, 0);
});
