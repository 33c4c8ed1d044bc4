package org.linli.edge.profile.format;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Says what is wrong with a document of JSON or CBOR in words for whoever sends it. The parser's
 * own speak of tokens, and of settings of its own. They quote nothing of the document.
 */
public final class JsonProblem {

  /** By what the parser says; the first that it contains. */
  private static final Map<String, String> WORDS = words();

  private JsonProblem() {}

  /** What is wrong, without its place. */
  public static String said(JacksonException problem) {
    if (problem instanceof UnexpectedEndOfInputException) {
      return "the message breaks off; send it whole (a buffer of the sender may be too small)";
    }
    String parsers = String.valueOf(problem.getOriginalMessage());
    for (Map.Entry<String, String> each : WORDS.entrySet()) {
      if (parsers.contains(each.getKey())) {
        return each.getValue();
      }
    }
    return "something stands here that may not stand here";
  }

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("hex-digit", "four hexadecimal digits must follow \\u");
    words.put("to start property name", "a name in double quotes is missing");
    words.put("to separate Object entries", "a comma or a closing brace is missing");
    words.put("to separate Array entries", "a comma or a closing bracket is missing");
    words.put("to separate property name", "a colon is missing after a name");
    words.put("expected a value", "a value is missing");
    words.put("expected a valid value", "a value is missing");
    words.put("Unrecognized token", "a text has no quotes, or true, false or null is misspelt");
    words.put("Non-standard token", "NaN and infinite numbers are none in JSON");
    words.put(
        "unquoted character", "a control character stands in a text: write it as \\n or \\u0009");
    words.put(
        "character escape", "a backslash stands before a character that needs none: write \\\\");
    words.put("Leading zeroes", "a number begins with zeros");
    words.put("plus sign", "a number begins with a plus");
    words.put("Decimal point", "digits are missing before or after the point of a number");
    words.put("Exponent indicator", "digits are missing in the exponent of a number");
    words.put("numeric value", "a number is not as JSON writes it");
    words.put("numeric", "a number is not as JSON writes it");
    words.put("close marker", "a bracket closes what is not open");
    words.put("railing token", "something follows after the end of the message");
    words.put("No content", "the message is empty");
    words.put("nesting depth", "has more arrays and objects within each other than are read");
    words.put("Name length", "a name is longer than is read");
    words.put("Number value length", "a number is longer than is read");
    words.put("String value length", "a text is longer than is read");
    words.put("UTF-8", "is not UTF-8");
    words.put("CTRL-CHAR", "a control character stands outside of any text");
    words.put("Unexpected character", "something stands here that may not stand here");
    return words;
  }
}
