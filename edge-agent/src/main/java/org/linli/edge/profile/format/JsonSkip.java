package org.linli.edge.profile.format;

/** Steps over an array or object of a document that is nearly JSON, however deep it is. */
final class JsonSkip {

  private final JsonTexts in;

  JsonSkip(JsonTexts in) {
    this.in = in;
  }

  /**
   * Steps over an array or object at which the document is: without the brackets in its texts, and,
   * where that does not end or a text swallows what follows, by its brackets alone.
   *
   * @return false if it has no end
   */
  boolean whole() {
    int from = in.position();
    boolean hasEnd = pastEnd(true);
    if (hasEnd && !in.hasSwallowed() || !in.mayReadAgain()) {
      return hasEnd;
    }
    int end = in.position();
    in.goBackTo(from);
    if (pastEnd(false)) {
      return true;
    }
    in.goBackTo(end);
    return hasEnd;
  }

  private boolean pastEnd(boolean readsTexts) {
    int open = 0;
    boolean isInWord = false;
    in.forgetSwallowed();
    while (!in.isAtEnd()) {
      // A quote within a word is none: it's, 5".
      if (readsTexts && !isInWord && in.isAt("\"'")) {
        in.text();
      } else {
        open += in.isAt("{[") ? 1 : in.isAt("}]") ? -1 : 0;
        isInWord = in.isAtWord();
        in.next();
        if (open == 0) {
          return true;
        }
      }
    }
    return false;
  }
}
