package org.linli.edge.profile.format;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;

/**
 * Parses a whole XML document (XML 1.0), with limits: {@value #DEEPEST} nested elements, {@value
 * #MOST_ELEMENTS} elements in total. A document type, and with it every entity of the sender's own,
 * is refused, and nothing outside the document is ever opened.
 */
public final class Xml {

  static final int DEEPEST = 32;
  static final int MOST_ELEMENTS = 10_000;
  private static final int LONGEST_DETAIL = 200;

  private static final String OTHERS =
      " is not read; send UTF-8, US-ASCII, ISO-8859-1, GBK or GB18030";

  private static final Pattern DECLARATION =
      Pattern.compile("\\A\\s*(<\\?xml\\s[^>]{0,200}\\?>)", Pattern.DOTALL);
  private static final Pattern ENCODING =
      Pattern.compile("encoding\\s*=\\s*[\"']([A-Za-z0-9._-]{1,40})[\"']");
  private static final int DECLARATION_WITHIN = 400;

  private static final Set<String> CHINESE =
      Set.of("gbk", "gb2312", "gb18030", "gb_2312-80", "cp936", "euc-cn");

  /** Makes a reader of its own for each document; for one thread at a time. */
  private static final XMLInputFactory FACTORY = factory();

  private Xml() {}

  /**
   * The root element.
   *
   * @throws Unreadable with line and column of the first error
   */
  public static XmlElement read(byte[] document) throws Unreadable {
    return parsed(
        ReceivedText.withoutTrailingPadding(decoded(document, null)),
        tooLarge -> {
          throw tooLarge;
        });
  }

  /**
   * As above. Characters that cannot be read are told and replaced: they are mostly in a name, and
   * what else the document says counts. Where it is no XML, or beyond the limits, what is readable
   * of it is read, and the faults are told (decision 0064).
   */
  public static XmlElement read(byte[] document, DocumentFaults faults) throws Unreadable {
    Consumer<Unreadable> beside = unreadable -> faults.note(unreadable.defect());
    String text = legal(ReceivedText.withoutTrailingPadding(decoded(document, beside)), beside);
    List<Unreadable> leftOut = new ArrayList<>(1);
    XmlElement root;
    try {
      root = parsed(text, leftOut::add);
    } catch (Unreadable malformed) {
      return mended(text, malformed, faults);
    }
    for (Unreadable first : leftOut) {
      faults.malformed(first);
      faults.lacks(first);
    }
    return root;
  }

  /** Takes what is beyond the limits, once for a document. */
  private interface LeftOut {
    void take(Unreadable tooLarge) throws Unreadable;
  }

  private static XmlElement mended(String text, Unreadable malformed, DocumentFaults faults)
      throws Unreadable {
    MendedXml mended;
    try {
      mended = LenientXml.read(text);
    } catch (Unreadable still) {
      throw malformed;
    }
    faults.malformed(malformed);
    mended.tell(faults);
    return mended.root();
  }

  private static XmlElement parsed(String text, LeftOut leftOut) throws Unreadable {
    @Nullable XMLStreamReader reader = null;
    try {
      reader = open(text);
      return root(reader, leftOut);
    } catch (XMLStreamException malformed) {
      String place = place(malformed.getLocation());
      throw notXml(place + said(malformed), place + "is no XML");
    } catch (RuntimeException giveUp) {
      // The JDK's parser throws an exception of its own for some malformed documents.
      throw notXml("the document breaks off or is malformed");
    } finally {
      close(reader);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("nothing outside the document is read");
        });
    return factory;
  }

  private static XMLStreamReader open(String text) throws XMLStreamException {
    synchronized (FACTORY) {
      return FACTORY.createXMLStreamReader(new StringReader(text));
    }
  }

  private static XmlElement root(XMLStreamReader reader, LeftOut leftOut)
      throws XMLStreamException, Unreadable {
    Deque<Open> open = new ArrayDeque<>();
    @Nullable XmlElement root = null;
    int elements = 0;
    boolean isLeftOut = false;
    // Elements within each other of which nothing is read.
    int beyond = 0;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (beyond == 0 && open.size() < DEEPEST && elements < MOST_ELEMENTS) {
            elements++;
            open.push(new Open(reader));
          } else {
            if (!isLeftOut) {
              leftOut.take(tooLarge(reader, beyond(elements)));
            }
            isLeftOut = true;
            beyond++;
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (!open.isEmpty() && beyond == 0) {
            open.peek().text.append(reader.getText());
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (beyond > 0) {
            beyond--;
            continue;
          }
          XmlElement closed = open.pop().closed();
          if (open.isEmpty()) {
            root = closed;
          } else {
            open.peek().children.add(closed);
          }
        }
        case XMLStreamConstants.DTD ->
            throw notXml(
                place(reader.getLocation())
                    + "has a document type (<!DOCTYPE), which is not read; send the document"
                    + " without it");
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw notXml(
                place(reader.getLocation())
                    + "has an entity other than &amp; &lt; &gt; &quot; &apos;, which is not read");
        default -> {}
      }
    }
    if (root == null) {
      throw notXml("the message is empty");
    }
    return root;
  }

  /** Which limit is reached. */
  static String beyond(int elements) {
    return elements < MOST_ELEMENTS
        ? "more than " + DEEPEST + " elements within each other"
        : "more than " + MOST_ELEMENTS + " elements";
  }

  /** An element whose end has not been read yet. */
  private static final class Open {

    private final String name;
    private final Map<String, String> attributes;
    private final StringBuilder text = new StringBuilder();
    private final List<XmlElement> children = new ArrayList<>();

    Open(XMLStreamReader reader) {
      name = reader.getLocalName();
      attributes = reader.getAttributeCount() == 0 ? Map.of() : new LinkedHashMap<>();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        attributes.putIfAbsent(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
    }

    XmlElement closed() {
      return new XmlElement(name, attributes, text.toString().strip(), children);
    }
  }

  /** The text with its declaration replaced by spaces, so that columns stay right. */
  private static String decoded(byte[] document, @Nullable Consumer<Unreadable> beside)
      throws Unreadable {
    int start = hasUtf8Mark(document) ? 3 : 0;
    Charset wide = ReceivedText.utf16(document);
    if (wide != null) {
      Unreadable told = notXml("is UTF-16; send UTF-8");
      if (beside == null) {
        throw told;
      }
      beside.accept(told);
      String text = ReceivedText.withoutMark(new String(document, wide));
      return DECLARATION.matcher(text).replaceFirst("").stripLeading();
    }
    String head =
        new String(
            document,
            start,
            Math.min(document.length - start, DECLARATION_WITHIN),
            StandardCharsets.ISO_8859_1);
    Matcher declaration = DECLARATION.matcher(head);
    if (!declaration.find()) {
      return text(document, start, StandardCharsets.UTF_8, beside).stripLeading();
    }
    Matcher encoding = ENCODING.matcher(declaration.group(1));
    Charset charset = encoding.find() ? charset(encoding.group(1), beside) : StandardCharsets.UTF_8;
    byte[] blanked = document.clone();
    Arrays.fill(blanked, start, start + declaration.end(), (byte) ' ');
    return text(blanked, start, charset, beside);
  }

  private static boolean hasUtf8Mark(byte[] document) {
    return document.length >= 3
        && (document[0] & 0xff) == 0xef
        && (document[1] & 0xff) == 0xbb
        && (document[2] & 0xff) == 0xbf;
  }

  private static Charset charset(String named, @Nullable Consumer<Unreadable> beside)
      throws Unreadable {
    String name = named.toLowerCase(Locale.ROOT);
    if (name.equals("utf-8") || name.equals("utf8")) {
      return StandardCharsets.UTF_8;
    }
    if (name.equals("us-ascii") || name.equals("ascii")) {
      return StandardCharsets.US_ASCII;
    }
    if (name.equals("iso-8859-1") || name.equals("latin1")) {
      return StandardCharsets.ISO_8859_1;
    }
    if (CHINESE.contains(name)) {
      // GB18030 includes all of the others, and every Java has it.
      return Charset.forName("GB18030");
    }
    Unreadable told = notXml("encoding " + named + OTHERS, "its encoding" + OTHERS);
    if (beside == null) {
      throw told;
    }
    beside.accept(told);
    return StandardCharsets.UTF_8;
  }

  private static String text(
      byte[] document, int start, Charset charset, @Nullable Consumer<Unreadable> beside)
      throws Unreadable {
    try {
      if (charset.equals(StandardCharsets.UTF_8)) {
        int broken = Utf8.firstMalformed(document, start, document.length);
        if (broken >= 0) {
          throw notXml("byte " + broken + ": is not UTF-8");
        }
        return new String(document, start, document.length - start, charset);
      }
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(document, start, document.length - start))
          .toString();
    } catch (CharacterCodingException broken) {
      return replaced(
          document,
          start,
          beside,
          notXml("is not " + charset.name() + ", which its first line says that it is"));
    } catch (Unreadable broken) {
      return replaced(document, start, beside, broken);
    }
  }

  private static String replaced(
      byte[] document, int start, @Nullable Consumer<Unreadable> beside, Unreadable broken)
      throws Unreadable {
    if (beside == null) {
      throw broken;
    }
    beside.accept(broken);
    byte[] text = ReceivedText.utf8(Arrays.copyOfRange(document, start, document.length), _ -> {});
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Without the characters that XML 1.0 section 2.2 leaves out. */
  private static String legal(String text, Consumer<Unreadable> beside) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    String unpadded = text.substring(0, end);
    int first = 0;
    while (first < end && isLegal(unpadded.charAt(first))) {
      first++;
    }
    if (first == end) {
      return unpadded;
    }
    StringBuilder legal = new StringBuilder(unpadded);
    for (int i = first; i < end; i++) {
      if (!isLegal(legal.charAt(i))) {
        legal.setCharAt(i, '\uFFFD');
      }
    }
    beside.accept(notXml("character " + first + ": is none that XML 1.0 allows"));
    return legal.toString();
  }

  private static boolean isLegal(char c) {
    return c >= ' ' && c < '\uFFFE' || c == '\t' || c == '\n' || c == '\r';
  }

  private static Unreadable notXml(String detail) {
    return notXml(detail, detail);
  }

  /**
   * @param detail may quote what the document says
   */
  private static Unreadable notXml(String detail, String defect) {
    String fitting =
        detail.length() > LONGEST_DETAIL ? detail.substring(0, LONGEST_DETAIL) : detail;
    return new Unreadable(RefusalReason.NOT_XML, fitting, defect);
  }

  private static Unreadable tooLarge(XMLStreamReader reader, String what) {
    return new Unreadable(RefusalReason.TOO_LARGE, place(reader.getLocation()) + what);
  }

  private static String place(@Nullable Location at) {
    return at == null
        ? ""
        : "line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ": ";
  }

  private static String said(XMLStreamException malformed) {
    String whole = String.valueOf(malformed.getMessage());
    int message = whole.indexOf("Message: ");
    String said = message < 0 ? whole : whole.substring(message + "Message: ".length());
    return said.replaceAll("\\p{Cntrl}+", " ");
  }

  private static void close(@Nullable XMLStreamReader reader) {
    if (reader == null) {
      return;
    }
    try {
      reader.close();
    } catch (XMLStreamException alreadyRead) {
      // Everything was read, and there is no file to close.
    }
  }
}
