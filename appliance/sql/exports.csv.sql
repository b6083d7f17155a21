-- As CSV (RFC 4180). A spreadsheet takes for a formula what begins with = + - @ or a control character, also behind
-- quotes or blanks, also in full width: such a text gets a ' in front. Numbers stay numbers.
COPY (
    WITH exported AS (
        SELECT 1 /* what is exported */
    )
    SELECT
        CASE typeof(COLUMNS(*))
            WHEN 'VARCHAR' THEN regexp_replace(COLUMNS(*)::VARCHAR, '^([\t\r\n]|[\s"''＂＇]*[=+\-@＝＋－＠])', '''\1')
            WHEN 'TIMESTAMP' THEN strftime(COLUMNS(*)::TIMESTAMP, '%Y-%m-%dT%H:%M:%S.%fZ')
            WHEN 'DOUBLE' THEN regexp_replace(COLUMNS(*)::VARCHAR, '\.0$', '')
            ELSE COLUMNS(*)::VARCHAR
        END
    FROM exported
) TO $file (FORMAT csv, HEADER);
