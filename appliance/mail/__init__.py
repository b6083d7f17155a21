"""E-mail: the server that it is handed to, and handing it over."""
