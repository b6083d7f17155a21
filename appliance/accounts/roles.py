"""What people may do, with this Analytiq and with one website: the same three words for both.

Of this Analytiq an owner manages the people, an editor makes websites, a viewer looks at what is shared with
it. Of a website the owner gives and takes access, hands it over or deletes it, an editor changes it, a viewer
looks at it.
"""

from typing import Literal, get_args

from appliance.base.errors import ForbiddenError

Role = Literal["owner", "editor", "viewer"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Who may do most comes first."""

GivenRole = Literal["editor", "viewer"]
"""What somebody can be made of another's website."""

_HERE: dict[Role, str] = {
    "owner": "Only an owner of this Analytiq may do that. Nothing was changed.",
    "editor": "Your account only looks at websites that are shared with it. Nothing was changed; an owner of "
    "this Analytiq can make you an editor.",
}
_OF_SITE: dict[Role, str] = {
    "owner": "Only the owner of this website may do that. Nothing was changed.",
    "editor": "You may look at this website but not change it. Nothing was changed; its owner can make you "
    "an editor of it.",
}


def covers(role: Role, need: Role) -> bool:
    """Whether `role` may do all that `need` may."""
    return ROLES.index(role) <= ROLES.index(need)


def lesser(one: Role, other: Role) -> Role:
    return other if covers(one, other) else one


def greater(one: Role, other: Role) -> Role:
    return one if covers(one, other) else other


def require(role: Role, need: Role) -> None:
    """Of an account. Raises ForbiddenError."""
    if not covers(role, need):
        raise ForbiddenError(_HERE[need])


def require_of_site(role: Role, need: Role) -> None:
    """Of somebody who has the site. Raises ForbiddenError."""
    if not covers(role, need):
        raise ForbiddenError(_OF_SITE[need])
