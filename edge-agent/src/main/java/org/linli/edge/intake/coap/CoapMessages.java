package org.linli.edge.intake.coap;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.eclipse.californium.core.coap.OptionSet;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.coap.Response;
import org.eclipse.californium.elements.util.StringUtil;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.LifeSearch;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.Refusals;
import org.linli.edge.intake.Refusals.Door;
import org.linli.edge.intake.Refusals.Unkept;

/** Converts requests to messages and hands them in, each with the reply to its device. */
final class CoapMessages {

  /** The first segment of the path that events are sent to. */
  static final String ROOT = "linli";

  static final String NOTHING_READS_IT =
      "nothing reads this path; events go to /linli/{kind}/{deviceId}";

  private final Intake intake;
  private final InstantSource clock;
  private final CoapSettings settings;
  private final Refusals refusals;
  private final LifeSearch search;

  CoapMessages(
      Intake intake,
      InstantSource clock,
      CoapSettings settings,
      Refusals refusals,
      LifeSearch search) {
    this.search = search;
    this.intake = intake;
    this.clock = clock;
    this.settings = settings;
    this.refusals = refusals;
  }

  /** Starts processing a complete POST. */
  void take(Request request, Consumer<Response> answer) {
    byte[] payload = payload(request);
    if (payload.length > settings.maxMessageSize().toBytes()) {
      refuse(request, payload.length, tooLarge(payload.length + " bytes"), answer);
      return;
    }
    OptionSet options = request.getOptions();
    List<String> path = segments(options);
    if (path.size() != 3 || !path.getFirst().equals(ROOT)) {
      refuse(
          request,
          payload.length,
          new Refusal(RefusalReason.UNKNOWN_ADDRESS, NOTHING_READS_IT),
          answer);
      return;
    }
    Format format;
    switch (options.getContentFormat()) {
      case MediaTypeRegistry.APPLICATION_JSON, MediaTypeRegistry.UNDEFINED ->
          format = Format.LINLI_JSON;
      case MediaTypeRegistry.APPLICATION_CBOR -> format = Format.LINLI_CBOR;
      case MediaTypeRegistry.APPLICATION_SENML_JSON -> format = Format.SENML_JSON;
      case MediaTypeRegistry.APPLICATION_SENML_CBOR -> format = Format.SENML_CBOR;
      default -> {
        refuse(
            request,
            payload.length,
            new Refusal(
                RefusalReason.UNSUPPORTED_FORMAT,
                "content format %d is not read here; 50 (JSON), 60 (CBOR), 110 (SenML JSON) and 112 (SenML CBOR) are"
                    .formatted(options.getContentFormat())),
            answer);
        return;
      }
    }
    intake.accept(
        new Message(
            source(request),
            new Address.Device(format, path.get(1), path.get(2)),
            payload,
            clock.instant(),
            reply(answer)));
  }

  /**
   * The path, read as small clients write it: the whole of it in the first option, or with a slash
   * at its end, which is an option without a value. A slash in a later option belongs to a name
   * (RFC 7252 section 6.4).
   */
  private static List<String> segments(OptionSet options) {
    List<String> path = options.getUriPath();
    // This way for nearly every request: the streams below allocate 4 kB.
    if (!path.isEmpty() && !path.contains("") && path.getFirst().indexOf('/') < 0) {
      return path;
    }
    return Stream.concat(
            path.stream().limit(1).flatMap(first -> Arrays.stream(first.split("/"))),
            path.stream().skip(1))
        .filter(segment -> !segment.isEmpty())
        .toList();
  }

  /**
   * Makes a dead letter of a request, then answers.
   *
   * @param size of the whole message, of which the request may have only a block
   */
  void refuse(Request request, long size, Refusal refusal, Consumer<Response> answer) {
    refuse(request, payload(request), size, refusal, answer);
  }

  /**
   * As above, of a message in blocks.
   *
   * @param come what came of it
   */
  void refuse(Request request, byte[] come, long size, Refusal refusal, Consumer<Response> answer) {
    byte[] kept = come.length > Beginning.BYTES ? Beginning.of(come, search) : come;
    intake.accept(
        Message.unreadable(source(request), kept, size, clock.instant(), refusal, reply(answer))
            .sentTo(new Address.Topic(request.getOptions().getUriPathString(), "")));
  }

  /** Counts a request that is refused without a dead letter, because it has no data. */
  void refusedEmpty(RefusalReason reason) {
    refusals.count(Door.COAP, reason);
  }

  /**
   * Counts a message whose other blocks are not here or did not come.
   *
   * @param path that it was sent to
   */
  void incomplete(String path) {
    refusals.count(Door.COAP, Unkept.INCOMPLETE, path.substring(path.lastIndexOf('/') + 1));
  }

  Refusal tooLarge(String what) {
    return new Refusal(
        RefusalReason.TOO_LARGE,
        what + ", at most " + settings.maxMessageSize().toBytes() + " bytes are taken");
  }

  private CoapReply reply(Consumer<Response> answer) {
    return new CoapReply(answer, settings);
  }

  private static byte[] payload(Request request) {
    return request.getPayload() == null ? new byte[0] : request.getPayload();
  }

  private static String source(Request request) {
    return "coap://" + StringUtil.toString(request.getSourceContext().getPeerAddress());
  }
}
