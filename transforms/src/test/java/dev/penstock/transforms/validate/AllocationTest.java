package dev.penstock.transforms.validate;

import static org.junit.Assert.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.penstock.transforms.contract.DataContract;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.junit.Test;

public class AllocationTest {
  private static final int ROWS = 50_000;

  private static final DataContract CONTRACT =
      Sample.contract(
          """
          - {name: id, logicalType: integer, required: true, logicalTypeOptions: {minimum: 1, multipleOf: 1}}
          - name: name
            logicalType: string
            logicalTypeOptions: {minLength: 2, maxLength: 40, pattern: '^[A-Z][a-zé]+( [A-Z]\\w*)*$'}
          - {name: mail, logicalType: string, logicalTypeOptions: {format: email}}
          - name: status
            logicalType: string
            quality:
              - {metric: invalidValues, mustBe: 0, arguments: {validValues: [funded, expired]}}
          - {name: amount, logicalType: number, physicalType: 'DECIMAL(12,2)', logicalTypeOptions: {minimum: 0, maximum: 99999.5}}
          - {name: rate, logicalType: number, physicalType: DOUBLE, logicalTypeOptions: {exclusiveMinimum: 0}}
          - {name: due, logicalType: date, logicalTypeOptions: {minimum: '2000-01-01'}}
          - {name: posted, logicalType: timestamp, logicalTypeOptions: {maximum: '2030-01-01T00:00:00Z'}}
          - name: tags
            logicalType: array
            logicalTypeOptions: {maxItems: 5, uniqueItems: true}
            items: {name: tag, logicalType: string, logicalTypeOptions: {maxLength: 9}}
          """);

  @Test
  public void rowsThatSatisfyEveryRuleAllocateNothing() {
    Row row =
        Sample.row(
            CONTRACT,
            7L,
            "José Maria",
            "jose@example.com",
            "funded",
            new BigDecimal("1234.50"),
            0.5,
            LocalDate.of(2024, 1, 1),
            Instant.parse("2024-01-01T00:00:00Z"),
            List.of("a", "b", "c"));
    RowValidator rules = ValidateRows.against(CONTRACT).validator();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    holdAll(rules, row);

    long before = thread.getThreadAllocatedBytes(Thread.currentThread().getId());
    holdAll(rules, row);
    long bytes = thread.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

    assertTrue(bytes + " bytes for " + ROWS + " rows", bytes < ROWS);
  }

  private static void holdAll(RowValidator rules, Row row) {
    for (int i = 0; i < ROWS; i++) {
      assertTrue(rules.violations(row).isEmpty());
    }
  }
}
