package org.linli.edge.profile.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.format.MendedJson.Loss;
import org.linli.edge.profile.life.LifeWord;
import org.linli.edge.profile.life.LifeWords;

/**
 * Makes JSON of a document that no strict parser reads: NaN, commas too many or missing, control
 * characters and unknown escapes within texts, {@code 007}, {@code True}, names and texts without
 * quotes or in single ones, comments, text around the document, and an end that is missing. What
 * cannot be read is left out, and so is what is beyond the limits. One pass over the characters,
 * for one document.
 */
public final class JsonMender {

  private final JsonTexts in;
  private final JsonWordReader words;
  private final JsonLimits limits;
  private final StringBuilder out;
  private final JsonFaults faults = new JsonFaults();
  private int depth;
  private int openArrays;
  private int openObjects;

  /** How many lists have ended at the next name, which may be an entry of theirs. */
  private int endedAtName;

  /** Where the fields behind such a list begin, in the innermost object; null for none. */
  private @Nullable Doubt doubt;

  /**
   * Fields of which it is not known whether they stand in a list.
   *
   * @param from where they begin in what is written
   * @param name of the first one
   * @param lists in which they may stand, one within the other
   */
  private record Doubt(int from, String name, int lists) {}

  private JsonMender(String document, JsonLimits limits) {
    this.limits = limits;
    in = new JsonTexts(document, faults);
    words = new JsonWordReader(in, faults, limits);
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
          faults.breaksOff(name);
        }
        return false;
      }
      out.append('"').append(text).append('"');
      return true;
    }
    String word = words.json(name);
    if (word == null) {
      return false;
    }
    out.append(word);
    return true;
  }

  private void tooDeep(String name) {
    if (new JsonSkip(in).whole()) {
      faults.add(
          name,
          "is nested deeper than " + limits.deepest() + " arrays and objects within each other",
          "",
          Loss.PART);
    } else {
      faults.breaksOff(name);
    }
  }

  private void object() {
    in.next();
    openObjects++;
    Doubt outer = doubt;
    doubt = null;
    out.append('{');
    for (boolean isFirst = true; another('}', isFirst); ) {
      int before = out.length();
      if (in.isAt("{[")) {
        value("");
        out.setLength(before);
        faults.unsure("", "something stands in an object without a name", Loss.PART);
        continue;
      }
      // What was written may have been left out again.
      if (out.charAt(out.length() - 1) != '{') {
        out.append(',');
      }
      String name = in.name();
      if (endedAtName > 0) {
        doubt =
            doubt == null
                ? new Doubt(before, name == null ? "" : name, endedAtName)
                : new Doubt(doubt.from(), doubt.name(), doubt.lists() + endedAtName);
        endedAtName = 0;
      }
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
        faults.breaksOff("");
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
    doubt = outer;
    out.append('}');
  }

  /** Writes a field whose name was read; false if nothing can be read of it. */
  private boolean field(String name) {
    out.append('"').append(name).append("\":");
    in.skipSpaces();
    if (in.isAt(",}]")) {
      faults.unsure(name, JsonWordReader.NO_VALUE, Loss.VALUE);
      return false;
    }
    if (in.isAtEnd()) {
      faults.namesAreUnsure();
      faults.breaksOff(name);
      return false;
    }
    if (!in.skip(":")) {
      faults.unsure(name, "has no colon after it", Loss.NOTHING);
      in.skip("=");
      in.skip(">");
    }
    in.skipSpaces();
    if (in.isAtEnd()) {
      faults.breaksOff(name);
      return false;
    }
    if (in.isAt(",}]")) {
      faults.add(name, JsonWordReader.NO_VALUE, "", Loss.VALUE);
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
        faults.unsure(name, JsonWordReader.NO_VALUE, Loss.VALUE);
        in.goBackTo(valueAt);
      }
      return false;
    }
    if (isRead && Character.isDigit(out.charAt(out.length() - 1))) {
      String decimals = in.decimals();
      if (!decimals.isEmpty()) {
        faults.add(name, JsonWordReader.NO_NUMBER, out.substring(from) + decimals, Loss.VALUE);
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
      faults.breaksOff(name);
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
        endedAtName++;
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
      if (end == '}' && doubt != null) {
        leaveOut(doubt);
      } else if ((end == '}' ? openArrays : openObjects) > 0) {
        return false;
      }
      in.next();
      commas += commas();
    }
    if (in.isAtEnd()) {
      if (!faults.isCut()) {
        faults.breaksOff("");
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

  /** The list ends only here, so that its last entries were none of the object's fields. */
  private void leaveOut(Doubt inList) {
    String said = out.substring(inList.from());
    LifeWord word = LifeWords.first(said);
    faults.add(
        inList.name(), "may be a text in a list", word == null ? said : word.word(), Loss.PART);
    out.setLength(inList.from());
    doubt =
        inList.lists() == 1 ? null : new Doubt(inList.from(), inList.name(), inList.lists() - 1);
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
}
