package dev.penstock.samples.streaming;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import dev.penstock.samples.services.CommandCall;
import dev.penstock.samples.services.PenstockProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class OrdersDemoIT {
  @Rule public final TemporaryFolder temporary = new TemporaryFolder();

  @Test
  public void anOrderIsSeenToChangeInTheWarehouseAndNothingIsLeftBehind() {
    Path folder = temporary.getRoot().toPath().resolve("orders");

    CommandCall demo =
        CommandCall.of(
            List.of(
                "demo", "orders", "--changes=120", "--eventsPerSecond=60", "--output=" + folder));

    assertEquals(demo.out() + demo.err(), 0, demo.exitCode());
    String out = demo.out().replaceAll(" +", " ");
    for (String change :
        List.of(
            "INSERT iPhone 15, 999.99, pending",
            "UPDATE status = 'shipped'",
            "UPDATE status = 'delivered'",
            "DELETE")) {
      // Within ten seconds; on an idle machine within one.
      assertThat(
          out,
          matchesPattern(
              "(?s).*order 101 " + change + " visible after (\\d{1,3}|\\d,\\d{3}) ms.*"));
    }
    for (String version :
        List.of("INSERT iPhone 15 999.99 pending", "DELETE iPhone 15 999.99 delivered")) {
      assertThat(out, containsString("101 " + version));
    }
    assertThat(out, containsString("status order_count total_revenue avg_order_value"));
    assertThat(out, containsString("JSON_MALFORMED dbserver1.public.orders-0 a message that is"));
    // 75 that were there, 120 changes with 20 deletes, 4 of the watched order, two kinds of
    // tombstones, and what is no JSON.
    assertThat(out, containsString("orders_fact dbserver1.public.orders 221 199 1 21"));
    assertThat(out, containsString("source 135 orders over "));
    assertThat(out, containsString("Both have the same orders, and every message is accounted"));
    assertFalse("servers and their data are gone", Files.exists(folder.resolve("services")));
    assertTrue("what can be used again stays", Files.exists(folder.resolve("orders.yaml")));
  }

  @Test
  public void stoppingItInTheMiddleLeavesNothingBehindEither() throws Exception {
    Path folder = temporary.getRoot().toPath().resolve("stopped");
    Path services = folder.resolve("services");
    PenstockProcess demo =
        PenstockProcess.start(
            temporary.getRoot().toPath(), List.of("demo", "orders", "--output=" + folder));
    demo.until("the servers ran", () -> Files.exists(services.resolve("password")));
    List<Long> processes = List.of(process(services, "kafka"), process(services, "postgres"));

    assertEquals(demo.output(), 143, demo.stop());

    assertFalse(demo.output(), Files.exists(services));
    for (long process : processes) {
      assertFalse(
          "process " + process,
          ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false));
    }
  }

  private static long process(Path services, String name) throws IOException {
    return Long.parseLong(Files.readAllLines(services.resolve(name).resolve("process")).get(0));
  }
}
