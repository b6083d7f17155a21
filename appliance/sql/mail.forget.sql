DELETE FROM mail_server;
