package dev.penstock.samples.streaming;

import dev.penstock.samples.demo.DemoOptions;
import dev.penstock.samples.orders.OrderSeeder;
import dev.penstock.samples.orders.OrderShape;
import dev.penstock.samples.orders.SeededChanges;
import dev.penstock.samples.sql.SqlFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The orders demo, from nothing to a dashboard. */
final class OrdersStory {
  private static final long SEED = 5001;

  /** The same for source and warehouse, when both have the same orders. */
  private static final String FIGURES =
      """
      SELECT count(*) || ' orders over ' || coalesce(sum(amount), 0) || ', checksum '
        || left(md5(coalesce(string_agg(concat_ws('|', order_id, customer_id, product_name, amount,
             status, extract(epoch FROM created_at), extract(epoch FROM updated_at)), ','
             ORDER BY order_id), '')), 8) FROM\s""";

  private static final String LEDGER =
      """
      SELECT target, topic, sum("read")::bigint AS "read", sum(written)::bigint AS written,
             sum(dead_lettered)::bigint AS "dead letters", sum(filtered)::bigint AS filtered
      FROM penstock_ledger GROUP BY target, topic""";

  private static final String DELAYS =
      """
      SELECT concat_ws(' ', percentile_disc(0.5) WITHIN GROUP (ORDER BY delay),
                            percentile_disc(0.99) WITHIN GROUP (ORDER BY delay))
      FROM (SELECT (1000 * extract(epoch FROM processed_at - _penstock_time))::int AS delay
            FROM orders_fact WHERE operation_type <> 'SNAPSHOT') AS delays""";

  private final DemoOptions options;
  private final Path folder;
  private final DemoServers servers;
  private final Story story;

  OrdersStory(DemoOptions options, Path folder, DemoServers servers, Story story) {
    this.options = options;
    this.folder = folder;
    this.servers = servers;
    this.story = story;
  }

  /** Tells it, and gives the exit code. */
  int tell() {
    try {
      return tellWithServers();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to " + folder + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new IllegalStateException("The demo's databases fail: " + e.getMessage(), e);
    }
  }

  private int tellWithServers() throws IOException, SQLException {
    story.title("Real servers, in " + folder.resolve("services"));
    OrdersChain chain = new OrdersChain(folder, servers);
    story.say("%s%n", chain.servers());
    SeededChanges earlier = chain.earlierOrders();
    long there = earlier.inserts() - earlier.deletes();
    story.say("The shop has %,d orders already.%n", there);
    story.title("Debezium captures them, a stream stores them");
    story.say("./penstock %s%n%n", String.join(" \\\n  ", chain.command()));
    chain.connect();
    try (Connection source = chain.source();
        Connection warehouse = chain.warehouse()) {
      OrderWatch watch = new OrderWatch(source, warehouse, chain, story);
      watch.until("SELECT count(*) = " + there + " FROM orders_latest");
      story.say("%.0f seconds after the start all %,d are there.%n", story.seconds(), there);
      SeededChanges changes = whileTheShopSells(chain, watch);
      chain.send("a message that is no JSON");
      watch.goes();
      long versions = there + changes.total() + OrderWatch.CHANGES;
      watch.until("SELECT count(*) = " + versions + " FROM orders_fact");
      watch.until("SELECT count(*) = 1 FROM penstock_dead_letters");
      story.title("What is in the warehouse");
      figures(warehouse);
      // A delete is two messages: the change, and a tombstone that says no more.
      long read = versions + changes.deletes() + OrderWatch.DELETES + 1;
      List<String> faults = faults(source, warehouse, read);
      whatNext();
      return faults.isEmpty() ? 0 : 1;
    }
  }

  /** One order is watched while others come and go. */
  private SeededChanges whileTheShopSells(OrdersChain chain, OrderWatch watch) throws SQLException {
    story.title(
        String.format(
            Locale.ROOT,
            "%,d changes at %s a second, and one order that is watched",
            options.getChanges(),
            options.getEventsPerSecond()));
    CompletableFuture<SeededChanges> shop = CompletableFuture.supplyAsync(() -> sell(chain));
    watch.comesAndShips();
    try {
      return shop.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("The shop could not sell: " + e.getCause(), e);
    }
  }

  private SeededChanges sell(OrdersChain chain) {
    try (Connection connection = chain.source()) {
      return OrderSeeder.of(OrderShape.ORDERS)
          .withSeed(SEED)
          .changes(options.getChanges())
          .perSecond(options.getEventsPerSecond())
          .run(
              connection,
              done -> story.progress(done.total(), options.getChanges(), "changes at the source"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void figures(Connection warehouse) throws SQLException {
    story.table(
        warehouse,
        "sales_dashboard",
        "SELECT status, order_count, total_revenue, avg_order_value FROM sales_dashboard"
            + " ORDER BY total_revenue DESC");
    SqlFile.Titled products = SqlFile.of("orders-queries.sql").statements().get(4);
    story.table(warehouse, products.title(), products.sql());
    story.table(
        warehouse,
        "The dead letter, with its payload",
        "SELECT reason_codes AS reason, source, convert_from(payload, 'UTF8') AS payload"
            + " FROM penstock_dead_letters");
    story.table(warehouse, "The ledger: read = written + dead letters + filtered", LEDGER);
    String[] delays = new Asked(warehouse).text(DELAYS).split(" ", -1);
    story.say(
        "From the commit at the source to the warehouse's own transaction: half of all changes%n"
            + "within %s ms, 99 of 100 within %s ms.%n",
        delays[0], delays[1]);
  }

  private List<String> faults(Connection source, Connection warehouse, long messages)
      throws SQLException {
    List<String> faults = new ArrayList<>();
    String shop = new Asked(source).text(FIGURES + "orders");
    String latest = new Asked(warehouse).text(FIGURES + "orders_latest");
    story.say("%nsource         %s%norders_latest  %s%n", shop, latest);
    if (!shop.equals(latest)) {
      faults.add("orders_latest is not what the source has");
    }
    String books =
        new Asked(warehouse)
            .text(
                "SELECT concat_ws(' ', sum(\"read\"), sum(written + dead_lettered + filtered),"
                    + " sum(dead_lettered)) FROM penstock_ledger");
    if (!books.equals(messages + " " + messages + " 1")) {
      faults.add(
          "the ledger has '%s' for records read, accounted for and dead, and not '%d %d 1'"
              .formatted(books, messages, messages));
    }
    faults.forEach(fault -> story.say("Not as it should be: %s%n", fault));
    if (faults.isEmpty()) {
      story.say("Both have the same orders, and every message is accounted for.%n");
    }
    return faults;
  }

  private void whatNext() {
    story.title("What to try next");
    story.say(
        "That took %.0f seconds. Servers and data go now; to keep some:%n%n", story.seconds());
    story.say("  ./penstock services up kafka postgres warehouse connect%n");
    story.say(
        "  ./penstock generate orders --source=jdbc:postgresql://localhost:5432/source --user=penstock"
            + "%n%n");
    story.say("samples/README.md has the other steps. Contract and SQL are in %s.%n", folder);
  }
}
