package org.linli.edge.intake.http;

import java.nio.charset.StandardCharsets;

/**
 * Whether bytes are a document from its beginning to its end, XML or JSON, of a sender that broke
 * off behind it. Only its ends are looked at: its profile reads it. A picture that is not finished
 * makes it unfinished.
 */
final class WholeDocument {

  private static final String BLANK = " \t\r\n\u00ef\u00bb\u00bf\0";
  private static final String ENDS_NAME = " \t\r\n/>";

  private WholeDocument() {}

  static boolean is(byte[] bytes, int from, int to) {
    int begin = from;
    while (begin < to && BLANK.indexOf(bytes[begin] & 0xff) >= 0) {
      begin++;
    }
    int end = to;
    while (end > begin && BLANK.indexOf(bytes[end - 1] & 0xff) >= 0) {
      end--;
    }
    return end > begin
        && switch (bytes[begin]) {
          case '{', '[' -> isJson(bytes, begin, end);
          case '<' -> isXml(bytes, begin, end);
          default -> false;
        };
  }

  /** Whether what is opened first is closed last. */
  private static boolean isJson(byte[] bytes, int begin, int end) {
    int depth = 0;
    boolean isText = false;
    for (int at = begin; at < end; at++) {
      byte b = bytes[at];
      if (isText) {
        at += b == '\\' ? 1 : 0;
        isText = b != '"';
      } else if (b == '"') {
        isText = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (b == '}' || b == ']') {
        depth--;
        if (depth == 0) {
          return at == end - 1;
        }
      }
    }
    return false;
  }

  /** Whether it ends with the tag that closes its first element. */
  private static boolean isXml(byte[] bytes, int begin, int end) {
    String text = new String(bytes, begin, end - begin, StandardCharsets.ISO_8859_1);
    int open = 0;
    while (text.startsWith("<?", open) || text.startsWith("<!", open)) {
      String closing =
          text.startsWith("<!--", open) ? "-->" : text.startsWith("<?", open) ? "?>" : ">";
      int closed = text.indexOf(closing, open);
      int next = closed < 0 ? -1 : text.indexOf('<', closed);
      if (next < 0) {
        return false;
      }
      open = next;
    }
    int nameEnd = open + 1;
    while (nameEnd < text.length() && ENDS_NAME.indexOf(text.charAt(nameEnd)) < 0) {
      nameEnd++;
    }
    String name = text.substring(open + 1, nameEnd);
    int closing = text.lastIndexOf("</");
    return !name.isEmpty()
        && closing > open
        && text.endsWith(">")
        && text.substring(closing + 2, text.length() - 1).strip().equals(name);
  }
}
