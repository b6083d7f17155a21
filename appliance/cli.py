"""The command line; `analytiq` alone is what a double-click starts."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from appliance import __version__, cli_moving
from appliance.base import config, log_lines
from appliance.base.clock import SystemClock
from appliance.base.config import Config
from appliance.base.errors import StartError
from appliance.cli_options import load, options_for
from appliance.desktop import autostart, desktop, server_process
from appliance.process import reachable

# What has the server's parts in it is imported where it is used: the window is there half a second sooner.
if TYPE_CHECKING:
    from appliance.backups.contents import Figures
    from appliance.backups.restoring import Progress, Prospect
    from appliance.serving import Running


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="analytiq")
@options_for("data_dir")
@click.pass_context
def cli(context: click.Context, data_dir: str | None) -> None:
    """Web analytics for your own machine. Without a command: open the window, start the server if needed."""
    context.obj = {"data_dir": data_dir}
    if context.invoked_subcommand is None:
        if not desktop.has_display():
            _serve(config.load(context.obj))
        elif running := desktop.open_window(context.obj, SystemClock()):
            click.echo(f"Analytiq goes on counting at {running.url}. To end it: analytiq stop")


@cli.command()
@options_for("host", "port", "data_dir", "public_url")
@click.pass_obj
def serve(given_before: dict[str, Any], /, **options: Any) -> None:
    """Run the server in this terminal."""
    _serve(load(given_before, options))


@cli.command()
@options_for("data_dir")
@click.pass_obj
def stop(given_before: dict[str, Any], /, **options: Any) -> None:
    """End the server that runs in the background."""
    ended = server_process.stop(load(given_before, options), SystemClock())
    if ended:
        click.echo(f"Analytiq (PID {ended.pid}) has ended. Until it is started again no events are counted.")
    else:
        click.echo("Analytiq is not running.")


@cli.command(name="demo")
@options_for("host", "port", "data_dir")
@click.pass_obj
def run_demo(given_before: dict[str, Any], /, **options: Any) -> None:
    """Show a made-up shop with 90 days of visitors, and live ones while it runs."""
    from appliance import demo

    demo.run(load(given_before, options))


@cli.command(name="doctor")
@click.option(
    "--rebuild", is_flag=True, help="Derive everything anew from the events; Analytiq must be stopped."
)
@click.option(
    "--bundle",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what is found and the end of the log, redacted, into this zip file.",
)
@options_for("data_dir")
@click.pass_obj
@click.pass_context
def run_doctor(
    context: click.Context, given_before: dict[str, Any], /, rebuild: bool, file: Path | None, **options: Any
) -> None:
    """Look whether all is well, also while Analytiq runs, and say what to do where it is not."""
    from appliance.maintenance import doctor

    if not doctor.run(load(given_before, options), SystemClock(), rebuild, click.echo, file):
        context.exit(1)


@cli.command(name="backup")
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encrypt", is_flag=True, help="Encrypt FILE by a passphrase, which is asked for.")
@options_for("data_dir")
@click.pass_obj
def back_up(given_before: dict[str, Any], /, file: Path | None, encrypt: bool, **options: Any) -> None:
    """Make a backup now, also while Analytiq runs, and write it to FILE if one is named.

    It holds all that is needed to go on elsewhere: keep it as safe as a password, or encrypt it. The
    passphrase is asked for twice; where standard input is no terminal, its first line is taken.
    """
    from appliance.maintenance import backing_up

    if encrypt and file is None:
        raise click.UsageError("--encrypt is for a FILE: name one.")
    passphrase = _typed("Passphrase") if encrypt else None
    made = backing_up.back_up(load(given_before, options), SystemClock(), file, passphrase)
    click.echo(f"The backup is in {made}, checked and whole.")


@cli.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--encrypted", is_flag=True, help="Ask for the passphrase that FILE is encrypted by.")
@click.option("--yes", is_flag=True, help="Do not ask again.")
@options_for("data_dir")
@click.pass_obj
def restore(given_before: dict[str, Any], /, file: Path, encrypted: bool, yes: bool, **options: Any) -> None:
    """Go back to the state in the backup FILE, also while Analytiq runs; it starts anew for that.

    The present state is kept as a backup of its own first. Shows what changes and asks; where standard input
    is no terminal, it does not ask.
    """
    from appliance.maintenance import going_back

    asks = not yes and sys.stdin is not None and sys.stdin.isatty()

    def agreed(prospect: "Prospect") -> bool:
        click.echo(_compared(prospect))
        return not asks or click.confirm("Go back to it?")

    passphrase = _typed("Passphrase", again=False) if encrypted else None
    click.echo("Looking through the backup.")
    if going_back.go_back(
        load(given_before, options), SystemClock(), file, passphrase, agreed, _show_progress
    ):
        click.echo("Done: the state of the backup is in place. Everybody signs in again.")
    else:
        click.echo("Nothing was changed.")


def _show_progress(progress: "Progress") -> None:
    """In one line of a terminal; a file or pipe gets none of it."""
    if sys.stdout is not None and sys.stdout.isatty():
        click.echo(f"\r  {_STEPS[progress.step]}: {progress.share:4.0%}\x1b[K", nl=progress.share == 1.0)


_STEPS = {
    "copying": "Copying the backup",
    "checking": "Reading it through",
    "keeping": "Keeping the present state",
}


def _compared(prospect: "Prospect") -> str:
    """In words: then and now."""
    return (
        f"The backup is of {prospect.made_at:%Y-%m-%d %H:%M} UTC, made by Analytiq {prospect.version}.\n"
        f"  then: {_figures(prospect.then)}\n"
        f"  now:  {_figures(prospect.now)}\n"
        "What was counted and changed since then will not be there; a backup of now is made before, to come "
        "back to. Events that arrive meanwhile are counted after it. Passwords are those of then."
    )


def _figures(state: "Figures") -> str:
    return f"{state.visits} visits, {state.events} events, {state.sites} websites, {state.accounts} accounts"


cli.add_command(cli_moving.export_history)
cli.add_command(cli_moving.import_history)


@cli.group()
def service() -> None:
    """Start Analytiq whenever you log in."""


@service.command()
@options_for("data_dir")
@click.pass_obj
def install(given_before: dict[str, Any], /, **options: Any) -> None:
    """Start the server at every login from now on, and now if it does not run.

    It is started without this terminal's environment: settings are those in analytiq.toml.
    """
    wanted = load(given_before, options)
    way = autostart.of_this_system(wanted)
    with _said_of(way.place):
        way.install()
    running = server_process.find(wanted) or server_process.start(wanted)
    click.echo(f"Analytiq starts when you log in, by {way.place}. It runs now at {running.url}")


@service.command()
@options_for("data_dir")
@click.pass_obj
def remove(given_before: dict[str, Any], /, **options: Any) -> None:
    """Start it at login no longer. A server that runs goes on."""
    way = autostart.of_this_system(load(given_before, options))
    with _said_of(way.place):
        way.remove()
    click.echo("Analytiq does not start when you log in. While it does not run no visits are counted.")


@service.command()
@options_for("data_dir")
@click.pass_obj
def status(given_before: dict[str, Any], /, **options: Any) -> None:
    """Tell whether it starts at login, and whether it runs now."""
    wanted = load(given_before, options)
    way, running = autostart.of_this_system(wanted), server_process.find(wanted)
    click.echo(f"Starts at login: {f'yes, by {way.place}' if way.is_installed() else 'no'}")
    click.echo(f"Runs now: {f'yes, at {running.url} (PID {running.pid})' if running else 'no'}")


@contextmanager
def _said_of(place: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StartError(f"{place} could not be changed: {error}. Nothing else was touched.") from error


@cli.group()
def user() -> None:
    """Help people who have an account."""


@user.command(name="reset-password")
@click.argument("email")
@click.option("--without-two-factor", is_flag=True, help="Switch the second step at sign-in off, too.")
@options_for("data_dir")
@click.pass_obj
def reset_password(
    given_before: dict[str, Any], /, email: str, without_two_factor: bool, **options: Any
) -> None:
    """Give the account EMAIL a new password and end all its sessions. Works while Analytiq runs.

    Asks for the password twice; where standard input is no terminal, its first line is taken.
    """
    from appliance.maintenance import password_reset

    wanted = password_reset.Reset(email, _typed("New password"), without_two_factor)
    password_reset.reset(load(given_before, options), SystemClock(), wanted)
    click.echo(f"{email} has a new password, and was signed out everywhere. Sign in with it now.")


@cli.group(name="secret")
def change_secret() -> None:
    """Change the secret that signs tokens and encrypts what must not be read."""


@change_secret.command()
@click.option(
    "--grace-hours",
    default=12,
    type=click.IntRange(0, 720),
    show_default=True,
    help="How long tokens of before go on working; 0 after the secret was stolen.",
)
@options_for("data_dir")
@click.pass_obj
def rotate(given_before: dict[str, Any], /, grace_hours: int, **options: Any) -> None:
    """Put a new secret in the place of the file secret.key. Analytiq must be stopped.

    Websites' keys and snippets, browsers that are signed in and authenticator apps go on as before.
    """
    from appliance.maintenance import secret_change

    secret_change.rotate(load(given_before, options), SystemClock(), timedelta(hours=grace_hours))
    click.echo("The secret was changed. Keep secret.key with your next backup, and start Analytiq again.")


@change_secret.command()
@options_for("data_dir")
@click.pass_obj
def replace_lost(given_before: dict[str, Any], /, **options: Any) -> None:
    """Go on with a new secret where the one before is lost for good. Analytiq must be stopped.

    Two-factor authentication is switched off for everybody; keys in websites' pages go on working.
    """
    from appliance.maintenance import secret_change

    secret_change.replace_lost(load(given_before, options), SystemClock())
    click.echo("Analytiq can start again. Two-factor authentication is off: set it up anew.")


def _typed(what: str, again: bool = True) -> str:
    if sys.stdin is not None and sys.stdin.isatty():
        once_more = "The same once more" if again else False
        typed: str = click.prompt(what, hide_input=True, confirmation_prompt=once_more)
        return typed
    return sys.stdin.readline().rstrip("\r\n") if sys.stdin else ""


def _serve(wanted: Config) -> None:
    from appliance import serving

    serving.serve(wanted, on_ready=show)


def show(running: "Running") -> None:
    """Tell where the program answers and, before there is an owner, how to become it."""
    click.echo(f"Analytiq is running at {running.url}")
    code = running.runtime.accounts.setup_code
    if code:
        click.echo(
            f"No account yet: open it to make yours. From another machine you need the setup code {code}."
        )
    config = running.runtime.config
    found = reachable.addresses(config)
    for address in found:
        if address.reach != "this machine":
            click.echo(f"Websites reach it at {address.url}")
    if config.tls_cert:
        click.echo(f"Pages with https reach it at port {config.tls_port}, by the names of its certificate.")
    elif not reachable.serves_https_pages(config, found):
        click.echo("Pages with https need an https address: docs/operations.md tells how to get one.")
    click.echo("Stop it with Ctrl-C; nothing is lost.")


def main() -> None:
    """The entry point of the installed command and of the packaged program."""
    log_lines.to_terminal()
    os.umask(0o077)  # What is written is for its owner alone, also in a folder that others may look into.
    try:
        cli.main(standalone_mode=True)
    except StartError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_status)
