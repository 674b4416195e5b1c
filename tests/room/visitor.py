"""Asks the room without a network between them; keeps cookies and brings tokens back, as browsers do."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx

from septel.archive import Archive
from septel.room import app


class Visitor:
    """Asks the room without a network between them."""

    def __init__(self, archive: Archive, **settings: Any) -> None:
        self.room = app(archive, **{"by": "M. Reader"} | settings)
        self.cookies = httpx.Cookies()

    def ask(self, method: str, address: str, **more: Any) -> httpx.Response:
        async def asked() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.room)
            async with httpx.AsyncClient(
                transport=transport, base_url="http://localhost:8151", cookies=self.cookies
            ) as client:
                answer = await client.request(method, address, **more)
                self.cookies = client.cookies
                return answer

        return asyncio.run(asked())

    def get(self, address: str, **more: Any) -> httpx.Response:
        return self.ask("GET", address, **more)

    def token(self) -> str:
        """What a form of a page brings back."""
        found = re.search(r'name="token" value="([^"]+)"', self.get("/read").text)
        assert found is not None
        return found[1]

    def post(self, address: str, fields: dict[str, Any], **more: Any) -> httpx.Response:
        """Send a form."""
        return self.ask("POST", address, data={"token": self.token()} | fields, **more)
