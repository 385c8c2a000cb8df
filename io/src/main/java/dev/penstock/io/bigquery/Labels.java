package dev.penstock.io.bigquery;

import dev.penstock.transforms.contract.DataContract;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels of a table: which contract it follows, and the contract's tags, in the letters that labels
 * may have (https://cloud.google.com/bigquery/docs/labels-intro#requirements).
 */
final class Labels {
  private static final int MAX_LENGTH = 63;
  private static final int MAX_LABELS = 64;

  private Labels() {}

  static Map<String, String> of(DataContract contract) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("penstock_contract", value(contract.id()));
    labels.put("penstock_contract_version", value(contract.version()));
    for (String tag : contract.tags()) {
      int colon = tag.indexOf(':');
      String name = key(colon < 0 ? tag : tag.substring(0, colon));
      if (!name.isEmpty() && labels.size() < MAX_LABELS) {
        labels.putIfAbsent(name, colon < 0 ? "" : value(tag.substring(colon + 1)));
      }
    }
    return labels;
  }

  /** A key begins with a letter. */
  private static String key(String text) {
    return value(text.replaceFirst("^[^\\p{L}]+", ""));
  }

  static String value(String text) {
    String allowed =
        text.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{Ll}\\p{Lo}\\p{N}_-]", "_");
    return allowed.substring(0, Math.min(MAX_LENGTH, allowed.length()));
  }
}
