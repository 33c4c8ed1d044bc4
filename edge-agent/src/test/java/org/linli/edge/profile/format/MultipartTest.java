package org.linli.edge.profile.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.Multipart.Part;

class MultipartTest {

  private static final String TYPE = "multipart/form-data; boundary=abc";
  private static final String TWO =
      """
      preamble
      --abc
      Content-Disposition: form-data; name="event"
      Content-Type: application/xml; charset=UTF-8

      <a/>
      --abc
      Content-Type: image/jpeg
      Content-Length: 9

      x
      --abc
      y
      --abc--
      epilogue
      """;

  @Test
  void readsPartsWithCrLfOrLfAlone() throws Unreadable {
    for (String body : List.of(TWO, TWO.replace("\n", "\r\n").replace("Length: 9", "Length: 11"))) {
      List<Part> parts = Multipart.read(TYPE, body.getBytes(ISO_8859_1));

      assertThat(parts).hasSize(2);
      assertThat(parts.getFirst().mediaType()).isEqualTo("application/xml");
      assertThat(text(parts.getFirst())).isEqualTo("<a/>");
      assertThat(text(parts.getLast())).contains("x", "--abc", "y");
    }
  }

  @Test
  void goesByTheBoundaryWhereALengthIsWrong() throws Unreadable {
    String body = "--abc\r\nContent-Length: 3\r\n\r\n12345\r\n--abc--";

    assertThat(text(Multipart.read(TYPE, body.getBytes(ISO_8859_1)).getFirst())).isEqualTo("12345");
    assertThat(
            text(
                Multipart.read(TYPE, body.replace(": 3", ": 999999").getBytes(ISO_8859_1))
                    .getFirst()))
        .isEqualTo("12345");
  }

  @Test
  void readsToTheEndWithoutAClosingBoundary() throws Unreadable {
    assertThat(text(Multipart.read(TYPE, "--abc\r\n\r\n12345".getBytes(ISO_8859_1)).getFirst()))
        .isEqualTo("12345");
  }

  @Test
  void takesTheBoundaryQuotedOrWithItsHyphens() throws Unreadable {
    byte[] body = "--abc\n\n1\n--abcd\n--abc--\n".getBytes(ISO_8859_1);

    for (String type :
        List.of("multipart/mixed; boundary=\"abc\"", "Multipart/Mixed;Boundary=--abc;x=y")) {
      assertThat(Multipart.is(type, body)).isTrue();
      assertThat(text(Multipart.read(type, body).getFirst())).isEqualTo("1\n--abcd");
    }
    assertThat(Multipart.is("application/xml", "<a/>".getBytes(ISO_8859_1))).isFalse();
  }

  /** Cameras name another boundary or type than they use, or none. */
  @Test
  void takesTheBoundaryOfTheBodyWhereTheContentTypeNamesAnother() throws Unreadable {
    byte[] body = "\r\n--abc\r\nA: b\r\n\r\n<a/>\r\n--abc--".getBytes(ISO_8859_1);

    for (String type :
        List.of("", "application/xml", "multipart/mixed", "multipart/mixed; boundary=other")) {
      assertThat(Multipart.is(type, body)).isTrue();
      assertThat(text(Multipart.read(type, body).getFirst())).as(type).isEqualTo("<a/>");
    }
    assertThat(text(Multipart.read(TYPE, "\n{\"a\":1}".getBytes(ISO_8859_1)).getFirst()))
        .as("a document without parts")
        .contains("{\"a\":1}");
    for (String text : List.of("--", "-- abc\n", "--abc", "--" + "a".repeat(72) + "\n", "{}")) {
      assertThat(Multipart.is("text/plain", text.getBytes(ISO_8859_1))).as(text).isFalse();
    }
  }

  @Test
  void refusesTheRestWithASentence() {
    assertThat(refusal("multipart/mixed", "abc\n\n1").reason())
        .isEqualTo(RefusalReason.MISSING_FIELD);
    assertThat(refusal("multipart/mixed; boundary=" + "a".repeat(71), "").detail()).contains("70");
    assertThat(refusal(TYPE, "no boundary").detail()).contains("is not in it");
    assertThat(refusal(TYPE, "--abc--").reason()).isEqualTo(RefusalReason.NOTHING_IN_IT);
    assertThat(refusal(TYPE, "--abc\n\n1\n".repeat(33)).reason())
        .isEqualTo(RefusalReason.TOO_LARGE);
    assertThat(refusal(TYPE, "--abc\n" + "a: b\n".repeat(33) + "\n1").detail()).contains("part 1");
    assertThat(refusal(TYPE, "--abc\na: " + "b".repeat(1_100) + "\n\n1").detail()).contains("1024");
    assertThat(refusal(TYPE, "--abc\nno colon\n\n1").detail()).contains("colon");
  }

  private static String text(Part part) {
    return new String(part.body(), ISO_8859_1);
  }

  private static Refusal refusal(String type, String body) {
    return catchThrowableOfType(
            Unreadable.class, () -> Multipart.read(type, body.getBytes(ISO_8859_1)))
        .refusal();
  }
}
