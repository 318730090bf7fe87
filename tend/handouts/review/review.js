// The review file: draws what the file tells, in the reader's language, under the filters chosen.
// Everything is put in as text; nothing is fetched, and nothing is computed but which rows show.
"use strict";
(() => {
  const told = JSON.parse(document.getElementById("told").textContent)
  told.pages.forEach((page) => { page.figures = page.figures.map((at) => told.figures[at]) })
  const FEW = 8 // rows that need no search
  const STEP = innerWidth > 640 ? 20 : 8 // rows that come at a time; on a phone each is a card
  const CALLED = "customer_name" // what a row is called by, where it has it
  const STATES = { "●": "healthy", "◆": "average", "▲": "at-risk" }
  const PERIODS = ["month", "period"] // kinds of columns
  const SOURCES = "sources" // the page beside the pages
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const chosen = { language: firstLanguage(), page: "", filters: told.dimensions.map(() => ""), find: "" }
  const kept = new Map() // how each table is looked at: what is searched, the order, how many rows
  let charts = [] // what has to be let go before the page is drawn anew
  let tables = [] // what draws the tables of the page

  // ---------------------------------------------------------------- words and numbers
  function firstLanguage() {
    const wanted = told.languages.findIndex((one) => navigator.language.startsWith(one))
    return told.languages.length > 1 && wanted > 0 ? wanted : 0
  }
  const say = (value) => (Array.isArray(value) ? value[chosen.language] : value)
  const says = (name, given = {}) =>
    say(told.words[name]).replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, (_, key, one, many) =>
      many === undefined ? String(given[key]) : given[key] === 1 ? one : many)
  const language = () => told.languages[chosen.language]

  // As Python writes it: of two that are as near, the even one.
  function fixed(value, digits) {
    const part = value * 2 ** (digits + 1)
    if (!Number.isInteger(part) || part % 2 === 0) return value.toFixed(digits)
    const low = Math.floor(value * 10 ** digits)
    return ((low % 2 ? low + 1 : low) / 10 ** digits).toFixed(digits)
  }
  function number(value, digits) {
    const [whole, rest] = fixed(value, digits).split(".")
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",")
    return (rest ? `${grouped}.${rest}` : grouped).replace("-", "−")
  }
  function written(kind, value) {
    if (value === null || value === undefined || value === "") return told.missing
    if (kind.rate) return number(value * 100, 1) + (language() === "zh" ? "%" : " %")
    if (typeof value === "number" && kind.digits !== null) return number(value, kind.digits)
    if (kind.name === "coefficient") return String(Number(value.toPrecision(3))).replace("-", "−")
    if (kind.name === "month") return String(value).slice(0, 7)
    if (kind.name === "moment") return String(value).replace("T", " ")
    if (typeof value === "boolean") return says(value ? "yes" : "no")
    return String(value)
  }

  // ---------------------------------------------------------------- elements
  function el(name, given, ...inside) {
    const made = document.createElement(name)
    for (const [key, value] of Object.entries(given ?? {})) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
      else if (key in made && key !== "list") made[key] = value
      else made.setAttribute(key, value)
    }
    made.append(...inside.flat().filter((one) => one !== null && one !== undefined))
    return made
  }
  const para = (text, css = "") => (text ? el("p", { className: css }, text) : null)

  // ---------------------------------------------------------------- which rows
  const on = () => chosen.filters.flatMap((at, place) => (at === "" ? [] : [told.dimensions[place].values[at].view]))
  // The view that was asked beforehand for what is chosen; of several filters together there is none.
  const view = () => (on().length > 1 ? null : on()[0] ?? 0)
  const isList = (figure) => figure.keys !== null
  // Rows of a view are numbers. Under several filters a row is its numbers in the whole and in each
  // filter's view: it is there where each of them has it.
  function rows(figure) {
    const all = on()
    if (all.length < 2) return figure.views[all[0] ?? 0].rows
    if (!isList(figure)) return null
    const views = [0, ...all]
    const by = views.map((one) => keyed(figure, one))
    const places = chosen.filters.flatMap((at, place) => (at === "" ? [] : [place]))
    figure.columns.forEach((column) => { column.at = speaks(figure, column, places) })
    // the last one tells the order: contract types change amounts, sizes and industries do not
    return figure.views[all[all.length - 1]].rows.map((row) => by.map((one) => one.get(figure.keys[row]))).filter((row) => !row.includes(undefined))
  }
  const keyed = (figure, at) => new Map(figure.views[at].rows.map((row) => [figure.keys[row], row]))
  // Which of them speaks for a column: the whole, or the filter of the one dimension that changes its
  // values. What several change (a share of all that is shown, a rank) is not in the file for them.
  function speaks(figure, column, places) {
    column.changed ??= told.dimensions.map((dimension) => isChanged(figure, column, dimension))
    const changed = places.flatMap((place, at) => (column.changed[place] ? [at + 1] : []))
    return changed.length > 1 ? null : changed[0] ?? 0
  }
  function isChanged(figure, column, dimension) {
    const whole = keyed(figure, 0)
    const written = (row) => JSON.stringify(raw(column, row))
    const isOther = (row) => written(row) !== written(whole.get(figure.keys[row]))
    return dimension.values.some((one) => figure.views[one.view].rows.some(isOther))
  }
  const raw = ({ cells }, row) => (Array.isArray(cells) ? cells[row] : cells.of[cells.at[row]])
  function cell(column, row) {
    if (!Array.isArray(row)) return say(raw(column, row))
    return column.at === null ? null : say(raw(column, row[column.at]))
  }
  const found = (text, words) => words.every((word) => text.includes(word))
  const spoken = (text) => text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  function matching(figure, some, words) {
    if (!words.length) return some
    const columns = [...shown(figure), ...further(figure)]
    const line = (row) => columns.map((one) => written(one.kind, cell(one, row))).join("\n").toLocaleLowerCase()
    return some.filter((row) => found(line(row), words))
  }
  const shown = (figure) => figure.columns.filter((column) => column.head !== null && !column.is_more)
  const further = (figure) => figure.columns.filter((column) => column.is_more)
  function ordered(figure, some, sort) {
    if (!sort) return some
    const column = shown(figure)[sort.column]
    const value = (row) => cell(column, row)
    const way = sort.falls ? -1 : 1
    const rank = (a, b) => (typeof a === "string" ? a.localeCompare(b, language()) : a - b)
    const isNone = (one) => one === null || one === ""
    return [...some].sort((a, b) => {
      const [one, two] = [value(a), value(b)]
      if (isNone(one) || isNone(two)) return isNone(one) - isNone(two) // what is missing comes last
      return way * rank(one, two)
    })
  }

  // ---------------------------------------------------------------- tables
  function table(figure, some, key) {
    const look = kept.get(key) ?? { find: "", sort: null, most: STEP }
    kept.set(key, look)
    const place = el("div", { className: "rows" })
    const count = el("span", { className: "count", role: "status" })
    const draw = (turned) => {
      const matched = matching(figure, some, spoken(look.find))
      const order = ordered(figure, matched, look.sort)
      count.textContent = matched.length < some.length ? says("of_rows", { rows: matched.length, all: some.length }) : ""
      place.replaceChildren(body(figure, order, look, draw))
      if (turned !== undefined) place.querySelectorAll("th button")[turned].focus()
    }
    draw()
    tables.push(draw)
    if (some.length <= FEW) return place
    const search = el("input", { type: "search", value: look.find, placeholder: says("search"), "aria-label": says("search"),
      oninput: (event) => { look.find = event.target.value; draw() } })
    return el("div", {}, el("div", { className: "tools" }, search, count), place)
  }
  function body(figure, order, look, draw) {
    const columns = shown(figure)
    const most = columns.map((column) => (column.kind.bar ? Math.max(0, ...order.map((row) => cell(column, row) ?? 0)) : 0))
    const heads = columns.map((column, at) => head(column, at, look, draw))
    const lines = order.slice(0, look.most).map((row) => line(figure, columns, row, most))
    const whole = el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, lines))
    const wide = el("div", { className: "wide", tabIndex: 0, role: "group", "aria-label": say(figure.called) }, whole)
    if (order.length <= look.most) return wide
    const more = Math.min(STEP, order.length - look.most)
    const next = el("button", { className: "link", onclick: () => { look.most += STEP; draw() } }, says("more", { rows: more }))
    const all = el("button", { className: "link", onclick: () => { look.most = order.length; draw() } }, says("all", { rows: order.length }))
    return el("div", {}, wide, el("div", { className: "tools" }, next, all))
  }
  // A row unfolds to the facts that its table has no room for.
  function line(figure, columns, row, most) {
    const cells = columns.map((column, at) => data(column, cell(column, row), most[at]))
    const made = el("tr", {}, cells)
    const more = further(figure)
    if (!more.length) return made
    const called = cells[Math.max(0, columns.findIndex((column) => column.name === CALLED))]
    const name = el("button", { className: "name", "aria-expanded": "false" }, ...called.childNodes)
    called.append(name)
    name.addEventListener("click", () => {
      const isOpen = made.nextElementSibling?.className === "more"
      name.setAttribute("aria-expanded", String(!isOpen))
      if (isOpen) return made.nextElementSibling.remove()
      const facts = more.map((column) => el("div", {}, el("dt", {}, say(column.head)), el("dd", {}, written(column.kind, cell(column, row)))))
      made.after(el("tr", { className: "more" }, el("td", { colSpan: columns.length }, el("dl", {}, facts))))
    })
    return made
  }
  function head(column, at, look, draw) {
    const is = look.sort?.column === at
    const turn = () => { look.sort = is && look.sort.falls !== column.kind.right ? null : { column: at, falls: is ? !look.sort.falls : column.kind.right }; draw(at) }
    const sign = is ? (look.sort.falls ? " ↓" : " ↑") : ""
    const said = is ? (look.sort.falls ? "descending" : "ascending") : "none"
    return el("th", { scope: "col", className: side(column.kind), "aria-sort": said }, el("button", { onclick: turn }, say(column.head) + sign))
  }
  const side = (kind) => (kind.right ? "right" : kind.name === "date" ? "day" : "")
  function data(column, value, most) {
    const text = written(column.kind, value)
    const state = column.kind.state ? STATES[text[0]] ?? "" : ""
    const made = el("td", { className: `${side(column.kind)} ${state}`.trim(), title: text.length > 60 ? text : "" }, text)
    made.setAttribute("data-label", say(column.head))
    if (most > 0 && value > 0) {
      made.classList.add("bar")
      made.style.setProperty("--part", `${(100 * value) / most}%`)
    }
    return made
  }

  // ---------------------------------------------------------------- charts
  function chart(figure, some, place, pick) {
    const spec = specification(figure)
    const fields = figure.columns.filter((column) => column.drawn)
    spec.data = { values: some.map((row) => Object.fromEntries(fields.map((column) => [column.name, drawn(column, cell(column, row))]))) }
    spec.width = Math.max(240, Math.floor(place.getBoundingClientRect().width))
    spec.description = say(figure.called)
    const options = { ast: true, actions: false, renderer: "svg", defaultStyle: false, logLevel: 1, tooltip: hint, mode: "vega-lite" }
    window.vegaEmbed(place, spec, options).then((made) => {
      charts.push(made)
      place.querySelectorAll('[role="graphics-symbol"]:not([aria-label])').forEach((mark) => { // nothing to be read aloud
        mark.removeAttribute("role")
        mark.removeAttribute("aria-roledescription")
      })
      place.dataset.drawn = "yes"
      figure.marks.forEach((name) => made.view.addSignalListener(name, (_, picked) => pick(picked)))
    })
  }
  // The specification of the file is in its first language, by day; others are held against it.
  function specification(figure) {
    const spec = structuredClone(figure.spec)
    const wanted = [chosen.language ? "language" : "", dark.matches ? "dark" : "", chosen.language && dark.matches ? "both" : ""]
    for (const [path, ...value] of wanted.flatMap((name) => figure.patches[name] ?? [])) {
      if (!path.length) return structuredClone(value[0])
      let at = spec
      for (const step of path.slice(0, -1)) at = at[step]
      const last = path[path.length - 1]
      if (value.length) at[last] = structuredClone(value[0])
      else delete at[last]
    }
    return spec
  }
  // A day is the reader's own, wherever the file is opened: read as one of Greenwich, it would move.
  function drawn(column, value) {
    if (typeof value !== "string" || !["date", "month", "moment"].includes(column.kind.name)) return value
    const [year, month, day] = value.slice(0, 10).split("-").map(Number)
    return new Date(year, month - 1, day).getTime()
  }
  const bubble = el("div", { id: "bubble", role: "tooltip", hidden: true })
  function hint(_, event, __, value) {
    bubble.hidden = !value
    if (!value) return
    const facts = typeof value === "object" ? Object.entries(value) : [["", value]]
    bubble.replaceChildren(el("table", {}, facts.map(([name, one]) => el("tr", {}, el("th", {}, name), el("td", {}, String(one ?? told.missing))))))
    const box = bubble.getBoundingClientRect()
    const [right, low] = [innerWidth - box.width - 8, innerHeight - box.height - 8]
    bubble.style.left = `${Math.max(8, Math.min(event.clientX + 14, right))}px`
    bubble.style.top = `${Math.max(8, Math.min(event.clientY + 14, low))}px`
  }

  // ---------------------------------------------------------------- figures
  function drawFigure(figure, page, css) {
    const some = rows(figure)
    const at = on().length > 1 ? null : figure.views[view()]
    const key = `${page.name}.${figure.name}`
    const made = el("section", { className: css, id: key })
    made.append(el("h2", {}, say(at ? figure.texts[at.title] : figure.called)))
    if (some === null) made.append(para(says("not_together")))
    else if (!some.length) made.append(para(say(figure.empty)))
    else made.append(...filled(figure, some, at, key))
    made.append(el("details", { className: "method" }, el("summary", {}, says("computed")), para(say(figure.definition), "definition")))
    return made
  }
  function filled(figure, some, at, key) {
    const unit = para(say(figure.texts[(at ?? figure.views[0]).unit]))
    if (!figure.spec || on().length > 1) {
      const isLacking = on().length > 1 && [...shown(figure), ...further(figure)].some((column) => column.at === null)
      return [unit, isLacking ? para(says("lacking", { missing: told.missing })) : null, table(figure, some, key)].filter(Boolean)
    }
    const place = el("div", { className: "chart", "data-rows": String(some.length) })
    const fold = el("details", { className: "method" }, el("summary", {}, says("as_table")))
    const fill = (only) => {
      const back = only ? el("button", { className: "link", onclick: () => fill(null) }, says("all", { rows: some.length })) : null
      fold.replaceChildren(fold.firstChild, ...[table(figure, only ?? some, only ? `${key} picked` : key), back].filter(Boolean))
    }
    fold.addEventListener("toggle", () => { if (fold.open && fold.children.length === 1) fill(null) })
    const column = (name) => figure.columns.find((one) => one.drawn && one.name === name)
    const pick = (picked) => {
      const codes = Object.entries(picked ?? {}).filter(([name]) => Boolean(column(name)))
      const only = some.filter((row) => codes.every(([name, values]) => values.includes(cell(column(name), row))))
      fold.open = codes.length > 0
      fill(codes.length ? only : null)
    }
    queueMicrotask(() => chart(figure, some, place, pick))
    return [unit, place, fold].filter(Boolean)
  }
  function card(one) {
    return el("div", { className: "card" }, el("h2", {}, say(one.label)), para(say(one.written), "value"), one.lines.map((line) => para(say(line))))
  }

  // ---------------------------------------------------------------- pages
  function drawPage(page) {
    const at = view()
    if (at === null) return [el("div", { className: "lead" }, el("h1", {}, say(page.title)), para(says("together"))), figures(page)]
    const { lead, numbers } = page.views[at]
    const first = el("div", { className: "lead" }, el("h1", {}, ...days(say(lead.sentence) || say(page.title))), lead.lines.map((line) => para(say(line))))
    return [first, para(say(page.days), "days"), numbers.length ? el("div", { className: "cards" }, numbers.map(card)) : null, figures(page)]
  }
  // Nobody breaks a line inside a date.
  const days = (text) => text.split(/(\d{4}-\d{2}-\d{2})/).map((part, at) => (at % 2 ? el("span", { className: "day" }, part) : part))
  // Three years of months have no room on half of a page.
  const isDense = (figure) => figure.columns.some((column) =>
    column.drawn && PERIODS.includes(column.kind.name) && new Set(rows(figure).map((row) => cell(column, row))).size > 30)
  // Charts stand two by two, as on the pages; what has no neighbour, and every list, takes the whole width.
  function figures(page) {
    const isDrawn = page.figures.map((figure) => figure.spec !== null && on().length < 2 && rows(figure).length > 0 && !isDense(figure))
    let before = 0 // charts in a row so far
    const made = page.figures.map((figure, at) => {
      before = isDrawn[at] ? before + 1 : 0
      const isHalf = isDrawn[at] && (before % 2 === 0 || isDrawn[at + 1])
      return drawFigure(figure, page, isHalf ? "figure half" : "figure")
    })
    return el("div", { className: "figures" }, made)
  }
  function drawFound() {
    const words = spoken(chosen.find)
    const some = told.pages.flatMap((page) => page.figures.filter(isList).map((figure) => [page, figure, matching(figure, rows(figure) ?? [], words)]))
    const met = some.filter(([, , matched]) => matched.length)
    const title = el("div", { className: "lead" }, el("h1", {}, says(met.length ? "found" : "found_none", { text: chosen.find })))
    return [title, el("div", { className: "figures" }, met.map(([page, figure, matched]) =>
      el("section", { className: "figure" }, el("h2", {}, `${say(page.title)} · ${say(figure.called)}`), table(figure, matched, `found ${page.name}.${figure.name}`))))]
  }
  function drawSources() {
    const list = (name, some) => el("section", { className: "figure" }, el("h2", {}, says(name)), some)
    const terms = [...told.pages.flatMap((page) => page.terms), ...told.figures.map((one) => ({ label: one.called, definition: one.definition }))]
    const defined = el("dl", {}, terms.flatMap((one) => [el("dt", {}, say(one.label)), el("dd", {}, say(one.definition))]))
    const heads = told.sources.heads.map((one) => el("th", { scope: "col" }, say(one)))
    const lines = told.sources.rows.map((row) => el("tr", {}, row.map((value, at) => {
      const made = el("td", { className: typeof value === "number" ? "right" : "" }, typeof value === "number" ? number(value, 0) : say(value) ?? told.missing)
      made.setAttribute("data-label", say(told.sources.heads[at]))
      return made
    })))
    const sources = el("div", { className: "wide", tabIndex: 0, role: "group", "aria-label": says("sources") },
      el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, lines)))
    return [el("div", { className: "lead" }, el("h1", {}, says("about")), told.signed.map((line) => para(say(line)))),
      el("div", { className: "figures" }, list("definitions", defined), list("sources", sources))]
  }

  // ---------------------------------------------------------------- what stands around
  function top() {
    const whole = told.pages.find((page) => page.name === chosen.page)?.of ?? chosen.page
    const link = (name, title, is) => el("a", { href: `#${name}`, ...(is ? { "aria-current": "page" } : {}) }, title)
    const links = told.pages.filter((page) => !page.of).map((page) => link(page.name, say(page.title), page.name === whole))
    links.push(link(SOURCES, says("about"), chosen.page === SOURCES))
    const parts = told.pages.filter((page) => page.name === whole || page.of === whole)
    const beneath = parts.length > 1
      ? el("nav", { className: "parts", "aria-label": say(parts[0].title) }, parts.map((page) => link(page.name, say(page.of ? page.title : page.first), page.name === chosen.page)))
      : null
    const search = el("input", { type: "search", id: "find", value: chosen.find, placeholder: says("find"), "aria-label": says("find"),
      oninput: (event) => { chosen.find = event.target.value; content() } })
    const other = told.languages.length > 1
      ? el("button", { className: "link", id: "language", onclick: () => { chosen.language = 1 - chosen.language; draw() } }, says("other_language"))
      : null
    return el("header", {}, el("span", { className: "brand" }, "Tend"), el("nav", { "aria-label": says("pages") }, links), el("div", { className: "aside" }, search, other), beneath)
  }
  function bar() {
    const fields = told.dimensions.map((dimension, place) => {
      const options = dimension.values.map((one, at) => el("option", { value: String(at), selected: chosen.filters[place] === at }, say(one.label)))
      const left = dimension.left_out ? [el("option", { disabled: true }, says("left_out", { values: dimension.left_out }))] : []
      const field = el("select", { id: `filter-${dimension.name}`, onchange: (event) => {
        chosen.filters[place] = event.target.value === "" ? "" : Number(event.target.value)
        draw()
      } }, el("option", { value: "" }, says("any")), options, left)
      return el("label", {}, say(dimension.label), field)
    })
    const clear = on().length ? el("button", { className: "link", onclick: () => { chosen.filters.fill(""); draw() } }, says("clear")) : null
    return el("div", { className: "filters" }, fields, clear, para(say(told.signed[0]), "signed"))
  }
  function onPaper() {
    const filters = told.dimensions.flatMap((dimension, place) => (chosen.filters[place] === "" ? [] : [`${say(dimension.label)}: ${say(dimension.values[chosen.filters[place]].label)}`]))
    return para([say(told.signed[0]), ...filters].join(" · "), "on-paper")
  }
  const main = el("main")
  function content() {
    charts.forEach((one) => one.finalize())
    charts = []
    tables = []
    bubble.hidden = true
    const page = told.pages.find((one) => one.name === chosen.page)
    const parts = chosen.find.trim() ? drawFound() : page ? drawPage(page) : drawSources()
    main.className = dark.matches ? "night" : "" // paper turns the inks of charts
    main.replaceChildren(...[onPaper(), ...parts].filter(Boolean))
  }
  const around = el("div")
  function draw() {
    document.documentElement.lang = language() === "zh" ? "zh-CN" : language()
    document.title = say(told.title)
    const focused = document.activeElement?.id
    around.replaceChildren(top(), bar())
    content()
    if (focused) document.getElementById(focused)?.focus()
  }
  function go() {
    const wanted = location.hash.slice(1)
    chosen.page = [...told.pages.map((page) => page.name), SOURCES].includes(wanted) ? wanted : told.pages[0].name
    chosen.find = ""
    draw()
    scrollTo(0, 0)
  }
  let width = innerWidth
  let waits = 0
  addEventListener("resize", () => {
    if (innerWidth === width) return // a phone's address bar comes and goes
    width = innerWidth
    clearTimeout(waits)
    waits = setTimeout(content, 200)
  })
  addEventListener("beforeprint", () => { // paper has no button for more
    kept.forEach((look) => { look.most = Infinity })
    tables.forEach((drawn) => drawn())
  })
  addEventListener("hashchange", go)
  dark.addEventListener("change", content)
  document.body.append(around, main, bubble)
  go()
})()
