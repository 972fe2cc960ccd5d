"""A browser's side of Streamlit's socket: enough to run a page again and again and time it."""

import asyncio
from types import TracebackType
from typing import Self

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


class Visitor:
    """One session on a page; `run` runs its script once and returns the bytes that came back."""

    def __init__(self, port: int, *, page: str = "", query: str = "") -> None:
        self._port, self._page, self._query = port, page, query
        self._seen: set[str] = set()
        self._page_hash = ""

    async def __aenter__(self) -> Self:
        self._socket = await websockets.connect(
            f"ws://localhost:{self._port}/_stcore/stream",
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self._socket.close()

    async def run(self, *, seconds: float = 60.0) -> int:
        """Run the whole page. RuntimeError where the script showed an exception."""
        ask = BackMsg()
        ask.rerun_script.query_string = self._query
        ask.rerun_script.page_script_hash = self._page_hash
        ask.rerun_script.page_name = "" if self._page_hash else self._page
        ask.rerun_script.cached_message_hashes.extend(self._seen)
        await self._socket.send(ask.SerializeToString())
        received = 0
        while True:
            raw = await asyncio.wait_for(self._socket.recv(), seconds)
            received += len(raw)
            message = ForwardMsg()
            message.ParseFromString(bytes(raw))
            if self._is_the_end(message):
                return received

    def _is_the_end(self, message: ForwardMsg) -> bool:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            raise RuntimeError(message.delta.new_element.exception.message)
        if message.metadata.cacheable and message.hash:
            self._seen.add(message.hash)
        return kind == "script_finished"
