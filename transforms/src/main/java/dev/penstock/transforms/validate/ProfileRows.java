package dev.penstock.transforms.validate;

import com.google.auto.value.AutoValue;
import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.ledger.ProfiledField;
import dev.penstock.transforms.ledger.RowProfile;
import dev.penstock.transforms.ledger.RowProfileCoder;
import dev.penstock.transforms.ledger.SourceRecord;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the rows of a bounded run for its report: how complete each field is, and how its values
 * are distributed.
 *
 * <pre>{@code
 * PCollection<RowProfile> profiles = valid.accepted().apply(ProfileRows.of(contract));
 * }</pre>
 *
 * <p>The profiles, one for each bundle, are parts; they are to be merged. Values of fields that the
 * contract classifies as restricted or confidential are not looked at. Nothing is rejected; see
 * {@link RowProfile} for what it costs.
 */
@AutoValue
public abstract class ProfileRows extends PTransform<PCollection<Row>, PCollection<RowProfile>> {

  /** Looks at rows that have the contract's row schema. */
  public static ProfileRows of(DataContract contract) {
    return new AutoValue_ProfileRows(contract);
  }

  abstract DataContract contract();

  @Override
  public PCollection<RowProfile> expand(PCollection<Row> rows) {
    RowSchemas.check("ProfileRows", contract(), rows);
    return rows.apply("WholeRun", Window.into(new GlobalWindows()))
        .apply("ProfileBundle", ParDo.of(new ProfileFn(contract().profiledFields())))
        .setCoder(RowProfileCoder.of());
  }

  static final class ProfileFn extends DoFn<Row, RowProfile> {
    private final List<ProfiledField> fields;
    private transient @Nullable RowProfile profile;
    private transient Object[] values = new Object[0];

    ProfileFn(List<ProfiledField> fields) {
      this.fields = fields;
    }

    @StartBundle
    public void start() {
      profile = profile == null ? RowProfile.of(fields) : profile.next();
      values = new Object[fields.size()];
    }

    @ProcessElement
    public void add(@Element Row row) {
      for (int i = 0; i < values.length; i++) {
        values[i] = row.getValue(i);
      }
      Row record = row.getRow(values.length);
      if (record == null || profile == null) {
        throw new IllegalArgumentException(
            "The row has no value in its field '" + SourceRecord.FIELD + "': a step dropped it");
      }
      profile.add(record.getString("source"), record.getInt64("offset"), values);
    }

    @FinishBundle
    public void finish(FinishBundleContext bundle) {
      if (profile != null && profile.rows() > 0) {
        bundle.output(profile, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
    }
  }
}
