-- Questions to the orders. What counts orders or money asks orders_latest: orders_fact has each version of an order, and would
-- count it as often as it changed. What asks for changes asks orders_fact.

-- The last ten changes
SELECT order_id, customer_id, product_name, amount, status, operation_type, cdc_timestamp, processed_at
FROM orders_fact
ORDER BY processed_at DESC, _penstock_version DESC
LIMIT 10;

-- Orders by customer
SELECT customer_id, count(*) AS total_orders, sum(amount) AS total_amount
FROM orders_latest
GROUP BY customer_id
ORDER BY total_orders DESC, customer_id
LIMIT 20;

-- Orders by status
SELECT status, count(*) AS order_count, sum(amount) AS total_amount
FROM orders_latest
GROUP BY status
ORDER BY order_count DESC, status;

-- Orders by day
SELECT CAST(created_at AT TIME ZONE 'UTC' AS date) AS day, count(*) AS order_count, sum(amount) AS total_amount
FROM orders_latest
GROUP BY day
ORDER BY day DESC
LIMIT 30;

-- Products with the most revenue
SELECT product_name, count(*) AS order_count, sum(amount) AS total_amount
FROM orders_latest
GROUP BY product_name
ORDER BY total_amount DESC, product_name
LIMIT 10;

-- What changed within a day
SELECT order_id, customer_id, product_name, amount, status, operation_type, cdc_timestamp, processed_at
FROM orders_fact
WHERE processed_at >= now() - INTERVAL '1 day'
ORDER BY processed_at DESC, _penstock_version DESC;

-- Average order of a customer
SELECT customer_id, round(avg(amount), 2) AS avg_order_amount
FROM orders_latest
GROUP BY customer_id
ORDER BY avg_order_amount DESC, customer_id
LIMIT 20;

-- The last hour by status
SELECT status, count(*) AS order_count, sum(amount) AS total_amount
FROM orders_latest
WHERE created_at >= now() - INTERVAL '1 hour'
GROUP BY status
ORDER BY order_count DESC, status;
