package dev.penstock.pipelines.csvtowarehouse;

import dev.penstock.io.sink.RowSink;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Gives the destination the receipts of each source, once all its parts are written. */
final class SettleSources extends PTransform<PCollection<KV<String, String>>, PCollection<Void>> {
  private static final long serialVersionUID = 1L;
  private final RowSink sink;

  SettleSources(RowSink sink) {
    this.sink = sink;
  }

  @Override
  public PCollection<Void> expand(PCollection<KV<String, String>> receipts) {
    return receipts
        .apply("ReceiptsOfASource", GroupByKey.create())
        .apply("Settle", ParDo.of(new SettleFn(sink)))
        .setCoder(VoidCoder.of());
  }

  static final class SettleFn extends DoFn<KV<String, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;
    private final RowSink sink;

    SettleFn(RowSink sink) {
      this.sink = sink;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> source) {
      List<String> receipts = new ArrayList<>();
      source.getValue().forEach(receipts::add);
      sink.settle(source.getKey(), receipts);
    }
  }
}
