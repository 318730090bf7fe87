// Finding anybody: letters go to the server, what is found comes back as data and is shown as text.
// The element stays while data change, so what belongs to it is kept with it.
const boxes = new WeakMap()

export default function ({ parentElement, data, setStateValue, setTriggerValue }) {
  const box = boxes.get(parentElement) ?? made(parentElement)
  boxes.set(parentElement, box)
  box.ask = (typed) => setStateValue("typed", typed)
  box.open = (place) => {
    setTriggerValue("opened", box.found[place].opens)
    close(box)
    box.input.value = ""
    box.input.blur()
  }
  box.input.placeholder = data.hint
  box.input.setAttribute("aria-label", data.label)
  box.list.setAttribute("aria-label", data.label)
  box.nothing = data.nothing
  show(box, data)
  document.addEventListener("keydown", box.slash)
  document.addEventListener("pointerdown", box.away)
  return () => {
    document.removeEventListener("keydown", box.slash)
    document.removeEventListener("pointerdown", box.away)
  }
}

function made(root) {
  const box = { input: root.querySelector("input"), list: root.querySelector("[role=listbox]") }
  Object.assign(box, { said: root.querySelector("[role=status]"), found: [], active: 0, answered: "" })
  box.input.oninput = () => {
    clearTimeout(box.waiting)
    box.waiting = setTimeout(() => box.ask(box.input.value.trim()), 120)
    if (!box.input.value.trim()) close(box)
  }
  box.input.onkeydown = (event) => pressed(box, event)
  box.slash = (event) => {
    const at = event.composedPath()[0]
    const types = at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName ?? "")
    if (event.key !== "/" || types || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    box.input.focus()
  }
  box.away = (event) => {
    if (!event.composedPath().includes(root)) close(box)
  }
  return box
}

function pressed(box, event) {
  if (event.isComposing) return // an input method takes Enter and arrows for itself
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step && box.found.length) {
    event.preventDefault()
    mark(box, (box.active + step + box.found.length) % box.found.length)
  } else if (event.key === "Escape") {
    close(box)
    box.input.value = ""
    box.input.blur()
  } else if (event.key === "Enter" && box.input.value.trim()) {
    clearTimeout(box.waiting)
    if (box.answered === box.input.value.trim()) return box.found.length && box.open(box.active)
    box.hurry = true // the best of what comes
    box.ask(box.input.value.trim())
  }
}

function show(box, { typed, found }) {
  const sought = box.input.value.trim()
  if (!sought || typed !== sought) return
  box.answered = typed
  box.found = found
  box.list.replaceChildren(...found.map((one, place) => option(box, one, place)))
  box.list.hidden = found.length === 0
  box.said.textContent = found.length ? "" : box.nothing
  box.said.hidden = found.length > 0
  box.input.setAttribute("aria-expanded", String(found.length > 0))
  if (found.length) mark(box, 0)
  if (box.hurry && found.length) box.open(0)
  box.hurry = false
}

function option(box, one, place) {
  const item = document.createElement("li")
  item.id = `found-${place}`
  item.setAttribute("role", "option")
  const name = document.createElement("b")
  name.textContent = one.name
  const note = document.createElement("small")
  for (const words of one.note) {
    const part = document.createElement("span")
    part.textContent = words
    note.append(part, " ")
  }
  item.append(name, note)
  item.onpointerdown = (event) => event.preventDefault() // the list stays until the click
  item.onclick = () => box.open(place)
  return item
}

function mark(box, place) {
  box.active = place
  ;[...box.list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === place)))
  box.input.setAttribute("aria-activedescendant", `found-${place}`)
}

function close(box) {
  Object.assign(box, { found: [], answered: "", hurry: false })
  box.list.hidden = box.said.hidden = true
  box.list.replaceChildren()
  box.input.setAttribute("aria-expanded", "false")
  box.input.removeAttribute("aria-activedescendant")
}
