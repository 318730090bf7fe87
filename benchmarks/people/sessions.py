"""A person at work: reads pages, filters, drills, enters and imports, with the pauses of people."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.people.client import Reader

# Reading what a page says takes a person 5 to 15 seconds; forms are filled in as quickly here as
# one click follows another, so that there are more entries in ten minutes than in an hour.
PAUSE = (5.0, 15.0)
PAGES = ("renewals", "value", "movement", "sop", "workbench", "data", "settings")


@dataclass(frozen=True)
class Day:
    """What a day's people work on: whom they look at, and which renewals are each one's to move."""

    as_of: date
    customers: Sequence[str]
    contracts: Sequence[Sequence[str]]
    pause: tuple[float, float] = PAUSE


@dataclass
class Notes:
    """What was seen: seconds by action, errors, memory by second."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str) -> Iterator[None]:
        """Note how long an action took."""
        start = time.perf_counter()
        yield
        self.seconds.setdefault(name, []).append(time.perf_counter() - start)


class Session:
    """One person: a tab, customers and contracts of their own, and what they do next."""

    def __init__(self, url: str, place: int, day: Day, notes: Notes) -> None:
        self._as_of = f"as_of={day.as_of}"
        self.reader = Reader(url, "renewals", self._as_of)
        self.notes = notes
        self._day, self._place, self._many = day, place, len(day.contracts)
        self._chance = random.Random(place)  # the same day at each run
        self._files = 0

    def act(self, name: str) -> None:
        """Do one kind of action."""
        try:
            ACTIONS[name](self)
        finally:
            self.notes.errors += [f"{name}: {error}" for error in self.reader.errors]
            self.reader.errors.clear()

    def work(self, is_over: Callable[[], bool]) -> None:
        """Act and read, as a person does, until the day is over."""
        time.sleep(self._chance.uniform(0, self._day.pause[1]))
        while not is_over():
            self.act(self._chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0])
            time.sleep(self._chance.uniform(*self._day.pause))

    def page(self) -> None:
        """Change the page."""
        self.go(self._chance.choice(PAGES))

    def filter(self) -> None:
        """Open the filters, choose a value, and close them."""
        if "filters" not in self.reader.keys("filters"):
            self.go("renewals")  # Settings have none
        if not self.reader.keys("filter."):
            with self.notes.timed("open_filters"):
                self.reader.open("filters")
        key = self._chance.choice(self.reader.keys("filter."))
        options = list(self.reader.element(key).options)
        with self.notes.timed("filter"):
            self.reader.choose(key, [self._chance.choice(options)])
        if self._chance.random() < 0.5:
            self._clear()

    def drill(self) -> None:
        """From the headline of the renewals to the contracts behind it, and to one of them."""
        self.go("renewals")
        if self.reader.keys("offer_renewals_headline"):
            with self.notes.timed("drill"):
                self.reader.click("offer_renewals_headline")
        if tables := self.reader.keys("table_behind_"):
            with self.notes.timed("contract"):
                self.reader.select(tables[0], self._chance.randrange(2), "contract_id")
            self.reader.open_address(self._as_of)

    def customer(self) -> None:
        """Open a customer from a link."""
        customer = self._chance.choice(self._day.customers)
        with self.notes.timed("customer"):
            self.reader.open_address(f"{self._as_of}&customer={customer}")
        self.reader.open_address(self._as_of)

    def touch(self) -> None:
        """Log a call."""
        self._log("touch")

    def answer(self) -> None:
        """Log an answer to the NPS question."""
        self._log("answer")

    def task(self) -> None:
        """Put off a task: one of those that fall to this person, so that nobody else was faster."""
        self._clear()
        self.go("workbench")
        every = self.reader.keys("put_off_next_")
        mine = [key for key in every if int(key[-4:], 16) % self._many == self._place]
        if mine:
            with self.notes.timed("task"):
                self.reader.click(mine[0])

    def stage(self) -> None:
        """Move a renewal to its next stage."""
        own = self._day.contracts[self._place]
        if not own:  # there are more people than renewals
            return
        contract = self._chance.choice(own)
        with self.notes.timed("contract"):
            self.reader.open_address(f"{self._as_of}&contract={contract}")
        if self.reader.keys("stage_do"):
            with self.notes.timed("stage"):
                self.reader.click("stage_do")
        self.reader.open_address(self._as_of)

    def bring(self) -> None:
        """Import a small file of touches."""
        self.go("data")
        self._files += 1
        day = self._day.as_of - timedelta(days=self._files)
        own = self._day.customers[self._place :: self._many]
        rows = [f"{customer},{day},call,by {self._place}" for customer in own]
        content = "\n".join(["Customer ID,Touched on,Kind,Note", *rows]).encode()
        [uploader] = self.reader.keys("upload_")
        with self.notes.timed("upload"):
            self.reader.upload(uploader, f"touches-{self._place}-{self._files}.csv", content)
        with self.notes.timed("import"):
            self.reader.click("import")

    def go(self, page: str) -> None:
        """Go to a page, with what is chosen."""
        with self.notes.timed(f"page_{page}"):
            self.reader.open_page(page)

    def _clear(self) -> None:
        if "clear" in self.reader.keys("clear"):
            with self.notes.timed("clear"):
                self.reader.click("clear")

    def _log(self, form: str) -> None:
        self._clear()  # a filter may leave nobody to call
        self.go("workbench")
        forms = self.reader.keys(f"open_{form}_")
        opener = forms[self._place % len(forms)]
        with self.notes.timed("form"):
            self.reader.open(opener)
        [save] = self.reader.keys(f"save_{form}_")
        with self.notes.timed(form):
            self.reader.click(save)


ACTIONS: dict[str, Callable[[Session], None]] = {
    name: getattr(Session, name)
    for name in ("page", "filter", "drill", "customer", "touch", "answer", "task", "stage", "bring")
}
# Of a hundred actions about twenty write: an entry by somebody every five seconds.
WEIGHTS = {
    "page": 28,
    "filter": 26,
    "drill": 12,
    "customer": 12,
    "touch": 8,
    "answer": 4,
    "task": 4,
    "stage": 4,
    "bring": 2,
}
