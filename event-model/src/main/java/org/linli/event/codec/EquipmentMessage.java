package org.linli.event.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.linli.event.DeviceId;
import org.linli.event.Digest;
import org.linli.event.EquipmentReport;
import org.linli.event.EventType;
import org.linli.event.GatewayId;
import org.linli.event.RegistryVersion;
import org.linli.event.SampleValue;
import org.linli.event.UnregisteredEquipment;
import org.linli.event.UnregisteredEquipment.KindFrom;
import org.linli.event.wire.ColumnsWire;
import org.linli.event.wire.EquipmentWire;

/** Writes and reads the message within the frame of {@link EquipmentReportCodec}. */
final class EquipmentMessage {

  private static final int VERSION = 1;
  private static final String WHAT = "the report of equipment";

  private EquipmentMessage() {}

  static byte[] write(EquipmentReport report) {
    WireBuffer message = new WireBuffer(256 * (report.unregistered().size() + 1));
    message.number(EquipmentWire.EquipmentReport.VERSION_FIELD_NUMBER, VERSION);
    message.text(
        EquipmentWire.EquipmentReport.GATEWAY_FIELD_NUMBER, report.gateway().value(), false);
    RegistryVersion holds = report.holds();
    if (holds != null) {
      message.number(EquipmentWire.EquipmentReport.EPOCH_FIELD_NUMBER, holds.epoch());
      message.number(EquipmentWire.EquipmentReport.NUMBER_FIELD_NUMBER, holds.number());
      message.bytes(EquipmentWire.EquipmentReport.DIGEST_FIELD_NUMBER, holds.digest().bytes());
    }
    String problem = report.problem();
    message.text(
        EquipmentWire.EquipmentReport.PROBLEM_FIELD_NUMBER, problem == null ? "" : problem, true);
    for (UnregisteredEquipment each : report.unregistered()) {
      message.nested(EquipmentWire.EquipmentReport.UNREGISTERED_FIELD_NUMBER, write(each));
    }
    return message.toByteArray();
  }

  private static WireBuffer write(UnregisteredEquipment each) {
    WireBuffer written = new WireBuffer(256);
    written.text(EquipmentWire.Unregistered.DEVICE_FIELD_NUMBER, each.device().value(), false);
    written.text(EquipmentWire.Unregistered.PROFILE_FIELD_NUMBER, each.profile(), false);
    written.text(EquipmentWire.Unregistered.ADDRESS_FIELD_NUMBER, each.address(), false);
    written.number(EquipmentWire.Unregistered.KIND_FIELD_NUMBER, WireKind.number(each.kind()));
    written.number(EquipmentWire.Unregistered.KIND_FROM_FIELD_NUMBER, number(each.kindFrom()));
    written.text(EquipmentWire.Unregistered.TYPE_FIELD_NUMBER, each.type().value(), false);
    for (SampleValue value : each.sample()) {
      WireBuffer sample = new WireBuffer(64);
      sample.text(EquipmentWire.SampleValue.KEY_FIELD_NUMBER, value.key(), false);
      sample.number(EquipmentWire.SampleValue.FORM_FIELD_NUMBER, number(value.form()));
      sample.text(EquipmentWire.SampleValue.SHOWN_FIELD_NUMBER, value.shown(), true);
      written.nested(EquipmentWire.Unregistered.VALUES_FIELD_NUMBER, sample);
    }
    written.number(
        EquipmentWire.Unregistered.FIRST_HEARD_FIELD_NUMBER, each.firstHeard().toEpochMilli());
    written.number(
        EquipmentWire.Unregistered.LAST_HEARD_FIELD_NUMBER, each.lastHeard().toEpochMilli());
    written.number(EquipmentWire.Unregistered.COUNT_FIELD_NUMBER, each.count());
    return written;
  }

  static EquipmentReport read(byte[] bytes) throws MalformedException {
    WireCursor message = new WireCursor(WHAT, bytes);
    WireVersion.require(message, VERSION, WHAT, "hub");
    String gateway = "";
    long epoch = 0;
    long number = 0;
    byte[] digest = {};
    String problem = "";
    List<UnregisteredEquipment> unregistered = new ArrayList<>();
    while (!message.atEnd()) {
      switch (message.field()) {
        case EquipmentWire.EquipmentReport.GATEWAY_FIELD_NUMBER ->
            gateway = message.text("gateway");
        case EquipmentWire.EquipmentReport.EPOCH_FIELD_NUMBER -> epoch = message.number("epoch");
        case EquipmentWire.EquipmentReport.NUMBER_FIELD_NUMBER -> number = message.number("number");
        case EquipmentWire.EquipmentReport.DIGEST_FIELD_NUMBER -> digest = message.bytes("digest");
        case EquipmentWire.EquipmentReport.PROBLEM_FIELD_NUMBER ->
            problem = message.text("problem");
        case EquipmentWire.EquipmentReport.UNREGISTERED_FIELD_NUMBER -> {
          if (unregistered.size() == EquipmentReport.MAX_UNREGISTERED) {
            throw new MalformedException(
                "unregistered has more than " + EquipmentReport.MAX_UNREGISTERED + " entries");
          }
          unregistered.add(unregistered(message.nested("unregistered")));
        }
        default -> message.skip();
      }
    }
    return new EquipmentReport(
        new GatewayId(gateway),
        epoch == 0 ? null : new RegistryVersion(epoch, number, new Digest(digest)),
        problem.isEmpty() ? null : problem,
        unregistered);
  }

  private static UnregisteredEquipment unregistered(WireCursor each) throws MalformedException {
    String device = "";
    String profile = "";
    String address = "";
    int kind = 0;
    int kindFrom = 0;
    String type = "";
    List<SampleValue> values = new ArrayList<>();
    long firstHeard = 0;
    long lastHeard = 0;
    long count = 0;
    while (!each.atEnd()) {
      switch (each.field()) {
        case EquipmentWire.Unregistered.DEVICE_FIELD_NUMBER -> device = each.text("device");
        case EquipmentWire.Unregistered.PROFILE_FIELD_NUMBER -> profile = each.text("profile");
        case EquipmentWire.Unregistered.ADDRESS_FIELD_NUMBER -> address = each.text("address");
        case EquipmentWire.Unregistered.KIND_FIELD_NUMBER ->
            kind = each.number("kind", Integer.MAX_VALUE);
        case EquipmentWire.Unregistered.KIND_FROM_FIELD_NUMBER ->
            kindFrom = each.number("kind_from", Integer.MAX_VALUE);
        case EquipmentWire.Unregistered.TYPE_FIELD_NUMBER -> type = each.text("type");
        case EquipmentWire.Unregistered.VALUES_FIELD_NUMBER -> {
          if (values.size() == UnregisteredEquipment.MAX_VALUES) {
            throw new MalformedException(
                "values has more than " + UnregisteredEquipment.MAX_VALUES + " entries");
          }
          values.add(value(each.nested("values")));
        }
        case EquipmentWire.Unregistered.FIRST_HEARD_FIELD_NUMBER ->
            firstHeard = each.number("first_heard");
        case EquipmentWire.Unregistered.LAST_HEARD_FIELD_NUMBER ->
            lastHeard = each.number("last_heard");
        case EquipmentWire.Unregistered.COUNT_FIELD_NUMBER -> count = each.number("count");
        default -> each.skip();
      }
    }
    return new UnregisteredEquipment(
        new DeviceId(device),
        profile,
        address,
        WireKind.of(kind),
        kindFrom(kindFrom),
        new EventType(type),
        values,
        Instant.ofEpochMilli(firstHeard),
        Instant.ofEpochMilli(lastHeard),
        count);
  }

  private static SampleValue value(WireCursor value) throws MalformedException {
    String key = "";
    int form = 0;
    String shown = "";
    while (!value.atEnd()) {
      switch (value.field()) {
        case EquipmentWire.SampleValue.KEY_FIELD_NUMBER -> key = value.text("key");
        case EquipmentWire.SampleValue.FORM_FIELD_NUMBER ->
            form = value.number("form", Integer.MAX_VALUE);
        case EquipmentWire.SampleValue.SHOWN_FIELD_NUMBER -> shown = value.text("shown");
        default -> value.skip();
      }
    }
    return new SampleValue(key, form(form), shown);
  }

  private static int number(KindFrom from) {
    return switch (from) {
      case ADDRESS -> EquipmentWire.KindFrom.KIND_FROM_ADDRESS_VALUE;
      case PROFILE -> EquipmentWire.KindFrom.KIND_FROM_PROFILE_VALUE;
    };
  }

  private static KindFrom kindFrom(int number) throws MalformedException {
    return switch (number) {
      case EquipmentWire.KindFrom.KIND_FROM_ADDRESS_VALUE -> KindFrom.ADDRESS;
      case EquipmentWire.KindFrom.KIND_FROM_PROFILE_VALUE -> KindFrom.PROFILE;
      default -> throw new MalformedException("kind_from is " + number);
    };
  }

  private static int number(SampleValue.Form form) {
    return switch (form) {
      case WHOLE -> ColumnsWire.Column.Form.FORM_WHOLE_VALUE;
      case REAL -> ColumnsWire.Column.Form.FORM_REAL_VALUE;
      case TRUTH -> ColumnsWire.Column.Form.FORM_TRUTH_VALUE;
      case TEXT -> ColumnsWire.Column.Form.FORM_TEXT_VALUE;
    };
  }

  private static SampleValue.Form form(int number) throws MalformedException {
    return switch (number) {
      case ColumnsWire.Column.Form.FORM_WHOLE_VALUE -> SampleValue.Form.WHOLE;
      case ColumnsWire.Column.Form.FORM_REAL_VALUE -> SampleValue.Form.REAL;
      case ColumnsWire.Column.Form.FORM_TRUTH_VALUE -> SampleValue.Form.TRUTH;
      case ColumnsWire.Column.Form.FORM_TEXT_VALUE -> SampleValue.Form.TEXT;
      default -> throw new MalformedException("form of a value is " + number);
    };
  }
}
