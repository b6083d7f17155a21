-- What lasting keys follow from: those of websites, of visitors' ids and of encrypted columns. One row at most.
CREATE TABLE root_key (
    encrypted BLOB NOT NULL                 -- 32 random bytes, encrypted (AES-256-GCM) by the program's secret
);
