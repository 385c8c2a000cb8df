package dev.penstock.transforms.ledger;

import com.google.auto.value.AutoValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How complete one field of the accepted rows is, and how its values are distributed. */
@AutoValue
public abstract class FieldProfile {

  static FieldProfile of(
      ProfiledField field, long present, long missing, @Nullable Distribution distribution) {
    return new AutoValue_FieldProfile(
        field.name(), field.type(), field.masked(), present, missing, distribution);
  }

  /** Name of the field in rows. */
  public abstract String name();

  /** Logical type, as contracts write it. */
  public abstract String type();

  /** Whether its values are kept out of reports because they are confidential. */
  public abstract boolean masked();

  /** Accepted rows in which the field has a value. */
  public abstract long present();

  /** Accepted rows in which it has none. */
  public abstract long missing();

  abstract @Nullable Distribution distributionOrNull();

  /** How the values are distributed; nothing for masked fields, objects, and without any value. */
  public Optional<Distribution> distribution() {
    return Optional.ofNullable(distributionOrNull());
  }
}
