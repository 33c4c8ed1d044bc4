package org.linli.edge.profile.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;

class XmlTest {

  @Test
  void readsElementsTextAndAttributesWithoutTheirNamespaces() throws Unreadable {
    XmlElement root =
        Xml.read(
            ("<a:alert xmlns:a='urn:x'><a:type> fielddetection </a:type><list xmlns='urn:y'><item"
                    + " Name='1'>x&amp;<![CDATA[<y>]]></item><item/></list></a:alert>")
                .getBytes(UTF_8));

    assertThat(root.name()).isEqualTo("alert");
    assertThat(root.text("type")).contains("fielddetection");
    assertThat(root.text("Type")).isEmpty();
    assertThat(root.text("list", "item")).contains("x&<y>");
    assertThat(root.find("list").orElseThrow().all("item")).hasSize(2);
    assertThat(root.find("list", "item").orElseThrow().attribute("Name")).contains("1");
  }

  @Test
  void refusesADocumentTypeAndWithItEveryBillionOfLaughs() {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE l [<!ENTITY a0 'ha'>");
    for (int i = 1; i < 40; i++) {
      laughs.append("<!ENTITY a%d '&a%d;&a%d;'>".formatted(i, i - 1, i - 1));
    }
    String[] documents = {
      laughs + "]><l>&a39;</l>",
      "<!DOCTYPE l SYSTEM 'file:///etc/passwd'><l/>",
      "<!DOCTYPE l [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><l>&x;</l>",
      "<!DOCTYPE l [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/'> %x;]><l/>"
    };

    for (String document : documents) {
      Refusal refusal = refusal(document.getBytes(UTF_8));

      assertThat(refusal.reason()).isEqualTo(RefusalReason.NOT_XML);
      assertThat(refusal.detail()).contains("document type", "line 1");
    }
  }

  /** What is not read may have been an alarm. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<l><a>1</a></l><l><smoke>1</smoke></l>",
        "<l><a>1</a></l>\n<!-- next --><smoke/>",
        "<l><a>1</a><b c=\"x/><smoke d=\"1\"/></l>",
      })
  void namesThePartThatIsLost(String document) throws Unreadable {
    TestFaults faults = new TestFaults();

    assertThat(Xml.read(document.getBytes(UTF_8), faults).text("a")).contains("1");

    assertThat(faults.lost).isNotEmpty().allSatisfy(lost -> assertThat(lost).contains("smoke"));
  }

  @Test
  void takesNoTextThatMayHaveGoneOn() throws Unreadable {
    TestFaults faults = new TestFaults();

    XmlElement root = Xml.read("<l><a>1</a><b><![CDATA[0".getBytes(UTF_8), faults);

    assertThat(root.text("a")).contains("1");
    assertThat(root.text("b")).isEmpty();
    assertThat(faults.lost).containsExactly("the document breaks off");
  }

  @Test
  void refusesAnEntityThatIsNotDeclared() {
    assertThat(refusal("<l>&x;</l>".getBytes(UTF_8)).reason()).isEqualTo(RefusalReason.NOT_XML);
  }

  @Test
  void saysLineAndColumnOfTheFirstFault() {
    assertThat(refusal("<?xml version='1.0'?>\n<a>\n <b></a>".getBytes(UTF_8)).detail())
        .startsWith("line 3, column ");
    assertThat(refusal(new byte[0]).reason()).isEqualTo(RefusalReason.NOT_XML);
    assertThat(refusal("{\"a\":1}".getBytes(UTF_8)).reason()).isEqualTo(RefusalReason.NOT_XML);
  }

  @Test
  void refusesWhatIsTooDeepOrTooMuch() {
    assertThat(refusal(("<a>".repeat(33) + "</a>".repeat(33)).getBytes(UTF_8)).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal("<a>".repeat(100_000).getBytes(UTF_8)).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal(("<r>" + "<a/>".repeat(10_000) + "</r>").getBytes(UTF_8)).detail())
        .contains("more than 10000 elements");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<broken attribute>"})
  void readsWhatIsBesideSomethingThatIsTooDeepOrTooMuch(String broken) throws Unreadable {
    String deep = "<d>x".repeat(4_000) + "</d>".repeat(4_000);
    TestFaults faults = new TestFaults();

    XmlElement root =
        Xml.read(("<r>" + broken + "<a>1</a>" + deep + "<b>2</b></r>").getBytes(UTF_8), faults);

    XmlElement whole = broken.isEmpty() ? root : root.find("broken").orElseThrow();
    assertThat(whole.text("a")).contains("1");
    assertThat(whole.text("b")).contains("2");
    assertThat(faults.malformed).hasSize(1);
    assertThat(faults.lost.toString()).contains("more than 32 elements within each other");

    TestFaults ofMany = new TestFaults();
    String many = "<r>" + broken + "<a>1</a>" + "<c/>".repeat(20_000) + "</r>";
    root = Xml.read(many.getBytes(UTF_8), ofMany);
    whole = broken.isEmpty() ? root : root.find("broken").orElseThrow();
    assertThat(whole.text("a")).contains("1");
    assertThat(ofMany.lost.toString()).contains("more than 10000 elements");
  }

  @Test
  void readsTheCharsetThatTheFirstLineNames() throws Unreadable {
    String document = "<?xml version=\"1.0\" encoding=\"%s\"?><name>%s</name>";
    assertThat(Xml.read(document.formatted("GB2312", "东门").getBytes(Charset.forName("GBK"))).text())
        .isEqualTo("东门");
    assertThat(Xml.read(document.formatted("UTF-8", "东门").getBytes(UTF_8)).text()).isEqualTo("东门");
    assertThat(
            Xml.read(document.formatted("iso-8859-1", "é").getBytes(StandardCharsets.ISO_8859_1))
                .text())
        .isEqualTo("é");
    assertThat(refusal(document.formatted("EBCDIC-CP-US", "a").getBytes(UTF_8)).detail())
        .contains("EBCDIC-CP-US", "send UTF-8");
    assertThat(refusal(document.formatted("US-ASCII", "东").getBytes(UTF_8)).detail())
        .contains("US-ASCII");
    assertThat(refusal("<a>\u00e9</a>".getBytes(StandardCharsets.ISO_8859_1)).detail())
        .contains("byte 3", "UTF-8");
    assertThat(refusal("<a/>".getBytes(StandardCharsets.UTF_16)).detail()).contains("UTF-16");
  }

  @Test
  void readsAMarkOrEmptyLinesBeforeTheFirstLine() throws Unreadable {
    assertThat(Xml.read("\uFEFF<?xml version='1.0'?><a/>".getBytes(UTF_8)).name()).isEqualTo("a");
    assertThat(Xml.read("\r\n\r\n<?xml version='1.0'?><a/>".getBytes(UTF_8)).name()).isEqualTo("a");
  }

  /** One factory makes the readers of all documents: none may see or count for another. */
  @Test
  void readsEachDocumentByItself() {
    String many = "&amp;".repeat(2_000);

    List<String> wrong =
        IntStream.range(0, 400)
            .parallel()
            .mapToObj(
                i -> i % 3 == 0 ? "<a" + i + "><broken>" : "<a" + i + ">" + many + "</a" + i + ">")
            .filter(document -> !isReadAsItIs(document))
            .toList();

    assertThat(wrong).isEmpty();
  }

  private static boolean isReadAsItIs(String document) {
    try {
      XmlElement root = Xml.read(document.getBytes(UTF_8));
      return document.startsWith("<" + root.name() + ">") && root.text().equals("&".repeat(2_000));
    } catch (Unreadable unreadable) {
      return document.endsWith("<broken>");
    }
  }

  @Test
  void replacesTheCharactersThatXmlLeavesOut() throws Unreadable {
    TestFaults faults = new TestFaults();

    assertThat(Xml.read("<a>\t\r\n\uFFFD\u007Fé</a>\n\0\0".getBytes(UTF_8), faults).text())
        .isEqualTo("\uFFFD\u007Fé");
    assertThat(faults.notes).isEmpty();
    assertThat(Xml.read("<a>1\u00012\uFFFE\uFFFF\0</a>\0".getBytes(UTF_8), faults).text())
        .isEqualTo("1\uFFFD2\uFFFD\uFFFD\uFFFD");
    assertThat(faults.notes).containsExactly("character 4: is none that XML 1.0 allows");
  }

  @Property(tries = 300)
  void refusesOrReadsWhateverItIs(@ForAll String text) {
    try {
      Xml.read(("<a>" + text + "</a>").getBytes(UTF_8));
    } catch (Unreadable refused) {
      assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
    }
  }

  private static Refusal refusal(byte[] document) {
    return catchThrowableOfType(Unreadable.class, () -> Xml.read(document)).refusal();
  }
}
