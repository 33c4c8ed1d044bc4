package org.linli.edge.intake.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.linli.edge.intake.coap.RawCoap.BLOCK1;
import static org.linli.edge.intake.coap.RawCoap.CON;
import static org.linli.edge.intake.coap.RawCoap.CONTENT_FORMAT;
import static org.linli.edge.intake.coap.RawCoap.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.linli.edge.intake.coap.RawCoap.Answer;
import org.linli.edge.intake.coap.RawCoap.Option;

/** Blockwise uploads of CoAP clients in the field (RFC 7959), told apart by RFC 9175. */
class CoapUploadsTest extends CoapDeviceTests {

  private static final int REQUEST_TAG = 292;

  @Test
  void tellsFortyUploadsApartByTheirRequestTags() throws IOException {
    int uploads = 40;
    int blocks = 3;
    List<int[]> turns = new ArrayList<>();
    for (int upload = 0; upload < uploads; upload++) {
      for (int block = 0; block < blocks; block++) {
        turns.add(new int[] {upload, block});
      }
    }
    Collections.shuffle(turns, new Random(7));
    int[] next = new int[uploads];
    int id = 1_000;
    for (int[] turn : turns) {
      int upload = turn[0];
      int block = next[upload]++;
      Answer answer =
          device.exchange(
              block(id++, "/linli/access/tagged-1", body(upload), block, blocks, upload));
      assertThat(answer.code()).isEqualTo(block == blocks - 1 ? "2.04" : "2.31");
    }

    assertThat(gateway.kept("tagged-1"))
        .extracting(event -> String.valueOf(event.values().byName().get("n")))
        .hasSize(uploads)
        .doesNotHaveDuplicates();
  }

  /** Its dead letter has its beginning, and not the block at which it became too large. */
  @Test
  void callsForAWordInTheFirstBlockOfAnUploadThatGrowsTooLarge() throws IOException {
    String first = "{\"values\":{\"smoke\":true,\"t\":\"";
    long before = gateway.calls();
    for (int number = 0; number <= 64; number++) {
      String block = number == 0 ? first + "x".repeat(1_024 - first.length()) : "y".repeat(1_024);
      Answer answer =
          device.exchange(
              post(
                  CON,
                  5_000 + number,
                  "0d",
                  "/linli/access/large-9",
                  block,
                  Option.number(CONTENT_FORMAT, 50),
                  Option.number(BLOCK1, number << 4 | 8 | 6)));
      assertThat(answer.code()).isEqualTo(number == 64 ? "4.13" : "2.31");
    }

    assertThat(gateway.lastDeadLetter().sample())
        .asString(StandardCharsets.UTF_8)
        .startsWith(first)
        .hasSize(1_024);
    assertThat(gateway.calls()).isEqualTo(before + 1);
  }

  private static String body(int upload) {
    String beginning =
        "{\"type\":\"measurement\",\"values\":{\"t\":\"%s\",\"n\":%d"
            .formatted(Character.toString('a' + upload % 26).repeat(120), upload);
    return beginning + " ".repeat(3 * 64 - 2 - beginning.length()) + "}}";
  }

  private static byte[] block(
      int id, String path, String body, int number, int blocks, int tag, Option... more) {
    return post(
        CON,
        id,
        "cc",
        path,
        body.substring(number * 64, (number + 1) * 64),
        Stream.concat(
                Stream.of(
                    Option.number(CONTENT_FORMAT, 50),
                    Option.number(BLOCK1, number << 4 | (number < blocks - 1 ? 8 : 0) | 2),
                    new Option(REQUEST_TAG, new byte[] {(byte) tag})),
                Stream.of(more))
            .toArray(Option[]::new));
  }

  /** RFC 9175 section 2.2.1: a client repeats the newest Echo value, also within an upload. */
  @Test
  void takesBlocksWithDifferentEchoesForOneUpload() throws IOException {
    for (int block = 0; block < 3; block++) {
      Answer answer =
          device.exchange(
              block(
                  2_000 + block,
                  "/linli/access/echo-1",
                  body(1),
                  block,
                  3,
                  1,
                  Option.text(ECHO, "e" + block)));
      assertThat(answer.code()).isEqualTo(block == 2 ? "2.04" : "2.31");
    }
    assertThat(gateway.kept("echo-1")).hasSize(1);
  }

  @Test
  void neverMixesAnUploadWithoutATagWithOneOfAnEmptyTag() throws IOException {
    String path = "/linli/access/untagged-1";
    Option[] first = {Option.number(CONTENT_FORMAT, 50), Option.number(BLOCK1, 0x0a)};
    Option[] tagged = {first[0], first[1], new Option(REQUEST_TAG, new byte[0])};
    assertThat(device.exchange(post(CON, 3_000, "01", path, "x".repeat(64), first)).code())
        .isEqualTo("2.31");
    assertThat(device.exchange(post(CON, 3_001, "02", path, "y".repeat(64), tagged)).code())
        .isEqualTo("2.31");

    Option[] last = {first[0], Option.number(BLOCK1, 0x12)};
    device.exchange(post(CON, 3_002, "03", path, "end", last));

    assertThat(gateway.lastDeadLetter().sample())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("x".repeat(64) + "end");
  }
}
