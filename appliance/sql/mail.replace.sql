DELETE FROM mail_server;

INSERT INTO mail_server VALUES ($host, $port, $security, $username, $password, $sender);
