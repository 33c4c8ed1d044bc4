package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Address;
import org.linli.edge.intake.Address.Format;
import org.linli.edge.intake.Beginning;
import org.linli.edge.intake.Boundary;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.MessageAnswer;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.StringUtils;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * Accepts {@code POST /linli/{kind}/{deviceId}} with {@code application/json}, {@code
 * application/cbor} or SenML (RFC 8428), and {@code POST /intake/{profile}/{deviceId}} with what a
 * profile reads. It answers 204 once the message is on disk, otherwise a problem (RFC 9457) whose
 * {@code reason} is that of the dead letter.
 */
@RestController
final class HttpDoor {

  private static final int BEGINNING = Beginning.BYTES;

  private static final Refusal IN_QUERY =
      new Refusal(
          RefusalReason.NOTHING_IN_IT,
          "the body is empty; send the event in the body: what the address says is not read");

  private static final List<String> FOR_EVENTS = List.of("/linli/", "/intake/");
  private static final List<String> OWN_PAGES = List.of("/api/", "/actuator/");

  private final HttpIntakeSettings settings;
  private final Bodies bodies;
  private final Intake intake;
  private final InstantSource clock;

  HttpDoor(HttpIntakeSettings settings, Bodies bodies, Intake intake, InstantSource clock) {
    this.settings = settings;
    this.bodies = bodies;
    this.intake = intake;
    this.clock = clock;
  }

  @PostMapping("/linli/{kind}/{device}")
  ResponseEntity<ProblemDetail> post(
      @PathVariable String kind, @PathVariable String device, HttpServletRequest request)
      throws IOException {
    Optional<Format> format = format(request.getContentType());
    return take(
        request,
        format.map(read -> new Address.Device(read, kind, device)),
        new Refusal(
            RefusalReason.UNSUPPORTED_FORMAT,
            "the Content-Type must be application/json, application/cbor, application/senml+json or"
                + " application/senml+cbor"));
  }

  /**
   * For equipment whose format cannot be configured. A request with an Origin header comes from a
   * web page in a browser and is refused.
   */
  @PostMapping("/intake/{profile}/{device}")
  ResponseEntity<ProblemDetail> postToProfile(
      @PathVariable String profile, @PathVariable String device, HttpServletRequest request)
      throws IOException {
    String type = request.getContentType();
    return take(
        request,
        request.getHeader(HttpHeaders.ORIGIN) == null
            ? Optional.of(new Address.ToProfile(profile, device, type == null ? "" : type))
            : Optional.empty(),
        new Refusal(RefusalReason.NOT_ALLOWED, "a web page may not send here"));
  }

  private ResponseEntity<ProblemDetail> take(
      HttpServletRequest request, Optional<? extends Address> address, Refusal otherwise)
      throws IOException {
    bodies.begins();
    try {
      return read(request, address, otherwise);
    } finally {
      bodies.ends();
    }
  }

  private ResponseEntity<ProblemDetail> read(
      HttpServletRequest request, Optional<? extends Address> address, Refusal otherwise)
      throws IOException {
    if (isBeyondAll(request)) {
      return refuseUnread(request);
    }
    if (ContentCoding.isUnknown(request)) {
      return refuse(request, bodies.readBeginning(request), ContentCoding.refusal(request));
    }
    if (address.isEmpty()) {
      return refuse(request, bodies.readBeginning(request), otherwise);
    }
    Address sentTo = address.get();
    int limit = (int) settings.maxMessageSize().toBytes();
    Optional<String> boundary = boundary(sentTo);
    if (boundary.isPresent()) {
      Bodies.Posted posted = bodies.readParts(request, limit, boundary.get());
      return takeIfItFits(request, sentTo, posted, ", without a document that could be kept");
    }
    if (isText(sentTo)) {
      Bodies.Posted posted = bodies.readText(request, limit);
      return takeIfItFits(request, sentTo, posted, ", without a picture that could be cut");
    }
    return takeIfItFits(request, sentTo, bodies.read(request, limit), "");
  }

  /** The boundary that the content type names; a body may still have another one. */
  private static Optional<String> boundary(Address address) {
    return address instanceof Address.ToProfile posted && Boundary.isExpected(posted.contentType())
        ? Boundary.of(posted.contentType()).filter(named -> named.length() <= Boundary.LONGEST)
        : Optional.empty();
  }

  private static boolean isText(Address address) {
    return !(address instanceof Address.Device device) || !device.format().isCbor();
  }

  /**
   * @param lacks what a body needs to be taken although it is larger than the limit, which is for
   *     what is kept of it
   */
  private ResponseEntity<ProblemDetail> takeIfItFits(
      HttpServletRequest request, Address address, Bodies.Posted posted, String lacks) {
    return posted.isTaken()
        ? hand(request, address, posted)
        : refuse(request, posted, tooLarge(size(request, posted) + " bytes" + lacks));
  }

  /** Whether it says that it is larger than anything that is read to its end, or invited. */
  private static boolean isBeyondAll(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length > Bodies.MOST_READ
        || length > Bodies.MOST_INVITED && request.getHeader(HttpHeaders.EXPECT) != null;
  }

  private ResponseEntity<ProblemDetail> refuseUnread(HttpServletRequest request)
      throws IOException {
    byte[] beginning = beginningOf(request);
    return refuse(
        request,
        new Bodies.Posted(beginning, beginning.length, false, false),
        beyondAll(request.getContentLengthLong()));
  }

  private static Refusal beyondAll(long length) {
    return new Refusal(
        RefusalReason.TOO_LARGE,
        length > Bodies.MOST_READ
            ? "%d bytes, at most %d bytes are read".formatted(length, Bodies.MOST_READ)
            : "%d bytes, at most %d bytes are read of a body whose sender asks first; send it without Expect: 100-continue"
                .formatted(length, Bodies.MOST_INVITED));
  }

  /** As far as it is known. */
  private static long size(HttpServletRequest request, Bodies.Posted posted) {
    return Math.max(posted.size(), request.getContentLengthLong());
  }

  private ResponseEntity<ProblemDetail> hand(
      HttpServletRequest request, Address address, Bodies.Posted posted) {
    if (posted.size() == 0 && RequestLine.hasQuery(request)) {
      return refuse(request, posted, IN_QUERY);
    }
    HttpReply reply = handedOn(request);
    return closing(
        posted,
        hand(
            new Message(source(request), address, posted.bytes(), clock.instant(), reply)
                .cutFrom(Math.max(posted.size(), posted.bytes().length)),
            reply));
  }

  /** What was not read to its end ends its connection. */
  private static ResponseEntity<ProblemDetail> closing(
      Bodies.Posted posted, ResponseEntity<ProblemDetail> answer) {
    return posted.isRead()
        ? answer
        : ResponseEntity.status(answer.getStatusCode())
            .headers(answer.getHeaders())
            .header(HttpHeaders.CONNECTION, "close")
            .body(answer.getBody());
  }

  /**
   * Any other path, and any other method with a body. Only the gateway's own pages answer for
   * themselves.
   */
  @RequestMapping(
      path = "/**",
      method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
  ResponseEntity<ProblemDetail> elsewhere(HttpServletRequest request)
      throws IOException, HttpRequestMethodNotSupportedException {
    if (OWN_PAGES.stream().anyMatch(request.getRequestURI()::startsWith)) {
      throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("GET"));
    }
    return refuseElsewhere(request);
  }

  private ResponseEntity<ProblemDetail> refuseElsewhere(HttpServletRequest request)
      throws IOException {
    String method = request.getMethod();
    return refuse(
        request,
        bodies.readBeginning(request),
        method.equals(HttpMethod.POST.name())
            ? new Refusal(
                RefusalReason.UNKNOWN_ADDRESS,
                "nothing reads this path; events go to /linli/{kind}/{deviceId}, or to"
                    + " /intake/{profile}/{deviceId} in the format of a profile")
            : new Refusal(
                RefusalReason.WRONG_METHOD,
                method
                    + " takes no events; POST them to /linli/{kind}/{deviceId} or"
                    + " /intake/{profile}/{deviceId}"));
  }

  /**
   * Nothing can be read but the gateway's own pages, which have paths of their own. A GET where
   * events are posted may be an alarm: some equipment can do nothing else.
   */
  @RequestMapping(
      path = "/**",
      method = {RequestMethod.GET, RequestMethod.HEAD})
  ResponseEntity<ProblemDetail> nothingToRead(HttpServletRequest request)
      throws IOException, HttpRequestMethodNotSupportedException {
    if (FOR_EVENTS.stream().anyMatch(request.getRequestURI()::startsWith)) {
      if (request.getMethod().equals(HttpMethod.GET.name())) {
        return refuseElsewhere(request);
      }
      throw new HttpRequestMethodNotSupportedException(
          request.getMethod(), List.of(HttpMethod.POST.name()));
    }
    return problem(new Refusal(RefusalReason.UNKNOWN_ADDRESS, "nothing is at this path"));
  }

  private ResponseEntity<ProblemDetail> refuse(
      HttpServletRequest request, Bodies.Posted posted, Refusal refusal) {
    HttpReply reply = handedOn(request);
    byte[] kept = posted.bytes();
    long size = size(request, posted);
    if (size <= 0
        && (RequestLine.hasQuery(request) || request.getMethod().equals(HttpMethod.GET.name()))) {
      kept = RequestLine.of(request).getBytes(StandardCharsets.UTF_8);
      kept = kept.length > BEGINNING ? Arrays.copyOf(kept, BEGINNING) : kept;
    }
    return closing(
        posted,
        hand(
            Message.unreadable(source(request), kept, size, clock.instant(), refusal, reply)
                .sentTo(new Address.Topic(path(request), "")),
            reply));
  }

  private static HttpReply handedOn(HttpServletRequest request) {
    request.setAttribute(RefusalLog.HANDED_ON, true);
    return new HttpReply();
  }

  /** Empty if the device waits for 100 Continue before it sends its body; it does not get one. */
  private static byte[] beginningOf(HttpServletRequest request) throws IOException {
    return request.getHeader(HttpHeaders.EXPECT) == null
        ? request.getInputStream().readNBytes(BEGINNING)
        : new byte[0];
  }

  private ResponseEntity<ProblemDetail> hand(Message message, HttpReply reply) {
    intake.accept(message);
    return switch (reply.await(settings.patience())) {
      case MessageAnswer.Taken() -> ResponseEntity.noContent().build();
      case MessageAnswer.Refused(var refusal) -> problem(refusal);
      case MessageAnswer.Unavailable(var why) ->
          ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
              .header(HttpHeaders.RETRY_AFTER, Long.toString(settings.retryAfter().toSeconds()))
              .contentType(MediaType.APPLICATION_PROBLEM_JSON)
              .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, why));
    };
  }

  private static ResponseEntity<ProblemDetail> problem(Refusal refusal) {
    ProblemDetail problem =
        ProblemDetail.forStatusAndDetail(statusOf(refusal.reason()), refusal.detail());
    problem.setType(URI.create("urn:linli:refusal:" + refusal.reason().wireName()));
    problem.setProperty("reason", refusal.reason().wireName());
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
    if (refusal.reason() == RefusalReason.WRONG_METHOD) {
      answer.allow(HttpMethod.POST);
    }
    return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
  }

  private Refusal tooLarge(String what) {
    return new Refusal(
        RefusalReason.TOO_LARGE,
        what + ", at most " + settings.maxMessageSize().toBytes() + " bytes are taken");
  }

  /**
   * A request without a type is refused: a web page elsewhere could make a browser send it to this
   * machine.
   */
  private static Optional<Format> format(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      return switch (type.getType() + "/" + type.getSubtype()) {
        case "application/json" -> Optional.of(Format.LINLI_JSON);
        case "application/cbor" -> Optional.of(Format.LINLI_CBOR);
        case "application/senml+json" -> Optional.of(Format.SENML_JSON);
        case "application/senml+cbor" -> Optional.of(Format.SENML_CBOR);
        default -> Optional.empty();
      };
    } catch (InvalidMediaTypeException notOne) {
      return Optional.empty();
    }
  }

  /** Without escapes, as far as they are some. */
  private static String path(HttpServletRequest request) {
    try {
      return StringUtils.uriDecode(request.getRequestURI(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException hasOtherSigns) {
      return request.getRequestURI();
    }
  }

  private static String source(HttpServletRequest request) {
    return "http://" + request.getRemoteAddr();
  }

  private static HttpStatus statusOf(RefusalReason reason) {
    return switch (reason) {
      case NOT_JSON, NOT_CBOR, NOT_XML, MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID ->
          HttpStatus.BAD_REQUEST;
      case BAD_OPTION -> HttpStatus.BAD_REQUEST;
      case WRONG_METHOD -> HttpStatus.METHOD_NOT_ALLOWED;
      case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
      case UNSUPPORTED_FORMAT -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case UNKNOWN_ADDRESS, UNKNOWN_KIND -> HttpStatus.NOT_FOUND;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
      // Only MQTT gives this: here such a device is asked to send again.
      case TOO_MANY_DEVICES -> HttpStatus.SERVICE_UNAVAILABLE;
      case NOTHING_IN_IT, PROFILE_FAILED -> HttpStatus.UNPROCESSABLE_CONTENT;
    };
  }
}
