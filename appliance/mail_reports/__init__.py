"""The numbers of a week or a month, sent by e-mail to whoever of the accounts asked for it."""
