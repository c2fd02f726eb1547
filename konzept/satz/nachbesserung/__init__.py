"""What is put right in the PDFs of WeasyPrint: where lines end, the words behind glyphs, tags, tables that go on."""
