"""Sign-up, login, logout, and a person's own account."""

from dataclasses import dataclass

from flask import Blueprint, Response, request
from pydantic import BaseModel, ConfigDict, Field

from appliance.accounts.accounts import Account, SignUp
from appliance.accounts.bearer_tokens import TOKEN_LIFETIME
from appliance.accounts.roles import Role
from appliance.runtime import Runtime
from appliance.web import auth
from appliance.web.requests import answer, json_form, no_content, sender


class SignUpForm(BaseModel):
    model_config = ConfigDict(strict=True)

    email: str
    password: str = Field(min_length=1)
    name: str = ""
    setup_code: str = Field(
        "", description="Shown in window and log; needed for the first account from elsewhere."
    )


class LoginForm(BaseModel):
    model_config = ConfigDict(strict=True)

    email: str
    password: str
    code: str | None = Field(
        None,
        description="Of the authenticator app, or a recovery code; asked for by /problems/second-factor.",
    )


class MyChanges(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    name: str


class PasswordChange(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    current_password: str
    new_password: str


@dataclass(frozen=True)
class User:
    id: str
    email: str
    name: str
    role: Role


@dataclass(frozen=True)
class Me:
    user: User


@dataclass(frozen=True)
class SignedIn:
    user: User
    token: str
    token_type: str
    expires_in: int


@dataclass(frozen=True)
class Setup:
    """Whether the first account is still to be made, and what making one needs."""

    first_run: bool
    signup_open: bool
    setup_code_required: bool


def blueprint(runtime: Runtime) -> Blueprint:
    routes = Blueprint("accounts", __name__, url_prefix="/api")
    accounts = runtime.accounts

    @routes.get("/setup")
    def setup() -> Response:
        first_run = accounts.first_run
        here = sender(request.environ).local
        return answer(Setup(first_run, accounts.signup_open, first_run and not here))

    @routes.post("/signup")
    def signup() -> Response:
        runtime.sign_in.take(sender(request.environ).address)
        form = json_form(SignUpForm)
        here = sender(request.environ).local
        account = accounts.sign_up(SignUp(form.email, form.password, form.name, form.setup_code, here))
        return signed_in(runtime, account, 201)

    @routes.post("/login")
    def login() -> Response:
        form = json_form(LoginForm)
        address = sender(request.environ).address
        account = runtime.sign_in.authenticate(form.email, form.password, form.code, address)
        return signed_in(runtime, account)

    @routes.post("/logout")
    def logout() -> Response:
        auth.sign_out(runtime)
        return no_content()

    @routes.get("/me")
    def me() -> Response:
        return answer(Me(user(auth.account())))

    @routes.patch("/me")
    def change_me() -> Response:
        return answer(Me(user(accounts.rename(auth.account().account_id, json_form(MyChanges).name))))

    @routes.post("/me/password")
    def change_password() -> Response:
        form = json_form(PasswordChange)
        runtime.sign_in.confirm(auth.account(), form.current_password, sender(request.environ).address)
        account = accounts.change_password(auth.account().account_id, form.new_password)
        return signed_in(runtime, account)

    return routes


def signed_in(runtime: Runtime, account: Account, status: int = 200) -> Response:
    if auth.bearer_token() is None:  # Whoever comes with a token wants no cookie beside it.
        auth.sign_in(runtime, account)
    token = runtime.bearer_tokens.issue(account)
    return answer(SignedIn(user(account), token, "Bearer", int(TOKEN_LIFETIME.total_seconds())), status)


def user(account: Account) -> User:
    return User(account.account_id, account.email, account.name, account.role)
