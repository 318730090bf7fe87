// What the notebook's editor takes of CodeMirror; `make editor` bundles it into one file.
export { EditorState, Compartment, StateEffect, StateField, Prec } from "@codemirror/state"
export { EditorView, Decoration, keymap, lineNumbers, drawSelection, highlightActiveLine } from "@codemirror/view"
export { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands"
export { HighlightStyle, syntaxHighlighting, bracketMatching } from "@codemirror/language"
export { autocompletion, completionStatus, closeCompletion, acceptCompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete"
export { SQLDialect, schemaCompletionSource } from "@codemirror/lang-sql"
export { tags } from "@lezer/highlight"
