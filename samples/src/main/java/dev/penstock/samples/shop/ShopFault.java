package dev.penstock.samples.shop;

import java.util.Arrays;
import java.util.List;

/**
 * One way in which a generated event is bad. All of them are faults that any careful reader of CSV
 * can see, so that programs other than Penstock can be held to the same truth.
 */
enum ShopFault {
  /** No time at all where the time should be. */
  TIME_IS_A_WORD(Column.EVENT_TIME, "yesterday", "TYPE_TIMESTAMP"),
  /** A day that no calendar has. */
  DAY_DOES_NOT_EXIST(Column.EVENT_TIME, "2021-02-30 10:00:00 UTC", "TYPE_TIMESTAMP"),
  /** The time is missing. */
  NO_TIME(Column.EVENT_TIME, "", "REQUIRED"),
  /** A type that the shop does not have. */
  UNKNOWN_TYPE(Column.EVENT_TYPE, "wishlist", "ENUM"),
  /** The type is missing. */
  NO_TYPE(Column.EVENT_TYPE, "", "REQUIRED"),
  /** The product is missing. */
  NO_PRODUCT(Column.PRODUCT_ID, "", "REQUIRED"),
  /** The user is missing. */
  NO_USER(Column.USER_ID, "", "REQUIRED"),
  /** A word where the price should be. */
  PRICE_IS_A_WORD(Column.PRICE, "n/a", "TYPE_NUMBER"),
  /** A price that somebody would have to pay out. */
  NEGATIVE_PRICE(Column.PRICE, "-12.50", "MINIMUM"),
  /** A price with a fraction of a cent. */
  FRACTION_OF_A_CENT(Column.PRICE, "19.999", "PRECISION"),
  /** A price that the column has no room for. */
  PRICE_TOO_LARGE(Column.PRICE, "99999999999.00", "PRECISION"),
  /** Two faults in one record. */
  TYPE_AND_PRICE(Column.EVENT_TYPE, "refund", "ENUM") {
    @Override
    void spoil(List<String> fields) {
      super.spoil(fields);
      fields.set(Column.PRICE, "-1.00");
    }

    @Override
    List<String> reasons() {
      return List.of("ENUM(event_type)", "MINIMUM(price)");
    }
  },
  /** The line ends before the session. */
  FIELD_MISSING(Column.NONE, "", "CSV_FIELD_COUNT") {
    @Override
    void spoil(List<String> fields) {
      fields.remove(Column.USER_SESSION);
    }
  },
  /** A comma that nobody quoted. */
  FIELD_ADDED(Column.NONE, "", "CSV_FIELD_COUNT") {
    @Override
    void spoil(List<String> fields) {
      fields.add("surplus");
    }
  };

  /** Places of the columns in {@link ShopFiles#COLUMNS}. */
  private static final class Column {
    static final int NONE = -1;
    static final int EVENT_TIME = 0;
    static final int EVENT_TYPE = 1;
    static final int PRODUCT_ID = 2;
    static final int PRICE = 6;
    static final int USER_ID = 7;
    static final int USER_SESSION = 8;

    private Column() {}
  }

  private static final List<ShopFault> ALL = Arrays.asList(values());

  private final int column;
  private final String value;
  private final String code;

  ShopFault(int column, String value, String code) {
    this.column = column;
    this.value = value;
    this.code = code;
  }

  /** The fault whose turn it is. */
  static ShopFault turn(long number) {
    return ALL.get(Math.floorMod(number, ALL.size()));
  }

  /** Makes the fields of a good record those of a bad one. */
  void spoil(List<String> fields) {
    fields.set(column, value);
  }

  /** Why a run has to reject the record: {@code CODE} or {@code CODE(field)}. */
  List<String> reasons() {
    return List.of(column == Column.NONE ? code : code + "(" + ShopFiles.COLUMNS.get(column) + ")");
  }
}
