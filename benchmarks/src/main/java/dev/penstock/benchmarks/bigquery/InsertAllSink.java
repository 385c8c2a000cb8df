package dev.penstock.benchmarks.bigquery;

import com.google.api.services.bigquery.model.TableDataInsertAllRequest;
import com.google.api.services.bigquery.model.TableDataInsertAllRequest.Rows;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import com.google.api.services.bigquery.model.TableRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Streaming inserts, one request after the other, as many rows in each as BigQuery recommends. */
final class InsertAllSink implements EventSink {
  private static final int ROWS_IN_A_REQUEST = 500;

  private final EventTable table;
  private final List<Rows> waiting = new ArrayList<>();
  private long taken;

  InsertAllSink(EventTable table) {
    this.table = table;
  }

  @Override
  public void write(ShopEvent event) throws IOException {
    taken++;
    waiting.add(new Rows().setInsertId(Long.toString(taken)).setJson(row(event)));
    if (waiting.size() == ROWS_IN_A_REQUEST) {
      finish();
    }
  }

  private static TableRow row(ShopEvent event) {
    return new TableRow()
        .set("event_time", event.time().toString())
        .set("event_type", event.type())
        .set("product_id", event.product())
        .set("category_id", event.categoryId())
        .set("category_code", event.categoryCode())
        .set("brand", event.brand())
        .set("price", event.price() == null ? null : event.price().toString())
        .set("user_id", event.user())
        .set("user_session", event.session());
  }

  @Override
  public void finish() throws IOException {
    if (waiting.isEmpty()) {
      return;
    }
    TableDataInsertAllResponse answer =
        table
            .client()
            .tabledata()
            .insertAll(
                table.project(),
                table.dataset(),
                table.reference().getTableId(),
                new TableDataInsertAllRequest().setRows(waiting))
            .execute();
    if (answer.getInsertErrors() != null) {
      throw new IOException("Rows were refused: " + answer.getInsertErrors());
    }
    waiting.clear();
  }
}
