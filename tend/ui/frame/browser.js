// What only the browser can do: the language of the page for those who have it read aloud, and the
// reader's name, which this browser remembers from one visit to the next.
const NAME = "tend.who"

export default function ({ data, setStateValue }) {
  document.documentElement.lang = data.language
  const kept = localStorage.getItem(NAME) ?? ""
  if (data.is_said) localStorage.setItem(NAME, data.who)
  else if (kept) setStateValue("who", kept)
}
