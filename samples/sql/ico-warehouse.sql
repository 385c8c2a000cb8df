-- Beside what the streams make in the warehouse. Run it once, when they have made their tables; running it again changes nothing.

-- A user is registered by the earliest registration, in whatever order they arrived
CREATE OR REPLACE VIEW raw_data.user_registrations AS
SELECT DISTINCT ON (user_id) registration_id, user_id, "timestamp", email, wallet_address, social_handles, consent_marketing,
       consent_data, country, ip_address, ico_website_id, referral_source, kyc_completed, verification_tier
FROM raw_data.user_registrations_received
ORDER BY user_id, "timestamp", registration_id;

-- A conversion is as it was first
CREATE OR REPLACE VIEW raw_data.conversions AS
SELECT DISTINCT ON (conversion_id) conversion_id, user_id, session_id, "timestamp", conversion_type, ico_website_id, amount_usd,
       token_amount, payment_method, funnel_stage, time_to_convert, previous_visits
FROM raw_data.conversions_received
ORDER BY conversion_id, "timestamp";

-- Events by time
CREATE INDEX IF NOT EXISTS clickstream_events_timestamp ON raw_data.clickstream_events ("timestamp");
