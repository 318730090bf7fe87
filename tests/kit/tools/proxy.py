"""An nginx before a server, by the file that ships; `python -m tests.kit.proxy` installs it."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.kit.server import ROOT, free_port
from tests.kit.tools import debian

NAME = "tend.example.com"
SITE = ROOT / "deploy" / "nginx.conf"
_PACKAGES = ("nginx-light", "openssl")
_MAIN = """{user}daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def executable() -> str | None:
    """Give the path of nginx on this machine, where it and what makes certificates are there."""
    if not shutil.which("openssl"):
        return None
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@dataclass
class Proxy:
    """An nginx that runs: its ports for TLS and without, and its process."""

    folder: Path
    tls: int
    plain: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give the address that people type."""
        return f"https://{NAME}:{self.tls}"

    def start(self) -> None:
        """Start it; it answers when this returns."""
        command = [executable() or "nginx", "-p", str(self.folder), "-c", "nginx.conf"]
        with (self.folder / "said.log").open("ab") as out:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out)
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.tls)):
                return
            time.sleep(0.05)
        raise RuntimeError((self.folder / "said.log").read_text(errors="replace")[-2000:])

    def stop(self) -> None:
        """End it, and wait until it is gone."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(30)


@contextlib.contextmanager
def before(app_port: int, folder: Path, site: str | None = None) -> Iterator[Proxy]:
    """Run nginx before a server on this machine, with a certificate of its own."""
    proxy = Proxy(folder, free_port(), free_port())
    certify(folder)
    said = (site or SITE.read_text(encoding="utf-8")).replace(
        f"return 301 https://{NAME}$request_uri", f"return 301 {proxy.url}$request_uri"
    )
    said = said.replace("listen 443", f"listen 127.0.0.1:{proxy.tls}")
    said = said.replace("listen 80", f"listen 127.0.0.1:{proxy.plain}")
    said = said.replace("127.0.0.1:8501", f"127.0.0.1:{app_port}")
    (folder / "site.conf").write_text(said.replace("/etc/ssl/tend", str(folder)))
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, user=user))
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()


def certify(folder: Path) -> None:
    """Write a certificate for the name, signed by its own key."""
    words = [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
    ]
    words += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    words += ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    subprocess.run(["openssl", *words], check=True, capture_output=True)


if __name__ == "__main__":
    if executable() is None:
        debian.installed(*_PACKAGES)
    print(f"Tests behind a proxy use {executable() or 'nothing: there is no nginx to be had'}.")
