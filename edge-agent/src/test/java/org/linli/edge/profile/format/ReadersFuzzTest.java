package org.linli.edge.profile.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.parallel.Isolated;
import org.linli.edge.profile.Unreadable;

/**
 * Looks for bytes that the readers of XML, multipart, CBOR and JSON cannot stand. The build runs it
 * with {@code JAZZER_FUZZ=1}; anywhere else it tries the kept inputs only.
 */
@Isolated("its agent sees every class")
class ReadersFuzzTest {

  private static final JsonLimits LIMITS = new JsonLimits(8, 1_024, 400);

  /** One of them. */
  private interface Reader {
    void read(byte[] bytes) throws Unreadable;
  }

  @FuzzTest(maxDuration = "4s")
  void readsOrRefusesWhateverTheBytesAre(byte[] bytes) {
    readsOrRefuses(Xml::read, bytes);
    readsOrRefuses(all -> Multipart.read("multipart/form-data; boundary=b", all), bytes);
    readsOrRefuses(all -> CborCheck.checkSenml(all, LIMITS), bytes);
    readsOrRefuses(Json::read, bytes);
    readsOrRefuses(Json::scalar, bytes);
    readsOrRefuses(ScalarPayload::read, bytes);
    readsOrRefuses(all -> Xml.read(all, new TestFaults()), bytes);
    readsOrRefuses(all -> Json.read(all, new TestFaults()), bytes);
    readsOrRefuses(all -> JsonMender.mend(all, JsonLimits.USUAL, true), bytes);
    isJsonOnceItIsMended(bytes);
  }

  private static void isJsonOnceItIsMended(byte[] bytes) {
    MendedJson mended = JsonMender.mend(bytes, JsonLimits.USUAL, false);
    if (mended != null) {
      try {
        Json.read(mended.json());
      } catch (Unreadable still) {
        throw new AssertionError(still.refusal().detail(), still);
      }
    }
  }

  private static void readsOrRefuses(Reader reader, byte[] bytes) {
    try {
      reader.read(bytes);
    } catch (Unreadable refused) {
      assertThat(refused.refusal().detail()).isNotBlank().hasSizeLessThan(1_000);
    }
  }
}
