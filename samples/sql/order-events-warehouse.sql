-- Beside what the stream makes in the warehouse (order_events, what happened; order_events_latest, the orders as they are now).
-- Run it once, when the stream has made them; running it again changes nothing.

-- Computed by the database from exact decimals: 2 at 99.99 are 199.98
ALTER TABLE order_events ADD COLUMN IF NOT EXISTS total_amount DECIMAL(20,2) GENERATED ALWAYS AS (quantity * unit_price) STORED;

-- When the warehouse stored an event
ALTER TABLE order_events ADD COLUMN IF NOT EXISTS processed_at timestamptz NOT NULL DEFAULT now();

-- Events by customer
CREATE INDEX IF NOT EXISTS order_events_customer_id ON order_events (customer_id);

-- Events by product
CREATE INDEX IF NOT EXISTS order_events_product_name ON order_events (product_name);

-- Events by the order's date
CREATE INDEX IF NOT EXISTS order_events_order_date ON order_events (order_date);

-- Events by status
CREATE INDEX IF NOT EXISTS order_events_status ON order_events (status);

-- Events by the time they were stored
CREATE INDEX IF NOT EXISTS order_events_processed_at ON order_events (processed_at);

-- Days of the orders as they are now, without those that were cancelled
CREATE OR REPLACE VIEW daily_order_summary AS
SELECT CAST(order_date AT TIME ZONE 'UTC' AS date) AS summary_date,
       count(*) AS total_orders,
       CAST(sum(quantity * unit_price) AS DECIMAL(15,2)) AS total_revenue,
       round(avg(quantity * unit_price), 2) AS avg_order_value,
       count(DISTINCT customer_id) AS unique_customers
FROM order_events_latest
WHERE status <> 'cancelled'
GROUP BY summary_date;
