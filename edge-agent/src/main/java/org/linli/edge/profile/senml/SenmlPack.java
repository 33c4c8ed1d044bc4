package org.linli.edge.profile.senml;

import java.util.Map;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.DocumentFaults;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.CborCheck;
import org.linli.edge.profile.format.CheckedCbor;
import org.linli.edge.profile.format.Json;
import org.linli.edge.profile.format.JsonLimits;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Parses the bytes of a pack, in JSON or CBOR, into an array. */
final class SenmlPack {

  private static final JsonLimits LIMITS = new JsonLimits(8, Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final CBORMapper CBOR =
      CBORMapper.builder().enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY).build();

  /** RFC 8428 section 6, table 4, and section 12.2. */
  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("-1", Labels.BASE_VERSION),
          Map.entry("-2", Labels.BASE_NAME),
          Map.entry("-3", Labels.BASE_TIME),
          Map.entry("-4", Labels.BASE_UNIT),
          Map.entry("-5", Labels.BASE_VALUE),
          Map.entry("-6", Labels.BASE_SUM),
          Map.entry("0", Labels.NAME),
          Map.entry("1", Labels.UNIT),
          Map.entry("2", Labels.VALUE),
          Map.entry("3", Labels.STRING_VALUE),
          Map.entry("4", Labels.BOOLEAN_VALUE),
          Map.entry("5", Labels.SUM),
          Map.entry("6", Labels.TIME),
          Map.entry("7", Labels.UPDATE_TIME),
          Map.entry("8", Labels.DATA_VALUE));

  private SenmlPack() {}

  /** The text label for a label from the parser, which gives integers as their digits. */
  static String label(String parsed, boolean cbor) {
    return cbor ? LABELS.getOrDefault(parsed, parsed) : parsed;
  }

  /**
   * An array of at least one record.
   *
   * @param faults takes what is wrong with it, if it is read all the same
   * @throws Unreadable if it is something else
   */
  static JsonNode read(byte[] bytes, boolean cbor, DocumentFaults faults) throws Unreadable {
    JsonNode pack = cbor ? readCbor(bytes, faults) : Json.read(bytes, faults);
    if (!pack.isArray()) {
      throw new Unreadable(
          RefusalReason.BAD_FIELD, "a pack of SenML is an array of records (RFC 8428 section 5)");
    }
    if (pack.isEmpty()) {
      throw new Unreadable(RefusalReason.NOTHING_IN_IT, "the pack of SenML holds no record");
    }
    return pack;
  }

  static JsonNode readCbor(byte[] bytes, DocumentFaults faults) throws Unreadable {
    if (bytes.length == 0) {
      throw new Unreadable(RefusalReason.NOT_CBOR, "the message is empty");
    }
    CheckedCbor checked = CborCheck.checkSenml(bytes, LIMITS);
    for (Unreadable broken : checked.beside()) {
      faults.malformed(broken);
      faults.lacks(broken);
    }
    try {
      return CBOR.readTree(checked.bytes());
    } catch (JacksonException malformed) {
      throw new Unreadable(
          RefusalReason.NOT_CBOR,
          "the message is CBOR that cannot be read, such as a map with a label that comes twice");
    }
  }
}
