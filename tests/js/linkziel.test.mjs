// Where a link may lead (static/js/linkziel.js).
import assert from "node:assert/strict";
import { test } from "node:test";

import { istZiel, vervollstaendigt } from "konzeptwerk/linkziel";

test("an address is completed, and what is none is refused", () => {
  const faelle = {
    "": "",
    "https://musterstadt.example/x": "https://musterstadt.example/x",
    "HTTP://musterstadt.example": "HTTP://musterstadt.example",
    "mailto:a@b.example": "mailto:a@b.example",
    "#massnahme-1": "#massnahme-1",
    "amt@musterstadt.example": "mailto:amt@musterstadt.example",
    "www.musterstadt.example": "https://www.musterstadt.example",
    "musterstadt.example/rat?x=1#y": "https://musterstadt.example/rat?x=1#y",
    "musterstadt.example/rat haus": null,
    "javascript:alert(1)": null,
    "file:///etc/passwd": null,
    "ftp://musterstadt.example": null,
    "Rathaus": null,
    "a@b": null,
    "a.b": null,
  };
  for (const [text, ziel] of Object.entries(faelle)) assert.equal(vervollstaendigt(text), ziel, text);
});

test("what is completed may be led to", () => {
  for (const text of ["amt@musterstadt.example", "www.musterstadt.example"]) assert.ok(istZiel(vervollstaendigt(text)));
  for (const text of ["javascript:alert(1)", " https://x.example", "data:text/html,x", "//x.example"]) assert.ok(!istZiel(text), text);
});
