package org.linli.edge.profile.format;

import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.format.MendedJson.Loss;

/** Reads the values without quotes of a document that is nearly JSON. For one document. */
final class JsonWordReader {

  static final String NO_VALUE = "has no value";
  static final String NO_NUMBER = "is no number in JSON";

  private final JsonTexts in;
  private final JsonFaults faults;
  private final JsonLimits limits;

  JsonWordReader(JsonTexts in, JsonFaults faults, JsonLimits limits) {
    this.in = in;
    this.faults = faults;
    this.limits = limits;
  }

  /**
   * The next value in JSON; null if it cannot be read.
   *
   * @param name of its field, for people
   */
  @Nullable String json(String name) {
    String word = in.word();
    if (in.isAtEnd() && mayGoOn(word)) {
      faults.breaksOff(name);
      return null;
    }
    if (JsonWords.isNoNumber(word)) {
      if (JsonWords.isKnown(word)) {
        faults.add(name, word + ' ' + NO_NUMBER, "", Loss.VALUE);
      } else {
        faults.add(name, NO_NUMBER, word, Loss.VALUE);
      }
      return null;
    }
    if (word.isEmpty()) {
      in.next();
      faults.add(name, NO_VALUE, "", Loss.VALUE);
      return null;
    }
    if (JsonWords.isNumberBeyond(word, limits.longestNumber())) {
      faults.add(
          name,
          "is a number of more than " + limits.longestNumber() + " characters",
          "",
          Loss.VALUE);
      return null;
    }
    String json = JsonWords.json(word);
    if (json == null || !json.equals(word) && IdNames.isText(name, word, json)) {
      if (json == null) {
        faults.unsure("a text has no quotes");
      } else {
        faults.add(name, "is taken as a text", word, Loss.NOTHING);
      }
      return '"' + JsonTexts.quoted(word) + '"';
    }
    if (!json.equals(word)) {
      if (JsonWords.isKnown(word)) {
        faults.note(word + " is no value in JSON");
      } else {
        faults.add(name, "is no value in JSON", word, Loss.NOTHING);
      }
    }
    return json;
  }

  /** Whether a value at which the message breaks off may have been another one: 1 of 12, too. */
  private static boolean mayGoOn(String word) {
    String json = JsonWords.json(word);
    return json == null || Character.isDigit(json.charAt(json.length() - 1));
  }
}
