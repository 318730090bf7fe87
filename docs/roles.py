"""The page on roles: what each may do, as `tend/people/rights.toml` says, and how it is held."""

from tend.people import person

_BEGINNING = """\
# Roles

Written by `make docs` from `tend/people/rights.toml`.

Who signs in has one role. It is asked where data are read and written, never at a button: a page
leaves out what its reader may not do, and what is sent all the same is refused.
"""

_ENDING = """\
A CSM enters and changes what is of the customers whose CSM they are, as the facts stand before the
change: nobody gets a customer by naming themselves, nor another's task by its number. What names no
customer, a decision of the team, a notebook, is changed by who entered it, or by who may change
all. Of several customers at once, one that is another's refuses the whole.

Which customers somebody *sees* is set beside the role: all, or those of certain CSMs. Health,
limits and chances are made of all customers, so one stands the same whoever looks. Who sees a part
is not told whether somebody else has a customer of some id: an address of another's says the same
as one of nobody's. Rejected rows and the kept files themselves hold rows of anybody: only who sees
all of them can read them or take them along.

In SQL, as in a notebook, whoever sees a part asks of these rows alone, also for days gone by. What
is learned from former renewals (`past_cases`, and chances made of it) is learned there from the own
ones, as the others' would be rows of theirs; pages learn from all, and a notebook says so.

A list of customers that is saved by who may change all is the team's: all see it. A CSM's list is
seen by them and by who sees all customers, and changed by them. A list's name and its filters are
shown to whoever sees it.

From whom personal details are hidden (`--masked`), they see a sign in the place of each respondent
and key contact, always the same for one. Notes, comments, subjects of tickets and columns that Tend
does not know may name anybody: they are left out, and with them what would be filtered by such a
column. A task or a decision is shown, unless it names a respondent or key contact of its customer
as the files do: then it stands as `***`. Pinned
notebooks are shown as they were written; what their cells ask is answered without persons. Nobody
overwrites what they do not see: a sign that a form sends back is no word.

Whoever brings files in by a right of their own (`--may-import`) takes back their own.

Files are written for whoever asks, by another process, which hears by its input for whom: its words
can be read by others on the machine. Whoever has the machine can try what somebody else would get:

```
python -m tend export weekly.xlsx --seen-by chloe@example.com
```

Without a sign-in whoever reaches the server is whoever sits at the machine, and may do all.
"""


def page() -> str:
    """Give the page."""
    head = ["| | " + " | ".join(f"`{role}`" for role in person.ROLES) + " |"]
    head.append("|---|" + "---|" * len(person.ROLES))
    rows = [
        f"| {meaning} | " + " | ".join(_cell(role, right) for role in person.ROLES) + " |"
        for right, meaning in person.meanings().items()
    ]
    return "\n".join((_BEGINNING, *head, *rows, "", _ENDING))


def _cell(role: person.Role, right: person.Right) -> str:
    who = person.Person(role=role, csms=("x",))
    if not who.may(right):
        return ""
    return "own customers" if right == "edit" and who.edits.csms is not None else "yes"
