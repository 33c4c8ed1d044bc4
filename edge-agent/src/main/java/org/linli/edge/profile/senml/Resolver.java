package org.linli.edge.profile.senml;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.DeviceTimes;
import org.linli.program.Shown;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Applies the base fields of a pack to its records (RFC 8428 section 4.6): it joins names, adds
 * base units and values, and makes times absolute. Base fields apply from the record that has them
 * on. A record with nothing but base fields resolves to none.
 */
final class Resolver {

  private static final int VERSION = 10;

  /** Limited because a base name is repeated in every name. */
  private static final int LONGEST_NAME = 1_024;

  /** Section 4.5.3: smaller times are relative to now. */
  private static final double ABSOLUTE = 1L << 28;

  private final double now;
  private final List<ResolvedRecord> resolved = new ArrayList<>();
  private String baseName = "";

  /** Why the base name is not known; null if it is. */
  private @Nullable Unreadable noName;

  private double baseTime;

  /** Why the base time is not known; null if it is. */
  private @Nullable Unreadable baseClock;

  private @Nullable String baseUnit;
  private @Nullable JsonNode baseValue;

  /** Why the base value or sum is not known; null if it is. */
  private @Nullable Unreadable noBase;

  private @Nullable Double baseSum;
  private @Nullable Integer version;

  /** Whether a version was told that is not read here. */
  private boolean isOfAnotherVersion;

  private Resolver(Instant now) {
    this.now = now.getEpochSecond() + now.getNano() / 1e9;
  }

  /** A record that breaks a rule. */
  private record Broken(Unreadable why, JsonNode record) {}

  /**
   * Resolves all records of a pack.
   *
   * @param pack an array
   * @param cbor whether its labels may be the integers of CBOR
   * @param now the base of relative times
   * @param bad takes each record that breaks a rule, if there are others
   * @throws Unreadable if no record can be read: at the first, with its number from 1; or if the
   *     pack needs something that is not understood here
   */
  static List<ResolvedRecord> resolve(
      JsonNode pack, boolean cbor, Instant now, BiConsumer<Unreadable, JsonNode> bad)
      throws Unreadable {
    Resolver resolver = new Resolver(now);
    List<Broken> broken = new ArrayList<>();
    for (int i = 0; i < pack.size(); i++) {
      JsonNode each = pack.get(i);
      SenmlRecord.requireUnderstood(i + 1, each, cbor);
      try {
        SenmlRecord record = new SenmlRecord(i + 1, each, cbor);
        resolver.add(record);
      } catch (Unreadable unreadable) {
        if (resolver.isOfAnotherVersion) {
          throw unreadable;
        }
        broken.add(new Broken(unreadable, each));
      }
    }
    if (resolver.resolved.isEmpty() && !broken.isEmpty()) {
      throw broken.getFirst().why();
    }
    broken.forEach(each -> bad.accept(each.why(), each.record()));
    return resolver.resolved;
  }

  private void add(SenmlRecord record) throws Unreadable {
    Unreadable broken = bases(record);
    version(record);
    if (broken != null) {
      throw broken;
    }
    if (record.isOnlyBase()) {
      return;
    }
    String own = record.text(Labels.NAME);
    String name = withoutSlash(name(record, own == null ? "" : own));
    try {
      resolved.add(resolved(record, name));
    } catch (Unreadable unreadable) {
      throw new Unreadable(
          unreadable.refusal().reason(),
          unreadable.refusal().detail() + " (of " + Shown.text(own == null ? name : own) + ")",
          unreadable.defect());
    }
  }

  private ResolvedRecord resolved(SenmlRecord record, String name) throws Unreadable {
    String kind = kind(record);
    Double sum = sum(record);
    if (kind == null && sum == null) {
      throw record.missing("has neither a value (v, vs, vb or vd) nor a sum (s)");
    }
    String unit = record.text(Labels.UNIT);
    double time = now;
    Unreadable clock = baseClock;
    try {
      time = clock == null ? time(record) : now;
    } catch (Unreadable unreadable) {
      clock = unreadable;
    }
    return new ResolvedRecord(
        withoutSlash(baseName),
        name,
        unit == null ? baseUnit : unit,
        time,
        clock,
        kind,
        kind == null ? null : value(record, kind),
        sum,
        record.real(Labels.UPDATE_TIME),
        record.others());
  }

  /** Applies the base fields, and gives the first of them that cannot be read; null for none. */
  private @Nullable Unreadable bases(SenmlRecord record) {
    Unreadable broken = null;
    try {
      String name = record.text(Labels.BASE_NAME);
      baseName = name == null ? baseName : name;
      noName = name == null ? noName : null;
    } catch (Unreadable unreadable) {
      noName = unreadable;
      broken = unreadable;
    }
    try {
      Double time = record.real(Labels.BASE_TIME);
      baseTime = time == null ? baseTime : time;
      baseClock = time == null ? baseClock : null;
    } catch (Unreadable unreadable) {
      baseClock = unreadable;
    }
    try {
      String unit = record.text(Labels.BASE_UNIT);
      baseUnit = unit == null ? baseUnit : unit;
    } catch (Unreadable unreadable) {
      baseUnit = null;
      broken = broken == null ? unreadable : broken;
    }
    try {
      JsonNode value = record.number(Labels.BASE_VALUE);
      baseValue = value == null ? baseValue : value;
      Double sum = record.real(Labels.BASE_SUM);
      baseSum = sum == null ? baseSum : sum;
      noBase = value == null && sum == null ? noBase : null;
    } catch (Unreadable unreadable) {
      noBase = unreadable;
      broken = broken == null ? unreadable : broken;
    }
    return broken;
  }

  private void version(SenmlRecord record) throws Unreadable {
    if (!record.has(Labels.BASE_VERSION)) {
      return;
    }
    isOfAnotherVersion = true;
    JsonNode said = record.number(Labels.BASE_VERSION);
    if (said == null || !said.isIntegralNumber() || said.doubleValue() < 1) {
      throw record.bad(Labels.BASE_VERSION, "is not a whole number from 1");
    }
    if (said.doubleValue() > VERSION) {
      throw record.bad(
          Labels.BASE_VERSION,
          "is later than version " + VERSION + ", which is the one that is read here");
    }
    if (version != null && version != said.intValue()) {
      throw record.bad(Labels.BASE_VERSION, "is not the version of the records before it");
    }
    version = said.intValue();
    isOfAnotherVersion = false;
  }

  private static @Nullable String kind(SenmlRecord record) throws Unreadable {
    String kind = null;
    for (String label : Labels.VALUES) {
      if (record.has(label)) {
        if (kind != null) {
          throw record.bad(label, "is a second value beside " + kind + "; a record has one");
        }
        kind = label;
      }
    }
    return kind;
  }

  private @Nullable Double sum(SenmlRecord record) throws Unreadable {
    if (noBase != null) {
      throw noBase;
    }
    Double sum = record.real(Labels.SUM);
    if (baseSum == null) {
      return sum;
    }
    return sum == null ? baseSum : finite(record, Labels.SUM, baseSum + sum);
  }

  private JsonNode value(SenmlRecord record, String kind) throws Unreadable {
    JsonNode value = record.value(kind);
    return switch (kind) {
      case Labels.VALUE -> added(record, value);
      case Labels.DATA_VALUE -> data(record, value);
      default -> value;
    };
  }

  private JsonNode added(SenmlRecord record, JsonNode value) throws Unreadable {
    if (baseValue == null) {
      return value;
    }
    if (value.canConvertToInt() && baseValue.canConvertToInt()) {
      if (value.isIntegralNumber() && baseValue.isIntegralNumber()) {
        return JsonNodeFactory.instance.numberNode(value.longValue() + baseValue.longValue());
      }
    }
    return JsonNodeFactory.instance.numberNode(
        finite(record, Labels.VALUE, value.doubleValue() + baseValue.doubleValue()));
  }

  private static double finite(SenmlRecord record, String label, double sum) throws Unreadable {
    if (!Double.isFinite(sum)) {
      throw record.bad(label, "is not finite together with its base");
    }
    return sum;
  }

  /** Section 5: base64url without padding in JSON; section 6: a byte string in CBOR. */
  private static JsonNode data(SenmlRecord record, JsonNode value) throws Unreadable {
    if (value.isBinary()) {
      return JsonNodeFactory.instance.stringNode(
          Base64.getUrlEncoder().withoutPadding().encodeToString(value.binaryValue()));
    }
    try {
      Base64.getUrlDecoder().decode(value.stringValue());
    } catch (IllegalArgumentException notBase64) {
      throw record.bad(Labels.DATA_VALUE, "is not base64url (RFC 4648 section 5)");
    }
    return value;
  }

  private double time(SenmlRecord record) throws Unreadable {
    Double own = record.real(Labels.TIME);
    double time = baseTime + (own == null ? 0 : own);
    double absolute = time < ABSOLUTE ? now + time : time;
    DeviceTimes.ofSeconds(record.place() + Labels.TIME, absolute);
    return absolute;
  }

  private static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /**
   * Section 4.5.1. A name may begin with a slash, as LwM2M writes the path of a resource , although
   * RFC 8428 does not allow it.
   */
  private String name(SenmlRecord record, String own) throws Unreadable {
    if (noName != null) {
      throw noName;
    }
    if (baseName.length() + own.length() > LONGEST_NAME) {
      throw record.bad(
          Labels.NAME, "is longer than " + LONGEST_NAME + " characters with its base name");
    }
    String name = baseName + own;
    if (name.isEmpty()) {
      throw record.missing("has no name: n, or bn here or before");
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!alphanumeric && (i == 0 ? c != '/' : "-:./_".indexOf(c) < 0)) {
        throw record.bad(
            Labels.NAME,
            "a name has A-Z, a-z, 0-9 and - : . / _ and begins with a letter, a digit or the slash of LwM2M (RFC 8428 section 4.5.1), U+%04X is none of them"
                .formatted((int) c));
      }
    }
    return name;
  }
}
