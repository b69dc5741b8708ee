"""A proxy that lets some bytes of a server's answers through, then cuts, resets or is silent."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading

from tests.servers.threads import ThreadServer


class FaultProxy(ThreadServer):
    """Each connection passes `after` bytes from the server; None passes all."""

    def __init__(self, port, fault=None, after=None):
        super().__init__()
        self._server_port = port
        self.fault, self.after = fault, after
        self.passed = 0

    def _serve_plain(self, client):
        server_at = ("127.0.0.1", self._server_port)
        with client, socket.create_connection(server_at, 60) as server:
            asking = threading.Thread(target=self._pump, args=(client, server), daemon=True)
            asking.start()
            self._answer(server, client)
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            asking.join(10)

    @staticmethod
    def _pump(client, server):
        try:
            while data := client.recv(65536):
                server.sendall(data)
            server.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _answer(self, server, client):
        left = self.after
        while data := server.recv(65536 if left is None else min(left, 65536) or 1):
            if left is not None:
                if left <= 0:
                    self._break(client)
                    return
                left -= len(data)
            self.passed += len(data)
            client.sendall(data)

    def _break(self, client):
        if self.fault == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if self.fault == "stall":
            while client.recv(65536):
                pass
        else:
            client.shutdown(socket.SHUT_RDWR)
