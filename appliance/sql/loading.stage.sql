-- The journal file of one batch, typed; seq numbers its lines after all earlier ones.
CREATE OR REPLACE TEMP TABLE incoming AS
SELECT
    $batch::BIGINT * 16777216 + row_number() OVER () AS seq,
    * EXCLUDE (payload),
    payload::VARIANT AS payload
FROM read_json(
    $file,
    format = 'newline_delimited',
    columns = {
        site_id: 'VARCHAR', event_id: 'UUID', ts: 'TIMESTAMP', received_at: 'TIMESTAMP', event_type: 'VARCHAR',
        visitor_id: 'UUID', session_id: 'UUID', cookieless: 'BOOLEAN',
        hostname: 'VARCHAR', path: 'VARCHAR', title: 'VARCHAR', referrer: 'VARCHAR',
        referrer_name: 'VARCHAR', channel: 'VARCHAR', source: 'VARCHAR',
        utm_source: 'VARCHAR', utm_medium: 'VARCHAR', utm_campaign: 'VARCHAR', utm_term: 'VARCHAR', utm_content: 'VARCHAR',
        country: 'VARCHAR', language: 'VARCHAR', browser: 'VARCHAR', os: 'VARCHAR', device: 'VARCHAR', screen: 'VARCHAR',
        load_ms: 'DECIMAL(9, 3)', engaged_ms: 'BIGINT', lcp_ms: 'DECIMAL(9, 3)', inp_ms: 'DECIMAL(9, 3)', cls: 'DECIMAL(8, 4)',
        scroll_depth: 'DECIMAL(4, 1)', interactive: 'BOOLEAN',
        clock_skew: 'BOOLEAN', bot_reason: 'VARCHAR', pii_stripped: 'BOOLEAN', properties: 'VARCHAR[]',
        import_id: 'INTEGER', payload: 'JSON'
    }
);

-- What waited in the journal for a website that was deleted meanwhile goes with it.
DELETE FROM incoming WHERE site_id IN (SELECT site_id FROM deleted_sites);
