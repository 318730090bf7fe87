// The editor of a cell: CodeMirror where it comes up, a plain text area where it does not.
// The element stays while data change, so what belongs to it is kept with it.
const editors = new WeakMap()
// What a SELECT of DuckDB is made of.
const KEYWORDS = `all and anti any array as asc asof between by case cast collate cross current cube desc distinct else end
  escape except exclude exists false filter first following for from full glob group grouping having if ilike in inner
  intersect interval is join lambda last lateral left like limit materialized natural not null nulls offset on or order
  ordinality outer over partition pivot positional preceding qualify range recursive replace right rollup row rows sample
  select semi sets similar some symmetric tablesample then ties to true try_cast unbounded union unpivot using values
  when where window with within`
const TYPES = `bigint blob boolean date decimal double float hugeint int integer list map numeric real smallint struct text
  time timestamp tinyint ubigint uinteger usmallint utinyint uuid varchar`
const spaced = (list) => list.split(/\s+/).join(" ")
// What a named query says of itself, in comments above it: folded, until somebody opens it.
const HEAD = /^-- question: .*\n(?:-- .*\n)*/
const NAME = /[\w\u0080-\uffff]*/
const KINDS = { table: "class", column: "property", cell: "variable", query: "namespace", macro: "function", function: "function", parameter: "constant" }

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const editor = editors.get(parentElement) ?? { root: parentElement, shared: { tables: {}, words: [] } }
  editor.say = (text) => text !== editor.said && setStateValue("text", (editor.said = text))
  editor.run = (text) => setTriggerValue("run", (editor.said = text))
  const before = editor.data
  editor.data = data
  if (!before) {
    editors.set(parentElement, editor)
    editor.said = data.text
    import(address(data.address))
      .then((parts) => rich(editor, parts))
      .catch(() => plain(editor))
      .then(() => document.documentElement.classList.add("tend-editor-is-up"))
  } else if (editor.take) follow(editor, before)
}

const address = (name) => new URL(name, window.__streamlit?.BACKEND_BASE_URL ?? location.href).href

// The words of the vocabulary are many and the same for all editors: asked for once.
async function learn(editor) {
  const asked = editor.data.vocabulary
  if (editor.learned === asked) return
  editor.learned = asked
  const asking = (window.tendWords ??= {})
  asking[asked] ??= fetch(address(asked)).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null)
  editor.shared = (await asking[asked]) ?? editor.shared
  editor.heed()
}

// What the server gives is taken over, but for an echo of what was typed here.
function follow(editor, before) {
  const { data } = editor
  if (data.text !== before.text && data.text !== editor.said) {
    editor.said = data.text
    editor.take(data.text)
  }
  editor.heed()
}

function frame(editor) {
  const box = editor.root.querySelector(".box")
  const hint = editor.root.querySelector(".hint")
  box.style.setProperty("--least", `${editor.data.height}px`)
  hint.textContent = editor.data.says.hint
  // Tab writes in the editor; who leaves it stands behind it, so that Tab moves on.
  editor.leave = () => hint.focus()
  return box
}

function plain(editor) {
  const area = document.createElement("textarea")
  area.spellcheck = false
  area.value = editor.data.text
  area.onblur = () => editor.say(area.value)
  area.onkeydown = (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) editor.run(area.value)
    else if (event.key === "Escape") editor.leave()
  }
  editor.take = (text) => (area.value = text)
  editor.heed = () => area.setAttribute("aria-label", editor.data.label)
  editor.heed()
  frame(editor).replaceChildren(area)
}

function rich(editor, parts) {
  const { Compartment, EditorView } = parts
  const shared = new Compartment() // what follows the data: label, words, phrases
  const place = marker(parts)
  const head = folding(editor, parts)
  const view = new EditorView({
    doc: editor.data.text,
    root: editor.root instanceof ShadowRoot ? editor.root : document,
    extensions: [keys(editor, parts), written(parts), place.field, head.extension, shared.of(told(editor, parts))],
  })
  view.contentDOM.addEventListener("blur", () => editor.say(view.state.doc.toString()))
  editor.take = (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } })
  let heeded = ""
  editor.heed = () => {
    const { text: _, wrong, ...rest } = editor.data
    const now = JSON.stringify([rest, Object.keys(editor.shared.tables).length])
    const effects = [place.set.of(wrong), ...head.opened(view.state, wrong)]
    if (now !== heeded) effects.push(shared.reconfigure(told(editor, parts)))
    heeded = now
    view.dispatch({ effects })
    learn(editor)
  }
  frame(editor).replaceChildren(view.dom)
  head.button.onclick = () => view.dispatch({ effects: head.toggle(view.state) })
  head.show(view.state)
  editor.heed()
}

// The head of a query: a button above the editor opens and folds it; an error in it opens it.
function folding(editor, { StateEffect, StateField, Decoration, EditorView }) {
  const set = StateEffect.define()
  const button = editor.root.querySelector(".head")
  const drawn = (doc, isOpen) => {
    const lines = (HEAD.exec(doc.toString())?.[0] ?? "").split("\n").length - 1
    const hidden = lines && !isOpen ? [Decoration.replace({ block: true }).range(0, doc.line(lines).to)] : []
    return { lines, isOpen, hidden: Decoration.set(hidden) }
  }
  const field = StateField.define({
    create: (state) => drawn(state.doc, false),
    update: (now, change) => {
      const asked = change.effects.find((one) => one.is(set))
      return asked || change.docChanged ? drawn(change.state.doc, asked ? asked.value : now.isOpen) : now
    },
    provide: (one) => [
      EditorView.decorations.from(one, (now) => now.hidden),
      EditorView.atomicRanges.of((view) => view.state.field(one).hidden),
    ],
  })
  const show = (state) => {
    const { lines, isOpen } = state.field(field)
    button.hidden = !lines
    button.textContent = `${isOpen ? "▾" : "▸"} ${editor.data.says.head.replace("{lines}", lines)}`
    button.setAttribute("aria-expanded", String(isOpen))
  }
  const opened = (state, wrong) => (wrong && wrong.line <= state.field(field).lines ? [set.of(true)] : [])
  const toggle = (state) => set.of(!state.field(field).isOpen)
  return { button, show, opened, toggle, extension: [field, EditorView.updateListener.of(({ state }) => show(state))] }
}

function keys(editor, { keymap, Prec, acceptCompletion, completionStatus, closeCompletion, indentWithTab, ...known }) {
  const run = (view) => (editor.run(view.state.doc.toString()), true)
  // the first Escape closes what is offered, the next one leaves
  const leave = (view) => (completionStatus(view.state) === "active" ? closeCompletion(view) : (editor.leave(), true))
  return [
    Prec.highest(keymap.of([
      { key: "Mod-Enter", run, preventDefault: true },
      { key: "Tab", run: acceptCompletion },
      { key: "Escape", run: leave },
    ])),
    keymap.of([...known.closeBracketsKeymap, ...known.defaultKeymap, ...known.historyKeymap, indentWithTab]),
  ]
}

// How it looks and behaves whatever the data; inks are those of the page's theme.
function written({ EditorView, HighlightStyle, syntaxHighlighting, tags, ...parts }) {
  const inks = HighlightStyle.define([
    { tag: [tags.keyword, tags.bool, tags.null], color: "var(--keyword)" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--string)" },
    { tag: [tags.special(tags.name), tags.typeName], fontWeight: "650" },
    { tag: [tags.comment], color: "var(--comment)", fontStyle: "italic" },
  ])
  return [
    parts.history(), parts.lineNumbers(), parts.drawSelection(), parts.bracketMatching(), parts.closeBrackets(),
    parts.highlightActiveLine(), EditorView.lineWrapping, syntaxHighlighting(inks),
    EditorView.contentAttributes.of({ spellcheck: "false" }),
  ]
}

function told({ data, shared }, { EditorState, EditorView, SQLDialect, schemaCompletionSource, autocompletion }) {
  const dialect = SQLDialect.define({
    keywords: spaced(KEYWORDS),
    types: spaced(TYPES),
    specialVar: "$",
    operatorChars: "+-*/<>=~!@%^&|?",
    caseInsensitiveIdentifiers: true,
  })
  const all = { ...shared.tables, ...data.tables }
  const tables = Object.entries(all).map(([name, { told, columns }]) => [
    name,
    { self: option(name, "table", told), children: columns.map(([column, says]) => option(column, "column", says)) },
  ])
  const columns = schemaCompletionSource({ dialect, schema: Object.fromEntries(tables) })
  const words = [...data.words, ...shared.words].map(([name, kind, says, text]) => ({ ...option(name, kind, says, data.says.kinds[kind]), apply: text || undefined }))
  const others = [...KEYWORDS.split(/\s+/).map((name) => ({ label: name, type: "keyword", boost: -1 })), ...words]
  const sources = [columns, (context) => offered(context, others, all)]
  return [
    dialect.extension,
    ...sources.map((autocomplete) => dialect.language.data.of({ autocomplete })),
    autocompletion({ icons: false, maxRenderedOptions: 60 }),
    EditorState.phrases.of(data.says.phrases),
    EditorView.contentAttributes.of({ "aria-label": data.label, "aria-description": data.says.hint }),
  ]
}

const option = (label, kind, info, detail) => ({ label, type: KINDS[kind], info: info || undefined, detail })

// Words at any place but after a point, where the columns of a table are meant; and the columns of
// all tables that the statement names.
function offered(context, words, tables) {
  const typed = context.matchBefore(/\$?[\w\u0080-\uffff]*/)
  const before = context.state.sliceDoc(typed.from - 1, typed.from)
  if (before === "." || (typed.from === typed.to && !context.explicit)) return null
  const named = new Set(context.state.doc.toString().toLowerCase().match(/[\w\u0080-\uffff]+/g))
  const columns = Object.entries(tables)
    .filter(([name]) => named.has(name.toLowerCase()))
    .flatMap(([name, { columns }]) => columns.map(([column, says]) => ({ ...option(column, "column", says, name), boost: 1 })))
  return { from: typed.from, options: [...columns, ...words], validFor: /^\$?[\w\u0080-\uffff]*$/ }
}

// The place of an error: its line, and the word that is wrong; it goes where the text moves.
function marker({ StateEffect, StateField, Decoration, EditorView }) {
  const set = StateEffect.define()
  const field = StateField.define({
    create: () => Decoration.none,
    update: (marks, change) => {
      const asked = change.effects.find((one) => one.is(set))
      return asked ? placed(change.state.doc, asked.value, Decoration) : marks.map(change.changes)
    },
    provide: (one) => EditorView.decorations.from(one),
  })
  return { set, field }
}

function placed(doc, wrong, Decoration) {
  if (!wrong || wrong.line > doc.lines) return Decoration.none
  const line = doc.line(wrong.line)
  const marks = [Decoration.line({ class: "wrong-line" }).range(line.from)]
  const from = Math.min(line.from + Math.max((wrong.column ?? 1) - 1, 0), line.to)
  const length = Math.max(NAME.exec(line.text.slice(from - line.from))[0].length, 1)
  const to = Math.min(from + length, line.to)
  if (wrong.column && to > from) marks.push(Decoration.mark({ class: "wrong" }).range(from, to))
  return Decoration.set(marks)
}
