package dev.penstock.transforms.validate;

import dev.penstock.transforms.contract.DataContract;
import dev.penstock.transforms.contract.QualityCheck;
import dev.penstock.transforms.contract.QualityCheck.Metric;
import dev.penstock.transforms.expression.RowExpression;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/** A quality check with its fields found: which rows it counts, or which values it compares. */
final class MeasuredCheck {
  private final QualityCheck check;
  private final FieldPath[] fields;
  private final List<List<ValueTest>> tests;
  private final @Nullable RowExpression expression;

  private MeasuredCheck(
      QualityCheck check,
      FieldPath[] fields,
      List<List<ValueTest>> tests,
      @Nullable RowExpression expression) {
    this.check = check;
    this.fields = fields;
    this.tests = tests;
    this.expression = expression;
  }

  static MeasuredCheck[] all(DataContract contract) {
    return contract.qualityChecks().stream()
        .map(check -> of(contract, check))
        .toArray(MeasuredCheck[]::new);
  }

  static boolean countsDuplicates(QualityCheck check) {
    return check.metric() == Metric.DUPLICATE_VALUES;
  }

  private static MeasuredCheck of(DataContract contract, QualityCheck check) {
    FieldPath[] fields =
        check.fields().stream()
            .map(field -> FieldPath.of(contract, field))
            .toArray(FieldPath[]::new);
    List<List<ValueTest>> tests = new ArrayList<>();
    try {
      for (FieldPath field : fields) {
        tests.add(tests(check, field));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The quality rule '"
              + check.name()
              + "' of the contract '"
              + contract.id()
              + "' cannot be used: "
              + e.getMessage(),
          e);
    }
    RowExpression expression =
        check.expression().isEmpty() ? null : contract.compile(check.expression());
    return new MeasuredCheck(check, fields, tests, expression);
  }

  /** A row with a value that fails one of these is counted. */
  private static List<ValueTest> tests(QualityCheck check, FieldPath field) {
    return switch (check.metric()) {
      case ROW_COUNT, DUPLICATE_VALUES, BROKEN_ROWS -> List.of();
      case NULL_VALUES -> List.of(new ValueSets.NotMissing(field.field(), List.of()));
      case MISSING_VALUES -> List.of(new ValueSets.NotMissing(field.field(), check.values()));
      case INVALID_VALUES -> {
        List<ValueTest> tests = new ArrayList<>();
        if (!check.values().isEmpty()) {
          tests.add(new ValueSets.OneOf(field.field(), check.values()));
        }
        if (!check.pattern().isEmpty()) {
          tests.add(new PatternTest(check.regex(), check.pattern()));
        }
        yield tests;
      }
    };
  }

  /** Whether a row has a null, missing or invalid value, or breaks the rule; it counts once. */
  boolean counts(Row row) {
    if (expression != null) {
      return expression.breach(row) != null;
    }
    boolean absentCounts = check.metric() != Metric.INVALID_VALUES;
    for (int i = 0; i < fields.length; i++) {
      for (ValueTest test : tests.get(i)) {
        boolean good =
            absentCounts
                ? fields[i].allSatisfyOrAbsent(row, test)
                : fields[i].allSatisfy(row, test);
        if (!good) {
          return true;
        }
      }
    }
    return false;
  }

  /** The values that make a row a duplicate of another, or null when one of them is null. */
  @Nullable List<Object> values(Row row) {
    List<Object> values = new ArrayList<>(fields.length);
    for (FieldPath field : fields) {
      Object value = field.value(row);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return values;
  }
}
