"""The operations of accounts: signing in, what belongs to oneself, and who else is here."""

from appliance.accounts.two_factor import Enrolment, TwoFactorState
from appliance.web import accounts, api_keys, invitations, people, sessions, two_factor
from appliance.web.operation import Operation

ACCOUNTS = (
    Operation(
        "post", "/api/signup", "Make an account", {201: accounts.SignedIn}, accounts.SignUpForm,
        public=True, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/login", "Sign in", {200: accounts.SignedIn}, accounts.LoginForm,
        public=True, refusals=(400, 401, 403, 415, 422, 429),
    ),
    Operation("post", "/api/logout", "End this browser's session", {204: None}, refusals=(403, 415)),
    Operation("get", "/api/me", "Who is signed in", {200: accounts.Me}),
    Operation(
        "patch", "/api/me", "Change one's own name", {200: accounts.Me}, accounts.MyChanges,
        refusals=(400, 403, 415, 422),
    ),
    Operation(
        "post", "/api/me/password", "Change one's password; every other session and token ends",
        {200: accounts.SignedIn}, accounts.PasswordChange, refusals=(400, 403, 415, 422, 429),
    ),
    Operation("get", "/api/me/two-factor", "Is the second step at sign-in on", {200: TwoFactorState}),
    Operation(
        "post", "/api/me/two-factor", "Begin to set up the second step: the secret for the app",
        {200: Enrolment}, two_factor.PasswordForm, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/me/two-factor/enable", "Confirm it by a code; the recovery codes",
        {200: two_factor.RecoveryCodes}, two_factor.CodeForm, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "post", "/api/me/two-factor/recovery-codes", "Other recovery codes; those of before work no more",
        {200: two_factor.RecoveryCodes}, two_factor.PasswordForm, refusals=(400, 403, 409, 415, 422, 429),
    ),
    Operation(
        "delete", "/api/me/two-factor", "Switch the second step off", {204: None},
        two_factor.PasswordForm, refusals=(400, 403, 415, 422, 429),
    ),
    Operation("get", "/api/keys", "One's API keys", {200: api_keys.KeyList}),
    Operation(
        "post", "/api/keys", "Make an API key; it is shown this once", {201: api_keys.NewApiKey},
        api_keys.KeyForm, refusals=(400, 403, 404, 415, 422),
    ),
    Operation(
        "delete", "/api/keys/{key_id}", "Revoke an API key", {204: None}, refusals=(403, 404, 415),
    ),
    Operation("get", "/api/sessions", "Where one is signed in", {200: sessions.SessionList}),
    Operation(
        "delete", "/api/sessions/{session_id}", "End one of one's sessions", {204: None},
        refusals=(403, 404, 415),
    ),
    Operation(
        "post", "/api/sessions/end-others", "Sign out everywhere else: every other session and token ends",
        {200: accounts.SignedIn}, refusals=(403, 415),
    ),
    Operation("get", "/api/people", "The accounts; for an owner", {200: people.PersonList}, refusals=(403,)),
    Operation(
        "patch", "/api/people/{account_id}", "Change somebody's role; for an owner", {204: None},
        people.RoleChange, refusals=(400, 403, 404, 409, 415, 422),
    ),
    Operation(
        "delete", "/api/people/{account_id}", "Remove an account that owns no site; for an owner",
        {204: None}, refusals=(403, 404, 409, 415),
    ),
    Operation("get", "/api/invitations", "Open invitations", {200: invitations.InvitationList}),
    Operation(
        "post", "/api/invitations", "Invite somebody by a link", {201: invitations.NewInvitation},
        invitations.InvitationForm, refusals=(400, 403, 409, 415, 422),
    ),
    Operation(
        "delete", "/api/invitations/{invitation_id}", "Revoke an invitation", {204: None},
        refusals=(403, 404, 415),
    ),
    Operation(
        "post", "/api/invite", "What an invitation gives", {200: invitations.OpenedInvitation},
        invitations.InvitationToken, public=True, refusals=(400, 403, 404, 415, 422),
    ),
    Operation(
        "post", "/api/invite/accept", "Make an account by an invitation", {201: accounts.SignedIn},
        invitations.Acceptance, public=True, refusals=(400, 403, 404, 409, 415, 422, 429),
    ),
    Operation(
        "post", "/api/invite/join", "Accept an invitation with the account one has", {200: accounts.Me},
        invitations.InvitationToken, refusals=(400, 403, 404, 409, 415, 422),
    ),
)  # fmt: skip
