package dev.penstock.pipelines.infer;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes field names of column names. */
final class Names {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9]+");
  private static final int LONGEST = 60;

  private Names() {}

  /**
   * A field name for each column, in order. None is the name of another column, which would be
   * taken for it.
   */
  static List<String> of(List<String> columns) {
    Set<String> taken = new HashSet<>();
    columns.forEach(column -> taken.add(column.strip().toLowerCase(Locale.ROOT)));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      String clean = clean(column, i + 1);
      boolean own =
          clean.equals(column)
              && columns.stream().filter(other -> sameColumn(other, column)).count() == 1;
      String name = clean;
      for (int n = 2; !own && taken.contains(name.toLowerCase(Locale.ROOT)); n++) {
        name = clean + "_" + n;
      }
      taken.add(name.toLowerCase(Locale.ROOT));
      names.add(name);
    }
    return names;
  }

  private static boolean sameColumn(String one, String other) {
    return one.strip().equalsIgnoreCase(other.strip());
  }

  /** A name of ASCII letters, digits and underscores. */
  static String clean(String text, int number) {
    boolean reserved =
        text.toLowerCase(Locale.ROOT).startsWith("_penstock") || text.equalsIgnoreCase("_record");
    if (PLAIN.matcher(text).matches() && text.length() <= LONGEST && !reserved) {
      return text;
    }
    String latin = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    String name = OTHERS.matcher(latin.replace("ß", "ss")).replaceAll("_").toLowerCase(Locale.ROOT);
    name = name.replaceAll("^_+|_+$", "");
    name = name.length() > LONGEST ? name.substring(0, LONGEST) : name;
    if (name.isEmpty()) {
      return "column_" + number;
    }
    return Character.isDigit(name.charAt(0)) ? "c_" + name : name;
  }
}
