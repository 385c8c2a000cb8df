package dev.penstock.samples.readme;

import dev.penstock.io.file.ReadCsv;
import dev.penstock.io.warehouse.WriteDeadLetters;
import dev.penstock.io.warehouse.WriteToWarehouse;
import dev.penstock.pipelines.cli.Terminal;
import dev.penstock.pipelines.run.AccountedOptions;
import dev.penstock.pipelines.run.AccountedRun;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.WriteMode;
import dev.penstock.transforms.enrich.DeriveFields;
import dev.penstock.transforms.parse.ParseCsv;
import dev.penstock.transforms.validate.ValidateRows;
import java.math.BigDecimal;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.Row;

/** Loads orders with one more column: the total, computed exactly. */
public final class OrdersWithTotals {
  private OrdersWithTotals() {}

  /** Runs the pipeline; any Beam runner on the class path can be chosen by {@code --runner}. */
  public static void main(String[] args) {
    System.exit(run(PipelineOptionsFactory.fromArgs(args).as(AccountedOptions.class)));
  }

  static int run(AccountedOptions options) {
    DataContract orders = DataContract.load("samples/readme/orders.yaml");
    DataContract totals = DataContract.load("samples/readme/order-totals.yaml");
    String warehouse = "jdbc:duckdb:orders.duckdb";
    return AccountedRun.of("orders-with-totals", options, totals, Terminal.system())
        .run(
            (pipeline, accounting) -> {
              var records =
                  accounting.keep(pipeline.apply(ReadCsv.from("samples/readme/orders.csv")));
              var rows = accounting.keep(records.apply(ParseCsv.to(orders)));
              var valid = accounting.keep(rows.apply(ValidateRows.against(orders)));
              var derived =
                  accounting.keep(
                      valid.apply(DeriveFields.to(totals).with("total", OrdersWithTotals::total)));
              accounting.keep(
                  derived.apply(
                      WriteToWarehouse.to(warehouse)
                          .withContract(totals)
                          .withMode(WriteMode.UPSERT)));
              accounting.close(WriteDeadLetters.to(warehouse));
            });
  }

  private static BigDecimal total(Row order) {
    return order.getDecimal("unit_price").multiply(BigDecimal.valueOf(order.getInt64("quantity")));
  }
}
