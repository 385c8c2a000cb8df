package dev.penstock.transforms.parse;

import static dev.penstock.transforms.parse.DebeziumEvents.row;
import static org.junit.Assert.assertEquals;

import dev.penstock.transforms.contract.Change;
import dev.penstock.transforms.contract.Change.Operation;
import dev.penstock.transforms.contract.DataContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.JUnit4;

/** The order events of the systems that the library replaces, as their documents show them. */
@RunWith(JUnit4.class)
public class OrdersEventsTest {
  private static final DataContract CDC_ORDERS =
      Contracts.of(
          "name: order_id, logicalType: integer, primaryKey: true",
          "name: customer_id, logicalType: integer",
          "name: product_name, logicalType: string",
          "name: amount, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: status, logicalType: string",
          "name: created_at, logicalType: timestamp",
          "name: cdc_timestamp, logicalType: timestamp,"
              + " customProperties: [{property: changeMetadata, value: eventTime}]",
          "name: operation_type, logicalType: string,"
              + " customProperties: [{property: changeMetadata, value: operation}]");

  private static final DataContract README_ORDERS =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: customer_name, logicalType: string",
          "name: customer_email, logicalType: string",
          "name: total_amount, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: status, logicalType: string");

  private static final DataContract SHOP_ORDERS =
      Contracts.of(
          "name: order_id, logicalType: integer, primaryKey: true",
          "name: customer_id, logicalType: integer",
          "name: product_name, logicalType: string",
          "name: quantity, logicalType: integer",
          "name: unit_price, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: status, logicalType: string");

  private static final DataContract BATCH_ORDERS =
      Contracts.of(
          "name: id, logicalType: integer, primaryKey: true",
          "name: customer_id, logicalType: integer",
          "name: product_id, logicalType: string",
          "name: quantity, logicalType: integer",
          "name: price, logicalType: number, physicalType: 'DECIMAL(10,2)'",
          "name: status, logicalType: string");

  private static final String SAMPLE =
      "{\"op\": \"c\", \"after\": {\"order_id\": 5001, \"customer_id\": 123,"
          + " \"product_name\": \"iPhone 15\", \"amount\": %s, \"status\": \"pending\","
          + " \"created_at\": 1702346123000000}, \"ts_ms\": 1702346123456}";

  @Test
  public void theBareEnvelopeOfAnOrderKeepsItsAmount() {
    for (String amount :
        List.of("999.99", "\"999.99\"", "\"AYaf\"", "{\"scale\": 2, \"value\": \"AYaf\"}")) {
      for (String wrapper :
          List.of("%s", "{\"payload\": %s}", "{\"schema\": null, \"payload\": %s}")) {
        Row row = row(ParseDebezium.to(CDC_ORDERS), wrapper.formatted(SAMPLE.formatted(amount)));
        assertEquals(
            List.of(
                5001L,
                123L,
                "iPhone 15",
                new BigDecimal("999.99"),
                "pending",
                Instant.parse("2023-12-12T01:55:23Z"),
                Instant.parse("2023-12-12T01:55:23.456Z"),
                "INSERT"),
            row.getValues().subList(0, 8));
        assertEquals(new Change(Operation.INSERT, null, null), Change.of(row));
      }
    }
  }

  @Test
  public void theFullEnvelopeWithABase64AmountAndAWideLogPosition() {
    String event =
        "{\"payload\": {\"before\": null, \"after\": {\"id\": %d, \"customer_name\": \"%s\","
            + " \"customer_email\": \"%s\", \"total_amount\": \"%s\", \"status\": \"%s\"},"
            + " \"source\": {\"version\": \"2.4.0.Final\", \"connector\": \"postgresql\","
            + " \"name\": \"orders_db\", \"ts_ms\": 1702346123456, \"snapshot\": \"false\","
            + " \"db\": \"orders_db\", \"sequence\": \"[null,\\\"4294967400\\\"]\","
            + " \"schema\": \"public\", \"table\": \"orders\", \"txId\": 561, \"lsn\": 4294967400},"
            + " \"op\": \"c\", \"ts_ms\": 1702346123999, \"transaction\": null}}";
    Row one =
        row(
            ParseDebezium.to(README_ORDERS),
            event.formatted(1, "Ann", "ann@example.com", "Jw8=", "pending"));
    Row other =
        row(
            ParseDebezium.to(README_ORDERS),
            event.formatted(2, "Bob", "bob@example.com", "OmY=", "completed"));

    assertEquals(new BigDecimal("99.99"), one.getDecimal("total_amount"));
    assertEquals(new BigDecimal("149.50"), other.getDecimal("total_amount"));
    assertEquals(
        new Change(Operation.INSERT, 4294967400L, Instant.parse("2023-12-12T01:55:23.456Z")),
        Change.of(one));
  }

  @Test
  public void theUnwrappedRowWithRewrittenDeletions() {
    String event =
        "{\"order_id\": 1, \"customer_id\": 7, \"product_name\": \"Laptop\", \"quantity\": 2,"
            + " \"unit_price\": \"45000.00\", \"status\": \"cancelled\", \"__deleted\": \"%s\","
            + " \"__op\": \"%s\"}";
    Row created = row(ParseDebezium.to(SHOP_ORDERS), event.formatted("false", "c"));
    Row deleted = row(ParseDebezium.to(SHOP_ORDERS), event.formatted("true", "d"));

    assertEquals(
        List.of(1L, 7L, "Laptop", 2L, new BigDecimal("45000.00"), "cancelled"),
        created.getValues().subList(0, 6));
    assertEquals(new Change(Operation.INSERT, null, null), Change.of(created));
    assertEquals(new Change(Operation.DELETE, null, null), Change.of(deleted));
  }

  @Test
  public void theTwoEventsOfTheBatchSample() {
    String row =
        "{\"id\": 1001, \"customer_id\": 501, \"product_id\": \"PROD-123\", \"quantity\": 2,"
            + " \"price\": 99.99, \"status\": \"%s\"}";
    String created = row.formatted("pending");
    String confirmed = row.formatted("confirmed");
    Row first =
        row(
            ParseDebezium.to(BATCH_ORDERS),
            "{\"payload\": {\"op\": \"c\", \"before\": null, \"after\": " + created + "}}");
    Row second =
        row(
            ParseDebezium.to(BATCH_ORDERS),
            "{\"payload\": {\"op\": \"u\", \"before\": "
                + created
                + ", \"after\": "
                + confirmed
                + "}}");

    assertEquals(
        Arrays.asList(1001L, 501L, "PROD-123", 2L, new BigDecimal("99.99"), "pending"),
        first.getValues().subList(0, 6));
    assertEquals("confirmed", second.getString("status"));
    assertEquals(new Change(Operation.UPDATE, null, null), Change.of(second));
  }
}
