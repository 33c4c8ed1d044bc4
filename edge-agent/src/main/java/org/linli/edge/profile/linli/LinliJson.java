package org.linli.edge.profile.linli;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.profile.Addressed;
import org.linli.edge.profile.AddressedFormat;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Unreadable;
import org.linli.edge.profile.format.CborCheck;
import org.linli.edge.profile.format.CborSign;
import org.linli.edge.profile.format.CheckedCbor;
import org.linli.edge.profile.format.JsonLimits;
import org.linli.edge.profile.format.JsonMender;
import org.linli.edge.profile.format.JsonProblem;
import org.linli.edge.profile.format.MendedJson;
import org.linli.edge.profile.format.ReceivedText;
import org.linli.event.DeviceEvent;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.core.ErrorReportConfiguration;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Linli JSON (RFC 8259) and the same in CBOR (RFC 8949): one event, or an array of 1 to {@value
 * #MAX_EVENTS} events. Beside an alarm an entry of the array that is no event becomes a dead
 * letter; otherwise they are taken together or not at all.
 *
 * <pre>
 * {"type":"door.held-open","time":"2026-11-23T05:16:00.123Z","id":"a1b2-17","values":{"seconds":95}}
 * </pre>
 *
 * <p>{@code type} is required. {@code time} is RFC 3339 or a number of milliseconds. If it is
 * missing, or more than 5 minutes ahead or 35 days behind, the gateway's own time is used (delivery
 * contract, point 9), as where it cannot be read. Values are numbers, booleans and strings. A field
 * of any other name, a repeated name, and a null among the values are refused, so that a misspelt
 * {@code value} is found on the first day and not when its history is needed. A message that tells
 * an alarm is taken with what is readable, and marked (decision 0055), also where it is no JSON
 * (decision 0064), or too deep.
 *
 * <p>In CBOR a time may carry tag 0 (its text) or tag 1 (seconds since 1970, whole or not). Byte
 * strings, other tags and names that are not text are refused, naming the field. Beside an alarm
 * they are left out.
 */
@Component
public final class LinliJson implements AddressedFormat {

  /** Most events in one message. */
  public static final int MAX_EVENTS = 1_000;

  private static final JsonLimits LIMITS = new JsonLimits(8, 256, 400);

  /** Longer than a value may be, so that the alarm beside it can be read. */
  private static final int LONGEST_STRING = 1 << 20;

  private static final String NAME = "linli";

  private final MeterRegistry meters;
  private final TokenStreamFactory json;
  private final TokenStreamFactory cbor;

  /** Without a count of what could not be read beside alarms. */
  public LinliJson() {
    this(new SimpleMeterRegistry());
  }

  @Autowired
  public LinliJson(MeterRegistry meters) {
    this.meters = meters;
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(LIMITS.deepest())
            .maxStringLength(LONGEST_STRING)
            .maxNameLength(LIMITS.longestName())
            .maxNumberLength(LIMITS.longestNumber())
            .build();
    ErrorReportConfiguration brief =
        ErrorReportConfiguration.builder().maxErrorTokenLength(16).maxRawContentLength(0).build();
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .errorReportConfiguration(brief)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // Makes NaN a token, so that its refusal can name the field.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();
    this.cbor =
        CBORFactory.builder()
            .streamReadConstraints(limits)
            .errorReportConfiguration(brief)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();
  }

  @Override
  public boolean looksLikeCbor(byte[] payload) {
    return CborSign.isOn(payload);
  }

  @Override
  public Interpreted interpret(Message message) {
    if (!(message.address() instanceof Address.Device address)) {
      throw new IllegalArgumentException("is for somebody else: " + message.address());
    }
    try {
      return read(
          message,
          address.format(),
          Addressed.kind(address.kind()),
          Addressed.device(address.device()));
    } catch (Unreadable unreadable) {
      return new Interpreted.Refused(message, unreadable.refusal());
    }
  }

  private Interpreted read(Message message, Format format, Kind kind, DeviceId device) {
    if (format.isCbor()) {
      try {
        CheckedCbor checked = CborCheck.check(message.said(), LIMITS);
        return read(
            message, format, kind, device, checked.bytes(), events -> events.checked(checked));
      } catch (Unreadable unreadable) {
        return new Interpreted.Refused(message, unreadable.refusal());
      }
    }
    List<Unreadable> before = new ArrayList<>();
    // The parser alone accepts overlong forms (RFC 3629 section 3).
    byte[] document =
        ReceivedText.utf8(message.said(), broken -> before.add(broken.as(RefusalReason.NOT_JSON)));
    Interpreted strictly =
        read(message, format, kind, device, document, events -> before.forEach(events::besideAll));
    if (!(strictly instanceof Interpreted.Refused)) {
      return strictly;
    }
    MendedJson mended = JsonMender.mend(document, LIMITS, true);
    if (mended == null) {
      return strictly;
    }
    Interpreted leniently =
        read(
            message,
            format,
            kind,
            device,
            mended.json(),
            events -> {
              before.forEach(events::besideAll);
              events.mended(mended);
            });
    return leniently instanceof Interpreted.Understood ? leniently : strictly;
  }

  /**
   * @param before tells what is wrong with the document, before its events are read
   */
  private Interpreted read(
      Message message,
      Format format,
      Kind kind,
      DeviceId device,
      byte[] document,
      Consumer<EventParser> before) {
    try (JsonParser parser =
        (format.isCbor() ? cbor : json).createParser(ObjectReadContext.empty(), document)) {
      EventParser events = new EventParser(parser, format, kind, device, message.receivedAt());
      String cut = message.cut();
      if (cut != null) {
        events.noteOfWhole(cut);
      }
      before.accept(events);
      List<DeviceEvent> read = events.read();
      if (events.hasDefects()) {
        meters.counter("linli.profile.defects", "profile", NAME).increment();
      }
      // A mended document in CBOR has the same places, and question marks for what was said.
      boolean isWhole = document.length == message.payload().length;
      byte[] said = format.isCbor() && isWhole ? message.payload() : document;
      return new Interpreted.Understood(message, read, events.unreadPart(message, said));
    } catch (Unreadable unreadable) {
      return new Interpreted.Refused(message, unreadable.refusal());
    } catch (StreamConstraintsException tooLarge) {
      return refused(message, RefusalReason.TOO_LARGE, detail(format, tooLarge));
    } catch (JacksonException malformed) {
      return refused(
          message,
          format.isCbor() ? RefusalReason.NOT_CBOR : RefusalReason.NOT_JSON,
          detail(format, malformed));
    }
  }

  private static Interpreted refused(Message message, RefusalReason reason, String detail) {
    return new Interpreted.Refused(message, new Refusal(reason, detail));
  }

  /** What is wrong, after the place. */
  private static String detail(Format format, JacksonException problem) {
    return FieldParser.where(format, problem.getLocation()) + JsonProblem.said(problem);
  }
}
