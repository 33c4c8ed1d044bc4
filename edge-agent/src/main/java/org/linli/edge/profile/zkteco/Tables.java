package org.linli.edge.profile.zkteco;

import java.util.List;

/** The tables of a terminal, whose names some of its records begin with. */
final class Tables {

  /** About people's data and settings, not about passages. */
  private static final List<String> HOUSEKEEPING =
      List.of(
          "USER",
          "FP",
          "FACE",
          "FVEIN",
          "PALM",
          "USERPIC",
          "BIOPHOTO",
          "BIODATA",
          "IDCARD",
          "WORKCODE");

  private Tables() {}

  static boolean isHousekeeping(String record) {
    return record.startsWith("~")
        || record.startsWith("count=")
        || HOUSEKEEPING.stream().anyMatch(table -> isOf(table, record));
  }

  static boolean isOf(String table, String record) {
    return record.regionMatches(true, 0, table, 0, table.length())
        && record.length() > table.length()
        && (record.charAt(table.length()) == ' ' || record.charAt(table.length()) == '\t');
  }
}
