-- Orders with quantity and price. Run it once in the source database.

-- Orders
CREATE TABLE IF NOT EXISTS orders (
  order_id serial PRIMARY KEY,
  customer_id int NOT NULL,
  product_name varchar(255) NOT NULL,
  quantity int NOT NULL,
  unit_price DECIMAL(10,2) NOT NULL,
  order_date timestamp,
  status varchar(20) DEFAULT 'pending',
  created_at timestamp,
  updated_at timestamp
);

-- Updates and deletes tell the whole row as it was
ALTER TABLE orders REPLICA IDENTITY FULL;
