-- Orders with their customer. Run it once in the source database.

-- Orders
CREATE TABLE IF NOT EXISTS orders (
  id serial PRIMARY KEY,
  customer_name varchar(255) NOT NULL,
  customer_email varchar(255) NOT NULL,
  total_amount DECIMAL(10,2) NOT NULL,
  status varchar(50) DEFAULT 'pending',
  created_at timestamp,
  updated_at timestamp
);

-- Updates and deletes tell the whole row as it was
ALTER TABLE orders REPLICA IDENTITY FULL;
