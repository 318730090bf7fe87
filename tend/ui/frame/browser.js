// What only the browser can do: the language of the page for those who have it read aloud; the
// reader's name, remembered from one visit to the next; how much room there is; and forms and
// charts that are named and reached by
// keyboard, which their library leaves to the mouse.
const NAME = "tend.who"
const CHART = '[role="graphics-document"]'
const TOP = 'g.role-mark:not([pointer-events="none"])'
const NARROW = matchMedia("(max-width: 640px)")
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }
const RELOADED = "tend.reloaded"
const SELDOM = 60_000 // a piece that is never to be had does not load the page for ever
let isHeld = false // files wait on the page, which one that is loaded anew has no more

if (window.tendLacks) loadAgain() // noted by the page itself, before this was there
else addEventListener("vite:preloadError", loadAgain, { once: true })
window.tendLacks = false // from now on it is heard here

export default function ({ data, setStateValue, setTriggerValue }) {
  if (data.moved_to) return location.replace(data.moved_to + location.search) // and nothing to go back to
  document.documentElement.lang = data.language
  isHeld = data.is_waiting
  const kept = localStorage.getItem(NAME) ?? ""
  if (data.is_said) localStorage.setItem(NAME, data.who)
  else if (kept) setStateValue("who", kept)
  if (data.is_printing) print(() => setTriggerValue("printed", Date.now()))
  const measured = () => {
    if (window.tendPrints || matchMedia("print").matches) return // paper is no screen
    if (NARROW.matches !== data.is_narrow) setStateValue("narrow", NARROW.matches)
  }
  measured()
  NARROW.addEventListener("change", measured)
  const asked = (event) => {
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
    event.preventDefault()
    setTriggerValue("print", Date.now())
  }
  document.addEventListener("keydown", asked)
  // A page that is drawn changes hundreds of times: its names are looked after when that is over.
  let frame = 0, rest = 0
  const look = () => { frame = 0; focusForm() }
  const name = () => { nameCharts(); nameTicks() }
  const changed = () => {
    frame ||= requestAnimationFrame(look)
    clearTimeout(rest)
    rest = setTimeout(name, 100)
  }
  changed()
  const seen = new MutationObserver(changed)
  seen.observe(document.body, { childList: true, subtree: true })
  document.addEventListener("keydown", pressed)
  return () => {
    seen.disconnect()
    cancelAnimationFrame(frame)
    clearTimeout(rest)
    document.removeEventListener("keydown", pressed)
    document.removeEventListener("keydown", asked)
    NARROW.removeEventListener("change", measured)
  }
}

// A piece of the page that was wanted while the server was out of reach, or of another version, is
// missing until the page is loaded anew: it is, once the server answers and nothing would go by it.
async function loadAgain() {
  if (Date.now() - Number(sessionStorage.getItem(RELOADED)) < SELDOM) return
  const health = new URL("_stcore/health", document.baseURI)
  while (!(await fetch(health).catch(() => null))?.ok || isHeld) await new Promise((done) => setTimeout(done, 500))
  sessionStorage.setItem(RELOADED, Date.now())
  location.reload()
}

// Paper gets the whole page: drawn to its end, charts included.
async function print(printed) {
  if (window.tendPrints) return
  window.tendPrints = true
  for (let still = 0; still < 4; ) {
    await new Promise((done) => setTimeout(done, 300))
    still = document.querySelector('[data-test-script-state="notRunning"]') ? still + 1 : 0
  }
  try {
    window.print() // returns when the reader is done with it
  } finally {
    window.tendPrints = false
    printed()
  }
}

// A chart is called by the title before it, and takes the focus where its marks can be reached.
function nameCharts() {
  const titles = [...document.querySelectorAll(".tend-figure h2, .tend-lead h1, [data-testid=stHtml] h3")]
  for (const chart of document.querySelectorAll(CHART)) {
    const before = titles.filter((title) => title.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING)
    const name = before.at(-1)?.textContent ?? ""
    if (name && chart.getAttribute("aria-label") !== name) chart.setAttribute("aria-label", name)
    if (!chart.hasAttribute("tabindex") && chart.querySelector(TOP)) chart.setAttribute("tabindex", "0")
  }
}

// A tick is read aloud as its words, without the signs that they are written with.
function nameTicks() {
  for (const tick of document.querySelectorAll('[data-testid="stCheckbox"] input[aria-label]')) {
    const said = tick.closest("label").textContent
    if (said && tick.getAttribute("aria-label") !== said) tick.setAttribute("aria-label", said)
  }
}

// A form that opens takes the focus: it lies at the page's end, far from its button.
function focusForm() {
  const form = document.querySelector('[data-testid="stPopoverBody"]:not([tabindex])')
  if (!form) return
  form.setAttribute("tabindex", "-1")
  form.style.outline = "none"
  form.focus({ preventScroll: true })
}

// Arrows go from mark to mark of all that a click meets; Enter is the click.
async function pressed(event) {
  const chart = event.target.closest?.(CHART)
  const marks = [...(chart?.querySelectorAll(TOP) ?? [])].flatMap((layer) => [...layer.children])
  if (!marks.length) return
  const at = marks.indexOf(event.target)
  const step = STEPS[event.key]
  if (step) {
    event.preventDefault()
    const next = marks[at < 0 ? (step > 0 ? 0 : marks.length - 1) : (at + step + marks.length) % marks.length]
    await named(next.parentElement, next)
    next.focus()
  } else if (event.key === "Enter" && at >= 0) {
    event.preventDefault()
    for (const kind of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) point(event.target, kind)
  } else if (event.key === "Escape" && at >= 0) {
    chart.focus()
  }
}

// A mark is read aloud as its tooltip, which is in the reader's words.
async function named(layer, mark) {
  layer.removeAttribute("aria-hidden")
  layer.setAttribute("role", "group")
  for (const kind of ["pointerover", "pointermove", "mouseover", "mousemove"]) point(mark, kind)
  await new Promise((done) => setTimeout(done, 60))
  const rows = [...document.querySelectorAll("#vg-tooltip-element.visible tr")]
  const said = rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()).join(" ")).join(", ")
  if (said) mark.setAttribute("aria-label", said)
  mark.setAttribute("role", "graphics-symbol")
  mark.setAttribute("tabindex", "-1")
}

function point(mark, kind) {
  const { left, top, width, height } = mark.getBoundingClientRect()
  const how = { bubbles: true, cancelable: true, view: window, clientX: left + width / 2, clientY: top + height / 2 }
  mark.dispatchEvent(kind.startsWith("pointer") ? new PointerEvent(kind, how) : new MouseEvent(kind, how))
}
