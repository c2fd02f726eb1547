// Text from a PDF (static/js/pdf-text.js).
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { ordneZeilen, siehtNachPdfAus } from "konzeptwerk/pdf-text";

const PDF = readFileSync(new URL("../browser/zwischenablage/chromium_pdf.txt", import.meta.url), "utf8");

const absatz = (text) => ({ art: "absatz", text });

// Items are words, or words and the lists that stand in them; with { start } at the end they are numbered.
function liste(...punkte) {
  const { start = null } = typeof punkte.at(-1) === "object" && !Array.isArray(punkte.at(-1)) ? punkte.pop() : {};
  return { art: "liste", start, punkte: punkte.map((p) => [p].flat()).map(([text, ...listen]) => ({ text, listen })) };
}

const VERBUNDEN = {
  "": [],
  "Ein Wort": [absatz("Ein Wort")],
  "das Integrations-\nkonzept": [absatz("das Integrationskonzept")],
  "das Integrations\u00ad\nkonzept": [absatz("das Integrationskonzept")],
  "das Integrations\u2010\r\nkonzept": [absatz("das Integrationskonzept")],
  "das Integrations-\n\nkonzept": [absatz("das Integrationskonzept")],
  "die Hilfs- und\nBeratungsangebote": [absatz("die Hilfs- und Beratungsangebote")],
  "die Hilfs-\nund Beratungsangebote": [absatz("die Hilfs- und Beratungsangebote")],
  "die Hilfs-\nbzw. Beratungsangebote": [absatz("die Hilfs- bzw. Beratungsangebote")],
  "Hilfe für Kinder-\nin Not": [absatz("Hilfe für Kinder- in Not")],
  "die Sprach-\nfür die Jugend- und die Elternkurse": [absatz("die Sprach- für die Jugend- und die Elternkurse")],
  "viele Kin-\nder und ihre Stun-\nden im Muse-\num": [absatz("viele Kinder und ihre Stunden im Museum")],
  "Da-\nfür ist er, da-\nmit es geht": [absatz("Dafür ist er, damit es geht")],
  "die Stadt und die Stadt-\nder Zukunft": [absatz("die Stadt und die Stadt- der Zukunft")],
  "die Integra-\ntionskon-\nzepte": [absatz("die Integrationskonzepte")],
  "der Deutsch-\nTürkische Verein": [absatz("der Deutsch-Türkische Verein")],
  "von 10-\n12 Uhr": [absatz("von 10-12 Uhr")],
  "EU-\nweit und E-\nmail": [absatz("EU-weit und E-mail")],
  "https://www.stadt.example/inte-\ngration": [absatz("https://www.stadt.example/inte-gration")],
  "die Stadt -\ndas Amt": [absatz("die Stadt - das Amt")],
  "die Jahre 2016 –\n2018 waren": [absatz("die Jahre 2016 – 2018 waren")],
  "die Bürger/\ninnen": [absatz("die Bürger/innen")],
  "Ein langer Satz, der bis an den Rand reicht\nund weiter geht.\nDer nächste Absatz beginnt an einem neuen Ort": [
      absatz("Ein langer Satz, der bis an den Rand reicht und weiter geht."),
      absatz("Der nächste Absatz beginnt an einem neuen Ort"),
  ],
  "Ein langer Satz endet genau an dem Rand.\nDer nächste gehört noch zu dem Absatz.": [
      absatz("Ein langer Satz endet genau an dem Rand. Der nächste gehört noch zu dem Absatz.")
  ],
  "Eins.\n\nZwei,\n \ndrei": [absatz("Eins."), absatz("Zwei,"), absatz("drei")],
  "Ziele\nDie Stadt will, dass alle Menschen hier\ngut leben.": [
      absatz("Ziele"),
      absatz("Die Stadt will, dass alle Menschen hier gut leben."),
  ],
  "• eins, das bis an den Rand\nweiter geht\n• zwei": [liste("eins, das bis an den Rand weiter geht", "zwei")],
  "•\neins\n•\nzwei": [liste("eins", "zwei")],
  "\uf0b7 eins\n\uf0b7 zwei": [liste("eins", "zwei")],
  "– eins\n– zwei": [liste("eins", "zwei")],
  "Ziele:\n– eins": [absatz("Ziele:"), liste("eins")],
  "die Stadt, in der alle leben\n– so das Amt": [absatz("die Stadt, in der alle leben – so das Amt")],
  "• eins\no innen\no noch\n• zwei": [liste(["eins", liste("innen", "noch")], "zwei")],
  "1. eins\n2. zwei\nund mehr\n3. drei": [liste("eins", "zwei und mehr", "drei", { start: 1 })],
  "3) eins\n4) zwei": [liste("eins", "zwei", { start: 3 })],
  "1. eins\n• innen\n2. zwei": [liste(["eins", liste("innen")], "zwei", { start: 1 })],
  "1. a\n2. b\n1. c\n2. d": [liste("a", "b", { start: 1 }), liste("c", "d", { start: 1 })],
  "• a\n1. b\n2. c": [liste("a"), liste("b", "c", { start: 1 })],
  "Der Rat beschloss am\n8. Februar 2016": [absatz("Der Rat beschloss am 8. Februar 2016")],
  "Ein ganz langer Absatz, der bis an seinen rechten Rand reicht.\n\nam 8.\nFebruar 2016": [
      absatz("Ein ganz langer Absatz, der bis an seinen rechten Rand reicht."),
      absatz("am 8. Februar 2016"),
  ],
  "1. Januar\n2. Februar": [absatz("1. Januar"), absatz("2. Februar")],
  "3. nur eine Zahl, die nicht weiterzählt": [absatz("3. nur eine Zahl, die nicht weiterzählt")],
  "So geht der Satz auf der einen Seite zu\n12\nEnde und auf der anderen weiter.": [
      absatz("So geht der Satz auf der einen Seite zu"),
      absatz("12"),
      absatz("Ende und auf der anderen weiter."),
  ],
};

for (const [text, bloecke] of Object.entries(VERBUNDEN)) {
  test(`lines become paragraphs and lists: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(ordneZeilen(text).bloecke, bloecke);
  });
}

test("which words may have been two", () => {
  const faelle = {
    "viele Kin-\nder": ["Kinder"],
    "viele Kin-\nder wie alle Kinder": [],
    "das Konzept-\nentwurf": [],
    "viele Kin\u00ad\nder": [],
  };
  for (const [text, fraglich] of Object.entries(faelle)) assert.deepEqual(ordneZeilen(text).fraglich, fraglich, text);
});

test("which words lost a hyphen", () => {
  assert.deepEqual(ordneZeilen("(das Integra-\ntionskonzept) der Inte-\ngration, Hilfs-\nund mehr").woerter, ["Integrationskonzept", "Integration"]);
});

test("which text looks as if it came from a PDF", () => {
  const zeilen = ["Wir haben uns am Montag getroffen und lange darüber", "gesprochen, was die Stadt im nächsten Jahr"];
  const mail = [...zeilen, ...zeilen, ...zeilen].join("\n");
  const faelle = [
    [PDF, true],
    [mail, true],
    ["das Integrations-\nkonzept", true],
    ["• eins\n• zwei", true],
    ["", false],
    ["Ein Satz.", false],
    ["Hilfs-\nund Beratungsangebote", false],
    ["Anna\nBerta\nCem\nDilek\nEva", false],
    ["Rathausplatz 1\n12345 Musterstadt\nTelefon 0123 456", false],
    [Array(5).fill("Ein ganzer Absatz, der aus einem Programm kommt, das Zeilen nicht umbricht. ".repeat(4)).join("\n"), false],
    [Array(6).fill("Jeder Satz steht hier in seiner eigenen Zeile.").join("\n"), false],
  ];
  for (const [text, sieht] of faelle) assert.equal(siehtNachPdfAus(text), sieht, text);
});

test("no letter is lost", () => {
  const worte = (bloecke) => bloecke.map((block) => (block.art === "absatz" ? block.text
    : block.punkte.map(({ text, listen }) => text + worte(listen)).join(""))).join("");
  const buchstaben = (text) => text.match(/\p{L}/gu).join("");
  const ohneZeichen = PDF.replace(/^o |^\d\. /gm, "");
  assert.equal(buchstaben(worte(ordneZeilen(PDF).bloecke)), buchstaben(ohneZeichen));
});

test("a long PDF holds nobody up", () => {
  // In pieces of work of a fixed size, the best of three tries.
  const einheit = () => {
    const anfang = performance.now();
    let summe = 0;
    for (let i = 0; i < 2e7; i++) summe = (summe * 31 + i) % 65521;
    return performance.now() - anfang;
  };
  const zeilen = "Ein langer Satz, der an den Rand reicht und nicht auf-\ngehört und weiter geht, bis er am Ende ist\n";
  const text = zeilen.repeat(16_500).trimEnd();
  let vielfaches = Infinity;
  for (let versuch = 0; versuch < 3; versuch++) {
    const anfang = performance.now();
    siehtNachPdfAus(text);
    const { bloecke, woerter } = ordneZeilen(text);
    vielfaches = Math.min(vielfaches, (performance.now() - anfang) / einheit());
    assert.deepEqual([bloecke.length, woerter.length], [1, 16_500]);
  }
  assert.ok(vielfaches < 12, `${vielfaches} pieces of work`);
});
