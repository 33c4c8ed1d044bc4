package org.linli.sims.equipment;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.linli.event.Kind;
import org.linli.sims.link.Letter;
import org.linli.sims.link.Media;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Four boxes that send packs of readings (RFC 8428), in JSON or in CBOR. */
final class SenmlBoxes implements Dialect {

  private static final int BOXES = 4;

  private final Piece piece;
  private final boolean cbor;
  private int turn;

  private SenmlBoxes(Piece piece, boolean cbor) {
    this.piece = piece;
    this.cbor = cbor;
  }

  static Dialect inJson(Piece piece) {
    return new SenmlBoxes(piece, false);
  }

  static Dialect inCbor(Piece piece) {
    return new SenmlBoxes(piece, true);
  }

  @Override
  public Message next(Mark mark, Instant now) {
    int box = 1 + turn++ % BOXES;
    String device = piece.name() + "-box-" + box;
    double celsius = piece.around(21, 4, 2);
    int humidity = piece.between(30, 80);
    String base = "urn:dev:mac:0024befffe80%04x_".formatted(piece.number() * BOXES + box);
    Letter letter =
        cbor
            ? new Letter(
                "linli/environment/" + device,
                Media.SENML_CBOR,
                cbor(base, now, celsius, humidity, mark))
            : new Letter(
                "linli/environment/" + device,
                Media.SENML_JSON,
                json(base, now, celsius, humidity, mark));
    return new Message(
        letter,
        Expectation.measured(Kind.ENVIRONMENT, device, mark)
            .with("celsius", celsius)
            .with("humidity", humidity));
  }

  private static byte[] json(String base, Instant now, double celsius, int humidity, Mark mark) {
    ArrayNode pack = JsonMapper.shared().createArrayNode();
    pack.addObject()
        .put("bn", base)
        .put("bt", now.toEpochMilli() / 1_000.0)
        .put("n", "celsius")
        .put("u", "Cel")
        .put("v", celsius);
    pack.addObject().put("n", "humidity").put("u", "%RH").put("v", humidity);
    pack.addObject().put("n", Expectation.MESSAGE).put("vs", mark.text());
    return Json.bytes(pack);
  }

  /** Labels are numbers (section 6), written as short as possible (RFC 8949 section 4.1). */
  private static byte[] cbor(String base, Instant now, double celsius, int humidity, Mark mark) {
    Cbor pack = new Cbor();
    pack.array(3);
    pack.map(5).number(-2).text(base).number(-3).real(now.toEpochMilli() / 1_000.0);
    pack.number(0).text("celsius").number(1).text("Cel").number(2).real(celsius);
    pack.map(3).number(0).text("humidity").number(1).text("%RH").number(2).number(humidity);
    pack.map(2).number(0).text(Expectation.MESSAGE).number(3).text(mark.text());
    return pack.out.toByteArray();
  }

  /** The part of RFC 8949 that a pack needs. */
  private static final class Cbor {

    private static final int NEGATIVE = 1;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int DOUBLE = 0xFB;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    void array(int length) {
      head(ARRAY, length);
    }

    Cbor map(int pairs) {
      return head(MAP, pairs);
    }

    Cbor number(int number) {
      return number < 0 ? head(NEGATIVE, -1 - number) : head(0, number);
    }

    Cbor text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      head(TEXT, bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    Cbor real(double number) {
      out.write(DOUBLE);
      out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
      return this;
    }

    private Cbor head(int major, int value) {
      if (value < 24) {
        out.write(major << 5 | value);
      } else if (value < 256) {
        out.write(major << 5 | 24);
        out.write(value);
      } else {
        out.write(major << 5 | 25);
        out.write(value >> 8);
        out.write(value);
      }
      return this;
    }
  }
}
