"""Which machines' addresses may be asked: those of the internet, and of the own network where it is allowed.

`is_global` of the standard library is about registries: it lets through multicast, and IPv6 addresses that
carry an IPv4 address within them, which a gateway would unpack (NAT64, 6to4, Teredo).
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_ASSIGNED_V6 = IPv6Network("2000::/3")
"""Outside of it are loopback, link-local, multicast, IPv4 in IPv6 (`::ffff:...`) and NAT64."""
_NOT_INTERNET_V4 = tuple(
    map(
        IPv4Network,
        ("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "224.0.0.0/3"),
    )
)
_NOT_INTERNET_V6 = tuple(map(IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_OWN_V4 = tuple(
    map(IPv4Network, ("10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
)
_OWN_V6 = tuple(map(IPv6Network, ("::1/128", "fc00::/7")))


def may_be_asked(address: str, own_network: bool) -> bool:
    """`own_network`: whether this machine and private networks may be asked too. Link-local ones, under which
    clouds hand out keys to their machines, never may be, nor what is no address of one machine."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return _is_internet_v4(found) or (own_network and any(found in network for network in _OWN_V4))
    return _is_internet_v6(found) or (own_network and any(found in network for network in _OWN_V6))


def _is_internet_v4(address: IPv4Address) -> bool:
    return address.is_global and not any(address in network for network in _NOT_INTERNET_V4)


def _is_internet_v6(address: IPv6Address) -> bool:
    return (
        address.is_global
        and address in _ASSIGNED_V6
        and not any(address in network for network in _NOT_INTERNET_V6)
    )
