"""Small MaxMind DB files, written as https://maxmind.github.io/MaxMind-DB/ describes the format."""

import ipaddress
from typing import Any

_MARKER = b"\xab\xcd\xefMaxMind.com"
_RECORD_BITS = 24
_TEXT, _UINT16, _UINT32, _MAP, _UINT64, _LIST = 2, 5, 6, 7, 9, 11
_BYTES = {_UINT16: 2, _UINT32: 4, _UINT64: 8}


def mmdb(records: dict[str, Any], version: int = 6) -> bytes:
    """A file's bytes: the record of each network; with `version` 4 it knows no other addresses."""
    nodes: list[list[int | bytes | None]] = [[None, None]]
    for network, record in records.items():
        _insert(nodes, _bits(network, version), _encode(record))
    data = b"".join(leaf for node in nodes for leaf in node if isinstance(leaf, bytes))
    place, tree = 0, b""
    for node in nodes:
        for leaf in node:
            if isinstance(leaf, bytes):
                value, place = len(nodes) + 16 + place, place + len(leaf)
            else:
                value = len(nodes) if leaf is None else leaf
            tree += value.to_bytes(_RECORD_BITS // 8)
    return tree + bytes(16) + data + _MARKER + _encode(_metadata(len(nodes), version))


def _metadata(node_count: int, version: int) -> dict[str, Any]:
    return {
        "node_count": (_UINT32, node_count),
        "record_size": (_UINT16, _RECORD_BITS),
        "ip_version": (_UINT16, version),
        "database_type": "Country",
        "languages": [],
        "binary_format_major_version": (_UINT16, 2),
        "binary_format_minor_version": (_UINT16, 0),
        "build_epoch": (_UINT64, 1_790_000_000),
        "description": {},
    }


def _bits(network: str, version: int) -> str:
    """IPv4 stands in the first 32 bits of ::/96 where both versions share the tree."""
    parsed = ipaddress.ip_network(network)
    bits = f"{int(parsed.network_address):0{parsed.max_prefixlen}b}"[: parsed.prefixlen]
    return "0" * 96 + bits if (parsed.version, version) == (4, 6) else bits


def _insert(nodes: list[list[int | bytes | None]], bits: str, leaf: bytes) -> None:
    node = nodes[0]
    for bit in bits[:-1]:
        if node[int(bit)] is None:
            node[int(bit)] = len(nodes)
            nodes.append([None, None])
        child = node[int(bit)]
        assert isinstance(child, int), "networks must not overlap"
        node = nodes[child]
    node[int(bits[-1])] = leaf


def _encode(value: Any) -> bytes:
    """Texts, maps and lists of fewer than 29 bytes or entries, and numbers as (type, number)."""
    if isinstance(value, str):
        return _control(_TEXT, len(value)) + value.encode("ascii")
    if isinstance(value, tuple):
        kind, number = value
        return _control(kind, _BYTES[kind]) + int(number).to_bytes(_BYTES[kind])
    if isinstance(value, list):
        return _control(_LIST, len(value)) + b"".join(map(_encode, value))
    return _control(_MAP, len(value)) + b"".join(_encode(key) + _encode(value[key]) for key in value)


def _control(kind: int, size: int) -> bytes:
    return bytes([kind << 5 | size]) if kind <= 7 else bytes([size, kind - 7])
