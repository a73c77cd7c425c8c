"""Why a request gets no answer, as the client is told."""

from __future__ import annotations

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException


class ContentModified(JsonRpcException):
    """The document changed while its question was being answered."""

    CODE = int(lsp.LSPErrorCodes.ContentModified)
    MESSAGE = "the document changed"


class InvalidCommand(JsonRpcException):
    """There is no such command, or its arguments are not those that it takes."""

    CODE = int(lsp.ErrorCodes.InvalidParams)


class Refused(JsonRpcException):
    """What was asked for cannot be done; the message says why."""

    CODE = int(lsp.LSPErrorCodes.RequestFailed)
