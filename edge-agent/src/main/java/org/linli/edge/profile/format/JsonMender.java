package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.format.MendedJson.Loss;

/**
 * Makes JSON of a document that no strict parser reads: NaN, commas too many or missing, control
 * characters and unknown escapes within texts, {@code 007}, {@code True}, names and texts without
 * quotes or in single ones, comments, text around the document, and an end that is missing. What
 * cannot be read is left out, and so is what is beyond the limits. One pass over the characters,
 * for one document.
 */
public final class JsonMender {

  private static final String NO_VALUE = "has no value";
  private static final String NO_NUMBER = "is no number in JSON";

  private final JsonTexts in;
  private final JsonLimits limits;
  private final StringBuilder out;
  private final JsonFaults faults = new JsonFaults();
  private int depth;
  private int openArrays;
  private int openObjects;
  private boolean isCut;

  private JsonMender(String document, JsonLimits limits) {
    this.limits = limits;
    in = new JsonTexts(document, faults);
    out = new StringBuilder(document.length() + 16);
  }

  /**
   * The document as JSON; null if it is no object and no array, or if nothing is wrong with it that
   * this knows.
   *
   * @param document in UTF-8
   * @param isOneOfMany whether several objects one after the other are an array of them
   */
  public static @Nullable MendedJson mend(byte[] document, JsonLimits limits, boolean isOneOfMany) {
    String text = new String(document, StandardCharsets.UTF_8);
    JsonMender mender = new JsonMender(text, limits);
    if (!mender.document(isOneOfMany) || mender.faults.isEmpty()) {
      return null;
    }
    return mender.faults.of(mender.out.toString().getBytes(StandardCharsets.UTF_8));
  }

  private boolean document(boolean isOneOfMany) {
    in.skipSpaces();
    if (!in.isAt("{[")) {
      String before = in.skipTo('{');
      if (in.isAtEnd()) {
        return false;
      }
      if (before.indexOf('"') < 0) {
        faults.note("a text stands before the message");
      } else {
        faults.add("", "something stands before the message", before, Loss.PART);
      }
    }
    List<String> documents = new ArrayList<>();
    do {
      boolean isObject = in.isAt("{");
      if (!value("")) {
        return false;
      }
      documents.add(out.toString());
      in.skipSpaces();
      if (!isOneOfMany || !isObject) {
        break;
      }
      out.setLength(0);
      in.skip(",");
      in.skipSpaces();
    } while (in.isAt("{"));
    out.setLength(0);
    if (documents.size() == 1) {
      out.append(documents.getFirst());
    } else {
      faults.note("several messages in one");
      out.append('[').append(String.join(",", documents)).append(']');
    }
    rest();
    return true;
  }

  private void rest() {
    if (in.isAtEnd()) {
      return;
    }
    String rest = in.rest();
    faults.add(
        "",
        "something follows after the end of the message",
        rest,
        rest.indexOf('{') >= 0 || rest.indexOf(':') >= 0 ? Loss.PART : Loss.NOTHING);
  }

  /**
   * Writes a value.
   *
   * @param name of its field, for people
   * @return false if nothing was written, because it cannot be read
   */
  private boolean value(String name) {
    if (in.isAt("{[")) {
      if (depth == limits.deepest()) {
        tooDeep(name);
        return false;
      }
      depth++;
      if (in.isAt("{")) {
        object();
      } else {
        array(name);
      }
      depth--;
      return true;
    }
    if (in.isAt("\"'")) {
      String text = in.text();
      if (text == null) {
        if (!in.mayHaveEnded()) {
          breaksOff(name);
        }
        return false;
      }
      out.append('"').append(text).append('"');
      return true;
    }
    return word(name);
  }

  private void tooDeep(String name) {
    if (in.skipWhole()) {
      faults.add(
          name,
          "is nested deeper than " + limits.deepest() + " arrays and objects within each other",
          "",
          Loss.PART);
    } else {
      breaksOff(name);
    }
  }

  private void object() {
    in.next();
    openObjects++;
    out.append('{');
    for (boolean isFirst = true; another('}', isFirst); ) {
      int before = out.length();
      if (in.isAt("{[")) {
        value("");
        out.setLength(before);
        faults.unsure("", "something stands in an object without a name", Loss.PART);
        continue;
      }
      if (!isFirst) {
        out.append(',');
      }
      String name = in.name();
      String swallowed = name == null ? null : in.endedBeforeName();
      if (swallowed != null) {
        if (swallowed.isEmpty()) {
          faults.unsure("a quote is missing or too many");
        } else {
          faults.unsure(swallowed, "has no end", Loss.PART);
        }
        name = in.name();
      }
      if (name == null) {
        breaksOff("");
      } else if (name.indexOf('\\') >= 0) {
        faults.unsure(name, "is no name", Loss.PART);
      } else if (name.length() > limits.longestName()) {
        faults.add(
            name, "is a name of more than " + limits.longestName() + " characters", "", Loss.PART);
      }
      boolean isTooLong = name != null && name.length() > limits.longestName();
      if (name == null || !field(name) || isTooLong) {
        out.setLength(before);
      } else {
        isFirst = false;
      }
    }
    openObjects--;
    out.append('}');
  }

  /** Writes a field whose name was read; false if nothing can be read of it. */
  private boolean field(String name) {
    out.append('"').append(name).append("\":");
    in.skipSpaces();
    if (in.isAt(",}]")) {
      faults.unsure(name, NO_VALUE, Loss.VALUE);
      return false;
    }
    if (in.isAtEnd()) {
      faults.namesAreUnsure();
      breaksOff(name);
      return false;
    }
    if (!in.skip(":")) {
      faults.unsure(name, "has no colon after it", Loss.NOTHING);
      in.skip("=");
      in.skip(">");
    }
    in.skipSpaces();
    if (in.isAtEnd()) {
      breaksOff(name);
      return false;
    }
    if (in.isAt(",}]")) {
      faults.add(name, NO_VALUE, "", Loss.VALUE);
      return false;
    }
    int from = out.length();
    int valueAt = in.position();
    boolean isText = in.isAt("\"'");
    boolean isRead = value(name);
    if (isText && (!isRead || in.isBefore(":"))) {
      if (endedEarlier(name, from, isRead)) {
        return true;
      }
      if (isRead) {
        // It is the next name.
        faults.unsure(name, NO_VALUE, Loss.VALUE);
        in.goBackTo(valueAt);
      }
      return false;
    }
    if (isRead && Character.isDigit(out.charAt(out.length() - 1))) {
      String decimals = in.decimals();
      if (!decimals.isEmpty()) {
        faults.add(name, NO_NUMBER, out.substring(from) + decimals, Loss.VALUE);
        return false;
      }
    }
    return isRead;
  }

  /** A text swallowed what follows it. False if it did not, or if that cannot be told. */
  private boolean endedEarlier(String name, int from, boolean isRead) {
    String shorter = in.endedBefore();
    if (shorter != null) {
      // Its end was written as a quote of its own.
      faults.unsure(name, "ends with a backslash", Loss.NOTHING);
    } else if (isRead) {
      shorter = in.endedBeforeName();
      if (shorter != null) {
        faults.unsure(name, "ends without a quote", Loss.NOTHING);
      }
    }
    if (shorter != null) {
      out.setLength(from);
      out.append('"').append(shorter).append('"');
      return true;
    }
    if (!isRead) {
      breaksOff(name);
    }
    return false;
  }

  private void array(String name) {
    in.next();
    openArrays++;
    out.append('[');
    for (boolean isFirst = true; another(']', isFirst); ) {
      int before = out.length();
      int from = in.position();
      boolean isText = in.isAt("\"'");
      if (!isFirst) {
        out.append(',');
      }
      boolean isRead = value(name);
      if (isText && isRead && openObjects > 0 && in.isBefore(":")) {
        // It is the name of a field, for which the array must have ended.
        faults.unsure("a bracket is missing or too many");
        in.goBackTo(from);
        out.setLength(before);
        break;
      }
      if (isRead) {
        isFirst = false;
      } else if (in.isAtEnd()) {
        out.setLength(before);
      } else {
        // The others keep their places.
        out.append("null");
        isFirst = false;
      }
    }
    openArrays--;
    out.append(']');
  }

  /** Whether there is another entry; otherwise what holds them ends here. */
  private boolean another(char end, boolean isFirst) {
    int commas = commas();
    while (in.isAt("}]") && !in.isAt(end)) {
      faults.note("a bracket is missing or too many");
      if ((end == '}' ? openArrays : openObjects) > 0) {
        return false;
      }
      in.next();
      commas += commas();
    }
    if (in.isAtEnd()) {
      if (!isCut) {
        breaksOff("");
      }
      return false;
    }
    if (commas > 1 || commas == 1 && (isFirst || in.isAt(end))) {
      faults.note("there is a comma too many");
    }
    if (in.isAt(end)) {
      in.next();
      return false;
    }
    if (commas == 0 && !isFirst) {
      faults.note("a comma is missing");
    }
    return true;
  }

  private int commas() {
    int commas = 0;
    in.skipSpaces();
    while (in.skip(",;")) {
      commas++;
      in.skipSpaces();
    }
    return commas;
  }

  private boolean word(String name) {
    String word = in.word();
    if (in.isAtEnd() && mayGoOn(word)) {
      breaksOff(name);
      return false;
    }
    if (JsonWords.isNoNumber(word)) {
      if (JsonWords.isKnown(word)) {
        faults.add(name, word + ' ' + NO_NUMBER, "", Loss.VALUE);
      } else {
        faults.add(name, NO_NUMBER, word, Loss.VALUE);
      }
      return false;
    }
    if (word.isEmpty()) {
      in.next();
      faults.add(name, NO_VALUE, "", Loss.VALUE);
      return false;
    }
    if (JsonWords.isNumberBeyond(word, limits.longestNumber())) {
      faults.add(
          name,
          "is a number of more than " + limits.longestNumber() + " characters",
          "",
          Loss.VALUE);
      return false;
    }
    String json = JsonWords.json(word);
    if (json == null || !json.equals(word) && IdNames.isText(name, word, json)) {
      if (json == null) {
        faults.unsure("a text has no quotes");
      } else {
        faults.add(name, "is taken as a text", word, Loss.NOTHING);
      }
      out.append('"').append(JsonTexts.quoted(word)).append('"');
      return true;
    }
    if (!json.equals(word)) {
      if (JsonWords.isKnown(word)) {
        faults.note(word + " is no value in JSON");
      } else {
        faults.add(name, "is no value in JSON", word, Loss.NOTHING);
      }
    }
    out.append(json);
    return true;
  }

  /** Whether a value at which the message breaks off may have been another one: 1 of 12, too. */
  private static boolean mayGoOn(String word) {
    String json = JsonWords.json(word);
    return json == null || Character.isDigit(json.charAt(json.length() - 1));
  }

  private void breaksOff(String name) {
    isCut = true;
    faults.add(name, "the message breaks off", "", Loss.PART);
  }
}
