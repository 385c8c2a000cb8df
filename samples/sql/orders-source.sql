-- The shop's table. Run it once in the source database.

-- Orders
CREATE TABLE IF NOT EXISTS orders (
  order_id serial PRIMARY KEY,
  customer_id int,
  product_name varchar(255),
  amount DECIMAL(10,2),
  status varchar(50),
  created_at timestamp,
  updated_at timestamp
);

-- Updates and deletes tell the whole row as it was
ALTER TABLE orders REPLICA IDENTITY FULL;
