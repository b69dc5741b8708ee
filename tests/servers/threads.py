"""A TCP server on a free port of 127.0.0.1, one thread a connection, for scripted servers."""

from __future__ import annotations

import contextlib
import socket
import threading


class ThreadServer:
    """Subclasses answer in `talk(file)`; closing the server ends its connections."""

    tls = None  # an ssl.SSLContext, for an encrypted server

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = []
        self._connections = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self):
        self._accepting.start()
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in [self._accepting, *self._threads]:
            thread.join(10)

    def talk(self, file):
        raise NotImplementedError

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connections.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection):
        with contextlib.suppress(OSError), connection:
            encrypted = self.tls and self.tls.wrap_socket(connection, server_side=True)
            self._serve_plain(encrypted or connection)

    def _serve_plain(self, connection):
        with connection, connection.makefile("rwb") as file:
            self.talk(file)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
