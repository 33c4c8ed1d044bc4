package org.linli.edge.profile.senml;

import java.util.List;
import java.util.Set;

/** The labels of RFC 8428 section 4, as JSON writes them. */
final class Labels {

  static final String BASE_VERSION = "bver";
  static final String BASE_NAME = "bn";
  static final String BASE_TIME = "bt";
  static final String BASE_UNIT = "bu";
  static final String BASE_VALUE = "bv";
  static final String BASE_SUM = "bs";
  static final String NAME = "n";
  static final String UNIT = "u";
  static final String VALUE = "v";
  static final String STRING_VALUE = "vs";
  static final String BOOLEAN_VALUE = "vb";
  static final String DATA_VALUE = "vd";
  static final String SUM = "s";
  static final String TIME = "t";
  static final String UPDATE_TIME = "ut";

  /** The labels of which a record has at most one. */
  static final List<String> VALUES = List.of(VALUE, STRING_VALUE, BOOLEAN_VALUE, DATA_VALUE);

  static final Set<String> BASE =
      Set.of(BASE_VERSION, BASE_NAME, BASE_TIME, BASE_UNIT, BASE_VALUE, BASE_SUM);

  static final Set<String> KNOWN =
      Set.of(
          BASE_VERSION,
          BASE_NAME,
          BASE_TIME,
          BASE_UNIT,
          BASE_VALUE,
          BASE_SUM,
          NAME,
          UNIT,
          VALUE,
          STRING_VALUE,
          BOOLEAN_VALUE,
          DATA_VALUE,
          SUM,
          TIME,
          UPDATE_TIME);

  private Labels() {}
}
