"""The page on which one signs in: by itself, in both languages, without a word of the data."""

from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse
from starlette.types import Scope

from tend.language import text
from tend.ui.entrance import cookies
from tend.ui.parts import html
from tend.ui.server.visits import Visit

OUT = "auth/logout"
_HERE = Path(__file__).parent
_MARK, _STYLE = html.ours(_HERE.parent / "mark.svg"), html.ours(_HERE / "sign_in.css")
# How the theme names what the page's style asks for.
_INKS = {"ground": "backgroundColor", "ink": "textColor", "accent": "linkColor"}
_LANGUAGES = {"en": "en", "zh": "zh-CN"}
_FORBIDDEN = 403


def base() -> str:
    """Give the path under which all pages lie, with its last stroke."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}/" if path else "/"


def wanted(scope: Scope) -> str:
    """Give where somebody wants to go, as an address of this server."""
    path = "/" + quote(scope["path"].lstrip("/"))  # two strokes would name another server
    query = urlencode(parse_qs(scope["query_string"].decode("latin-1")), doseq=True)
    return f"{path}?{query}" if query else path


def kept(scope: Scope) -> str:
    """Give where somebody wanted to go before they went to sign in, if that is one of our pages."""
    said = cookies.wanted(HTTPConnection(scope).cookies)
    return said if said.startswith(base()) else ""


def _in_language(address: str, language: str) -> str:
    path, _, query = address.partition("?")
    return f"{path}?{urlencode({**parse_qs(query), 'lang': language}, doseq=True)}"


def sign_in(scope: Scope, visit: Visit) -> HTMLResponse:
    """Ask to sign in, and say why where somebody was not let in."""
    is_on_the_way = visit.why in ("away", "failed")  # such an address is good only once
    here = kept(scope) or base() if is_on_the_way else wanted(scope)
    said_in = language(scope, here)
    following = text.LANGUAGES[(text.LANGUAGES.index(said_in) + 1) % len(text.LANGUAGES)]
    said, there = text.say("ui.other_language", said_in), _in_language(here, following)
    other = html.tag("a", said, css="other", href=there, lang=_LANGUAGES[following])
    return HTMLResponse(_document(said_in, visit, other), _FORBIDDEN, {"Cache-Control": "no-store"})


def _document(said_in: str, visit: Visit, other: html.Html) -> str:
    title = f"{text.say('sign_in.button', said_in)} · Tend"
    inside = html.tag("main", *_lines(said_in, visit), other)
    return html.document(_LANGUAGES[said_in], title, (_inks(), _STYLE), inside)


def _lines(said_in: str, visit: Visit) -> tuple[html.Html, ...]:
    address = visit.address or text.say("sign_in.no_address", said_in)
    is_other = visit.why in ("unverified", "not_invited")
    button = text.say("sign_in.another" if is_other else "sign_in.button", said_in)
    css = "quiet" if visit.why == "nobody" else "why"
    return (
        _MARK,
        html.h1("Tend"),
        html.p(text.say("sign_in.lead", said_in), css="quiet"),
        html.p(text.say(f"sign_in.{visit.why}", said_in, address=address), css=css),
        html.tag("a", button, css="in", href=f"{base()}auth/login"),
    )


def language(scope: Scope, here: str) -> str:
    """Choose as the app does: what an address says, else what the browser prefers."""
    asked = parse_qs(here.partition("?")[2]).get("lang", [""])[0]
    if asked in text.LANGUAGES:
        return asked
    return "zh" if Headers(scope=scope).get("accept-language", "").startswith("zh") else "en"


def _inks() -> str:
    """Give the colours of the theme, by day and by night, as the style asks for them."""
    light, dark = (_of_theme(one) for one in ("light", "dark"))
    font, button = st.get_option("theme.font"), st.get_option("theme.light.primaryColor")
    on = st.get_option("theme.light.backgroundColor")
    return (
        f":root {{ --font: {font}; --button: {button}; --on: {on}; {light} }}"
        f" @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )


def _of_theme(theme: str) -> str:
    options = {ink: st.get_option(f"theme.{theme}.{name}") for ink, name in _INKS.items()}
    return " ".join(f"--{ink}: {colour};" for ink, colour in options.items())
