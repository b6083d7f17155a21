"""Who else sees a website: people it is shared with, invitations, and links that open without an account."""
