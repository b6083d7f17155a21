"""Web addresses that alarms are posted to, signed; and the posting."""
