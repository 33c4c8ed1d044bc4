package org.linli.edge.profile.zkteco;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parts a record into its columns or its named fields, which have tabs between them, or on some
 * firmware spaces. A time has a space in it.
 */
final class Columns {

  private static final Pattern SEPARATORS = Pattern.compile("[\t ]+");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{1,2}-\\d{1,2}");
  private static final Pattern TIME_OF_DAY = Pattern.compile("\\d{1,2}:\\d{1,2}(:\\d{1,2})?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_~][A-Za-z0-9_]*");

  private Columns() {}

  /** Fields such as {@code event=102} by their names in small letters, in any order. */
  static Map<String, String> named(String record) {
    if (record.indexOf('=') < 0) {
      return Map.of();
    }
    Map<String, String> fields = new HashMap<>();
    String name = "";
    for (String word : SEPARATORS.split(record)) {
      int equals = word.indexOf('=');
      if (equals > 0 && NAME.matcher(word.substring(0, equals)).matches()) {
        name = word.substring(0, equals).toLowerCase(Locale.ROOT);
        if (fields.putIfAbsent(name, word.substring(equals + 1)) != null) {
          // The first one counts, with all of its words.
          name = "";
        }
      } else if (!name.isEmpty()) {
        fields.merge(name, word, (begun, more) -> (begun + " " + more).strip());
      }
    }
    return fields;
  }

  /** Columns without names, in their order. */
  static List<String> of(String record) {
    List<String> columns = new ArrayList<>();
    if (record.indexOf('\t') >= 0) {
      for (String column : record.split("\t", -1)) {
        columns.add(column.strip());
      }
      return columns;
    }
    for (String word : SEPARATORS.split(record.strip())) {
      boolean isTimeOfDay =
          !columns.isEmpty()
              && DATE.matcher(columns.getLast()).matches()
              && TIME_OF_DAY.matcher(word).matches();
      columns.add(isTimeOfDay ? columns.removeLast() + " " + word : word);
    }
    return columns;
  }
}
