package org.linli.edge.profile.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

/**
 * Reads a document that is nearly XML: with undeclared entities and prefixes, bare {@code &} and
 * {@code <}, text around the document, and end tags that are missing. Nothing is looked up, and a
 * document type is refused. One pass over the characters, for one document.
 */
final class LenientXml {

  /** Most faults that are told. */
  private static final int MOST_FAULTS = 8;

  private static final String CDATA = "<![CDATA[";
  private static final String COMMENT = "<!--";

  // Names none: what looks like an element may be a text with a bare < in it.
  private static final String NO_END = "an element has no end";

  private final XmlSigns in;
  private final Set<String> faults = new LinkedHashSet<>();
  private final Map<String, Unreadable> lost = new LinkedHashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable XmlElement root;
  private int elements;

  /** Elements within each other of which nothing is read, because they are beyond the limits. */
  private int beyond;

  private boolean isCut;

  private LenientXml(String document) {
    in = new XmlSigns(document, this::fault, this::lost);
  }

  /** An element whose end has not been read yet. */
  private static final class Open {

    private final String name;
    private final String written;
    private final Map<String, String> attributes;
    private final StringBuilder text = new StringBuilder();
    private boolean hasText;
    private final List<XmlElement> children = new ArrayList<>();

    Open(String written, Map<String, String> attributes) {
      this.name = XmlSigns.withoutPrefix(written);
      this.written = written;
      this.attributes = attributes;
    }

    void add(String more) {
      text.append(more);
      hasText |= !more.isBlank();
    }

    XmlElement closed() {
      return new XmlElement(name, attributes, text.toString().strip(), children);
    }
  }

  /**
   * The document as far as it can be read.
   *
   * @throws Unreadable if there is no element, or a document type
   */
  static MendedXml read(String document) throws Unreadable {
    LenientXml xml = new LenientXml(document);
    XmlElement root = xml.document();
    return new MendedXml(root, List.copyOf(xml.faults), List.copyOf(xml.lost.values()), xml.isCut);
  }

  private XmlElement document() throws Unreadable {
    if (!in.skipTo("<").isBlank()) {
      fault("a text stands before the document");
    }
    while (root == null && !in.isAtEnd()) {
      if (in.isAt('<')) {
        markup();
      } else {
        text();
      }
    }
    if (root == null && !open.isEmpty()) {
      isCut = true;
      while (root == null) {
        close();
      }
    }
    if (root == null) {
      throw new Unreadable(RefusalReason.NOT_XML, "there is no element in it");
    }
    rest();
    return root;
  }

  private void rest() {
    String rest = in.rest().strip();
    if (rest.isEmpty() || isCut) {
      return;
    }
    String follows = "something follows after the end of the document";
    if (in.hasATag()) {
      lost(Unreadable.quoting(RefusalReason.NOT_XML, follows, rest));
    } else if (!rest.startsWith(COMMENT)) {
      fault(follows);
    }
  }

  /** Text up to the next sign; where the document breaks off in it, it says nothing. */
  private void text() {
    String text = in.text();
    if (open.isEmpty()) {
      fault("a text stands before the document");
    } else if (!in.isAtEnd()) {
      add(text);
    } else if (!text.isBlank()) {
      open.peek().text.setLength(0);
      fault("a text breaks off");
    }
  }

  private void markup() throws Unreadable {
    if (in.skip(CDATA)) {
      boolean isWhole = in.isStillToCome("]]>");
      String text = in.skipPast("]]>");
      if (!open.isEmpty() && isWhole) {
        add(text);
      }
    } else if (in.skip(COMMENT)) {
      in.skipPast("-->");
    } else if (in.skip("<?")) {
      in.skipPast(">");
    } else if (in.skip("<!")) {
      throw new Unreadable(
          RefusalReason.NOT_XML,
          "has a document type (<!DOCTYPE), which is not read; send the document without it");
    } else if (in.skip("</")) {
      end(XmlSigns.withoutPrefix(in.skipPast(">").strip()));
    } else if (in.beginsATag()) {
      begin();
    } else {
      fault("there is a bare <");
      in.next();
      if (!open.isEmpty()) {
        add("<");
      }
    }
  }

  private void add(String text) {
    if (beyond == 0) {
      open.peek().add(text);
    }
  }

  private void begin() throws Unreadable {
    in.next();
    String name = in.name();
    Map<String, String> attributes = new LinkedHashMap<>();
    while (in.attribute(attributes)) {
      // Until there is no more.
    }
    boolean isEmpty = in.skip("/>");
    if (!isEmpty && !in.skip(">")) {
      if (in.isAtEnd()) {
        // Its name or a value may have gone on.
        isCut = true;
        return;
      }
      fault("a tag has no end");
    }
    if (beyond > 0) {
      beyond += isEmpty ? 0 : 1;
      return;
    }
    if (!open.isEmpty() && open.peek().hasText && !in.hasEnd(open.peek().written)) {
      // None of these formats has text beside elements.
      fault(NO_END);
      close();
    }
    if (open.size() == Xml.DEEPEST || elements == Xml.MOST_ELEMENTS) {
      lost(new Unreadable(RefusalReason.NOT_XML, Xml.beyond(elements)));
      beyond += isEmpty ? 0 : 1;
      return;
    }
    elements++;
    open.push(new Open(name, attributes));
    if (isEmpty) {
      close();
    }
  }

  private void end(String name) {
    if (beyond > 0) {
      beyond--;
      return;
    }
    boolean isOpen = false;
    for (Iterator<Open> each = open.iterator(); each.hasNext() && !isOpen; ) {
      isOpen = each.next().name.equals(name);
    }
    if (!isOpen) {
      fault("an element ends without a beginning");
      return;
    }
    while (!open.isEmpty() && !open.peek().name.equals(name)) {
      fault(NO_END);
      close();
    }
    close();
  }

  private void fault(String detail) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(detail);
    }
  }

  /** Something that is not read, and may have been an alarm. */
  private void lost(Unreadable part) {
    if (lost.size() < MOST_FAULTS) {
      lost.putIfAbsent(part.refusal().detail(), part);
    }
  }

  private void close() {
    XmlElement closed = open.pop().closed();
    if (open.isEmpty()) {
      root = closed;
    } else {
      open.peek().children.add(closed);
    }
  }
}
