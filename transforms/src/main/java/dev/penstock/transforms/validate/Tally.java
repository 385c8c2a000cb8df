package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.QualityCheck;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Places of the counts of a run: parsed rows, accepted rows, then one for each quality check. */
final class Tally {
  static final int PARSED = 0;
  static final int ACCEPTED = 1;
  private static final int FIRST_CHECK = 2;

  private Tally() {}

  static int of(int check) {
    return FIRST_CHECK + check;
  }

  static int size(List<QualityCheck> checks) {
    return FIRST_CHECK + checks.size();
  }

  static void output(DoFn<?, KV<Integer, Long>>.FinishBundleContext bundle, int place, long count) {
    bundle.output(KV.of(place, count), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
  }
}
