"""Writers of all servers come one after the other: they wait, and none is refused."""

import threading
from pathlib import Path

from tend.store.facts import entries
from tests.kit.companies import Companies
from tests.kit.home.sites import agree, sharing
from tests.kit.kills.full_disk import touch

SERVERS, EACH, TIMES = 3, 4, 2


def test_twelve_writers_at_once_are_queued(
    companies: Companies, address: str, tmp_path: Path
) -> None:
    """Four people at each of three servers, twice: all is kept once, at the next numbers."""
    said: list[str] = []
    refused: list[BaseException] = []
    with sharing(companies.empty(tmp_path / "w"), address, SERVERS) as servers:
        ready = threading.Barrier(SERVERS * EACH)

        def write(server: int, person: int) -> None:
            ready.wait()
            for time in range(TIMES):
                note = f"{server} {person} {time}"
                try:
                    entries.enter(servers[server], "touches", [touch(note)])
                    said.append(note)
                except BaseException as error:  # noqa: BLE001 - whatever it is, it is a refusal
                    refused.append(error)

        threads = [
            threading.Thread(target=write, args=(server, person))
            for server in range(SERVERS)
            for person in range(EACH)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert refused == []
        assert agree(*servers)
        for server in servers:
            with server.cursor() as cursor:
                kept = cursor.execute("select note from stg_touches").fetchall()
                numbers = cursor.execute("select import_id from imports order by all").fetchall()
            assert sorted(note for (note,) in kept) == sorted(said)
            assert [number for (number,) in numbers] == [*range(1, len(said) + 1)]
        assert len(said) == SERVERS * EACH * TIMES
