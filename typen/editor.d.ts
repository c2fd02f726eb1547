// As much of django-prose-editor as the editor of the forms uses: Tiptap around ProseMirror, whose own types are an npm
// package each. The package comes without types.

declare module "django-prose-editor/editor" {
  import type { ParseOptions, Schema } from "prosemirror-model";
  import type { EditorState, Plugin, Transaction } from "prosemirror-state";
  import type { EditorProps, EditorView } from "prosemirror-view";

  export interface Erweiterung {
    configure(einstellungen: object): Erweiterung;
    extend(merkmale: object): Erweiterung;
  }

  export const Bold: Erweiterung;
  export const BulletList: Erweiterung;
  export const Document: Erweiterung;
  export const Dropcursor: Erweiterung;
  export const Gapcursor: Erweiterung;
  export const HardBreak: Erweiterung;
  export const Heading: Erweiterung;
  export const History: Erweiterung;
  export const Italic: Erweiterung;
  export const Link: Erweiterung;
  export const ListItem: Erweiterung;
  export const OrderedList: Erweiterung;
  export const Paragraph: Erweiterung;
  export const Table: Erweiterung;
  export const TableCell: Erweiterung;
  export const TableHeader: Erweiterung;
  export const TableRow: Erweiterung;
  export const Text: Erweiterung;
  export const Extension: {
    create(merkmale: {
      name: string;
      priority?: number;
      addKeyboardShortcuts?(): Record<string, (umstaende: { editor: Editor }) => boolean>;
      addProseMirrorPlugins?(): Plugin[];
    }): Erweiterung;
  };

  /** What a command is given; without `dispatch` it is only asked whether it could. */
  export interface Umstaende {
    tr: Transaction;
    state: EditorState;
    dispatch: ((tr: Transaction) => void) | undefined;
  }

  interface Befehle<Ergebnis> {
    addColumnAfter(): Ergebnis;
    addRowAfter(): Ergebnis;
    command(befehl: (umstaende: Umstaende) => boolean): Ergebnis;
    deleteColumn(): Ergebnis;
    deleteRow(): Ergebnis;
    deleteTable(): Ergebnis;
    extendMarkRange(art: string): Ergebnis;
    focus(): Ergebnis;
    goToNextCell(): Ergebnis;
    insertContent(inhalt: object): Ergebnis;
    insertTable(masse: { rows: number; cols: number; withHeaderRow: boolean }): Ergebnis;
    redo(): Ergebnis;
    setContent(html: string, wie: { emitUpdate: boolean }): Ergebnis;
    setLink(attrs: { href: string }): Ergebnis;
    setTextSelection(ort: number | { from: number; to: number }): Ergebnis;
    toggleBold(): Ergebnis;
    toggleBulletList(): Ergebnis;
    toggleHeading(attrs: { level: number }): Ergebnis;
    toggleItalic(): Ergebnis;
    toggleOrderedList(): Ergebnis;
    undo(): Ergebnis;
    unsetLink(): Ergebnis;
    unsetMark(art: string): Ergebnis;
  }

  export interface Kette extends Befehle<Kette> {
    run(): boolean;
  }

  export class Editor {
    constructor(einstellungen: {
      element: HTMLElement;
      extensions: Erweiterung[];
      content?: string;
      injectCSS: boolean;
      enableInputRules: string[];
      enablePasteRules: boolean;
      parseOptions: ParseOptions;
      editorProps: EditorProps;
      onUpdate(): void;
      onTransaction(was: { transaction: Transaction }): void;
    });
    readonly schema: Schema;
    readonly state: EditorState;
    readonly view: EditorView;
    readonly commands: Befehle<boolean>;
    chain(): Kette;
    can(): { chain(): Kette };
    getAttributes(art: string): Record<string, unknown>;
    getHTML(): string;
    isActive(was: string | object): boolean;
  }

  export const pm: {
    history: typeof import("prosemirror-history");
    model: typeof import("prosemirror-model");
    state: typeof import("prosemirror-state");
  };
}
