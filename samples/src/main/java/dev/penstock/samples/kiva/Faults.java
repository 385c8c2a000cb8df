package dev.penstock.samples.kiva;

import dev.penstock.samples.kiva.Fault.Layout;
import java.util.List;

/** Every kind of bad record that the generated files have. */
final class Faults {
  /** Faults of the loans file: each framing, type and rule reason at least once. */
  static final List<Fault> OF_LOANS =
      List.of(
          Fault.framing(Layout.UNQUOTED, "CSV_STRAY_QUOTE", "loan_use", "to buy a 3\" pipe"),
          Fault.framing(Layout.UNQUOTED, "CSV_STRAY_QUOTE", "loan_use", "\"to buy\" a pipe"),
          Fault.framing(Layout.UNQUOTED, "CSV_UNCLOSED_QUOTE", "loan_use", "\"to buy a pipe"),
          Fault.framing(Layout.FIELD_MISSING, "CSV_FIELD_COUNT", "loan_use", "to buy a pipe"),
          Fault.framing(Layout.FIELD_ADDED, "CSV_FIELD_COUNT", "loan_use", "to buy a pipe"),
          Fault.framing(Layout.WELL_FORMED, "CSV_NUL", "loan_name", "Mar\0a"),
          Fault.framing(
              Layout.WELL_FORMED, "CSV_ENCODING", "loan_name", "Mar" + Fault.INVALID_BYTE + "a"),
          Fault.value("lender_count", "a dozen", "TYPE_INTEGER"),
          Fault.value("lender_count", "12.5", "TYPE_INTEGER"),
          Fault.value("image_id", "9223372036854775808", "TYPE_INTEGER"),
          Fault.value("loan_amount", "1.250,00", "TYPE_NUMBER"),
          Fault.value("funded_amount", "$75", "TYPE_NUMBER"),
          Fault.value("posted_time", "yesterday", "TYPE_TIMESTAMP"),
          Fault.value("disburse_time", "2014-13-01T00:00:00Z", "TYPE_TIMESTAMP"),
          Fault.value("expires_on", "2015-02-29", "TYPE_DATE"),
          Fault.value("partner_opens", "25:00", "TYPE_TIME"),
          Fault.value("covers_currency_loss", "perhaps", "TYPE_BOOLEAN"),
          Fault.value("tags", "[\"#Parent\"", "TYPE_ARRAY"),
          Fault.value("terms", "{\"months\":", "TYPE_OBJECT"),
          Fault.value("lender_count", "many", "TYPE_INTEGER")
              .and(Fault.value("expires_on", "31/12/2015", "TYPE_DATE")),
          Fault.value("loan_name", "", "REQUIRED"),
          Fault.value("loan_id", "", "REQUIRED"),
          Fault.value("activity_name", "N/A", "NOT_MISSING"),
          Fault.value("loan_name", "X", "MIN_LENGTH"),
          Fault.value("loan_use", "to buy " + "bread and ".repeat(20) + "butter", "MAX_LENGTH"),
          Fault.value("country_code", "ke", "PATTERN"),
          Fault.value("country_code", "Kenya", "MAX_LENGTH", "PATTERN"),
          Fault.value("borrower_email", "nobody at example", "FORMAT"),
          Fault.value("funded_amount", "-50.00", "MINIMUM"),
          Fault.value("posted_time", "1999-12-31T23:59:59Z", "MINIMUM"),
          Fault.value("loan_amount", "250000.00", "MAXIMUM"),
          Fault.value("partner_rating", "0.0", "EXCLUSIVE_MINIMUM"),
          Fault.value("partner_rating", "5.5", "EXCLUSIVE_MAXIMUM"),
          Fault.value("loan_amount", "110.00", "MULTIPLE_OF"),
          Fault.value("status", "Funded", "ENUM"),
          Fault.value("funded_amount", "100.125", "PRECISION"),
          Fault.value("tags", "[]", "MIN_ITEMS"),
          Fault.value("tags", "[\"#A1\",\"#B2\",\"#C3\",\"#D4\",\"#E5\",\"#F6\"]", "MAX_ITEMS"),
          Fault.value("tags", "[\"#Parent\",\"#Parent\"]", "UNIQUE_ITEMS"),
          Fault.value("terms", "{\"months\":12}", "MIN_PROPERTIES"),
          Fault.value(
              "terms",
              "{\"months\":9,\"grace_months\":1,\"interval\":\"weekly\",\"note\":\"first\"}",
              "MAX_PROPERTIES"),
          Fault.value(
              "terms", "{\"grace_months\":2,\"interval\":\"monthly\"}", "REQUIRED_PROPERTIES"),
          Fault.value("status", "lost", "ENUM")
              .and(Fault.value("loan_amount", "10.00", "MINIMUM", "MULTIPLE_OF")));

  /** Faults of the lenders file. */
  static final List<Fault> OF_LENDERS =
      List.of(
          Fault.framing(Layout.UNQUOTED, "CSV_STRAY_QUOTE", "lenders", "muc\"888"),
          Fault.framing(Layout.UNQUOTED, "CSV_UNCLOSED_QUOTE", "lenders", "\"muc888"),
          Fault.framing(Layout.UNQUOTED, "CSV_FIELD_COUNT", "lenders", "[muc888, niki3008]"),
          Fault.framing(Layout.FIELD_MISSING, "CSV_FIELD_COUNT", "lenders", "muc888"),
          Fault.framing(Layout.WELL_FORMED, "CSV_NUL", "lenders", "muc888, \0"),
          Fault.framing(
              Layout.WELL_FORMED, "CSV_ENCODING", "lenders", "muc888, " + Fault.INVALID_BYTE),
          Fault.value("lenders", "[\"muc888\", \"niki3008\"", "TYPE_ARRAY"),
          Fault.value("loan_id", "", "REQUIRED"),
          Fault.value("loan_id", "L-483693", "PATTERN"),
          Fault.value("lenders", "", "REQUIRED"),
          Fault.value("lenders", "[]", "MIN_ITEMS"),
          Fault.value("lenders", "muc888, niki3008, muc888", "UNIQUE_ITEMS"));

  private Faults() {}
}
