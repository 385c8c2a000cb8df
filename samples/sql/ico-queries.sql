-- Questions to the raw tables.

-- Rows of the three
SELECT 'clickstream_events' AS relation, count(*) AS rows FROM raw_data.clickstream_events
UNION ALL SELECT 'user_registrations', count(*) FROM raw_data.user_registrations
UNION ALL SELECT 'conversions', count(*) FROM raw_data.conversions
ORDER BY relation;

-- The last ten events
SELECT "timestamp", event_type, ico_website_name, country
FROM raw_data.clickstream_events
ORDER BY "timestamp" DESC
LIMIT 10;
