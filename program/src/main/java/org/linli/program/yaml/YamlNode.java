package org.linli.program.yaml;

import java.util.List;

/** A value of a YAML file with its place: a text, a list, or keys with their values. */
sealed interface YamlNode {

  YamlLocation place();

  /**
   * A single value. YAML's types are not looked at: what is a number is up to who reads it.
   *
   * @param isPlain whether it is written without quotes
   * @param isOneLine whether it begins and ends on the same line
   */
  record Scalar(YamlLocation place, String text, boolean isPlain, boolean isOneLine)
      implements YamlNode {

    /** Whether it stands for no value. */
    boolean saysNothing() {
      return isPlain
          && switch (text) {
            case "", "~", "null", "Null", "NULL" -> true;
            default -> false;
          };
    }

    /** The place of a character of the text, if that can be told; otherwise of the text. */
    YamlLocation placeOf(int character) {
      return character < 0 || !isOneLine ? place : place.right(character + (isPlain ? 0 : 1));
    }
  }

  record Sequence(YamlLocation place, List<YamlNode> items) implements YamlNode {}

  /** Keys may be of any form, and given twice. */
  record Mapping(YamlLocation place, List<Entry> entries) implements YamlNode {}

  record Entry(YamlNode key, YamlNode value) {}
}
