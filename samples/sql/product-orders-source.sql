-- Orders of products by their ids. Run it once in the source database.

-- Orders
CREATE TABLE IF NOT EXISTS orders (
  id serial PRIMARY KEY,
  customer_id int NOT NULL,
  product_id varchar(50) NOT NULL,
  quantity int NOT NULL,
  price DECIMAL(10,2) NOT NULL,
  order_date timestamp,
  status varchar(20)
);

-- Updates and deletes tell the whole row as it was
ALTER TABLE orders REPLICA IDENTITY FULL;
