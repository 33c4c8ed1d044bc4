package org.linli.edge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.edge.intake.Intake;
import org.linli.edge.intake.Message;
import org.linli.edge.intake.Message.Format;
import org.linli.edge.intake.Refusal;
import org.linli.edge.intake.RefusalReason;
import org.linli.edge.intake.http.HttpReply.Answer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /linli/{kind}/{deviceId}} with {@code application/json} or {@code application/cbor}:
 * 204 once it is on disk, otherwise a problem (RFC 9457) whose {@code reason} is that of the dead
 * letter.
 */
@RestController
final class HttpDoor {

  private static final int BEGINNING = 1_024;

  private final HttpIntakeSettings settings;
  private final Intake intake;
  private final InstantSource clock;

  HttpDoor(HttpIntakeSettings settings, Intake intake, InstantSource clock) {
    this.settings = settings;
    this.intake = intake;
    this.clock = clock;
  }

  @PostMapping("/linli/{kind}/{device}")
  ResponseEntity<ProblemDetail> post(
      @PathVariable String kind, @PathVariable String device, HttpServletRequest request)
      throws IOException {
    long limit = settings.maxMessageSize().toBytes();
    if (request.getContentLengthLong() > limit) {
      return refuse(
          request,
          beginningOf(request),
          request.getContentLengthLong(),
          tooLarge(request.getContentLengthLong() + " bytes"));
    }
    byte[] body = request.getInputStream().readNBytes((int) limit + 1);
    if (body.length > limit) {
      return refuse(
          request, beginning(body), body.length, tooLarge("more than " + limit + " bytes"));
    }
    Optional<Format> format = format(request.getContentType());
    if (format.isEmpty()) {
      return refuse(
          request,
          beginning(body),
          body.length,
          new Refusal(
              RefusalReason.UNSUPPORTED_FORMAT,
              "the Content-Type must be application/json or application/cbor"));
    }
    HttpReply reply = new HttpReply();
    return hand(
        new Message(source(request), format.get(), kind, device, body, clock.instant(), reply),
        reply);
  }

  /** Any other path, and any other method that brings something. */
  @RequestMapping(
      path = "/linli/**",
      method = {RequestMethod.POST, RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
  ResponseEntity<ProblemDetail> elsewhere(HttpServletRequest request) throws IOException {
    byte[] beginning = request.getInputStream().readNBytes(BEGINNING);
    String method = request.getMethod();
    return refuse(
        request,
        beginning,
        Math.max(beginning.length, request.getContentLengthLong()),
        method.equals(HttpMethod.POST.name())
            ? new Refusal(
                RefusalReason.UNKNOWN_ADDRESS,
                "nothing reads this path; events go to /linli/{kind}/{deviceId}")
            : new Refusal(
                RefusalReason.WRONG_METHOD,
                method + " takes no events; POST them to /linli/{kind}/{deviceId}"));
  }

  private ResponseEntity<ProblemDetail> refuse(
      HttpServletRequest request, byte[] beginning, long size, Refusal refusal) {
    HttpReply reply = new HttpReply();
    return hand(
        Message.unreadable(source(request), beginning, size, clock.instant(), refusal, reply),
        reply);
  }

  /** Nothing where the device waits for leave to send its body, which it does not get. */
  private static byte[] beginningOf(HttpServletRequest request) throws IOException {
    return request.getHeader(HttpHeaders.EXPECT) == null
        ? request.getInputStream().readNBytes(BEGINNING)
        : new byte[0];
  }

  private ResponseEntity<ProblemDetail> hand(Message message, HttpReply reply) {
    intake.accept(message);
    return switch (reply.await(settings.patience())) {
      case Answer.Taken() -> ResponseEntity.noContent().build();
      case Answer.Refused(var refusal) -> {
        ProblemDetail problem =
            ProblemDetail.forStatusAndDetail(statusOf(refusal.reason()), refusal.detail());
        problem.setType(URI.create("urn:linli:refusal:" + refusal.reason().wireName()));
        problem.setProperty("reason", refusal.reason().wireName());
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(problem.getStatus());
        if (refusal.reason() == RefusalReason.WRONG_METHOD) {
          answer.allow(HttpMethod.POST);
        }
        yield answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
      }
      case Answer.Unavailable(var why) ->
          ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
              .header(HttpHeaders.RETRY_AFTER, Long.toString(settings.retryAfter().toSeconds()))
              .contentType(MediaType.APPLICATION_PROBLEM_JSON)
              .body(ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, why));
    };
  }

  private Refusal tooLarge(String what) {
    return new Refusal(
        RefusalReason.TOO_LARGE,
        what + ", at most " + settings.maxMessageSize().toBytes() + " bytes are taken");
  }

  private static byte[] beginning(byte[] body) {
    return body.length > BEGINNING ? Arrays.copyOf(body, BEGINNING) : body;
  }

  /** Without a type it is refused: a web page elsewhere could send that to this machine unasked. */
  private static Optional<Format> format(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    try {
      MediaType type = MediaType.parseMediaType(contentType);
      if (MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)) {
        return Optional.of(Format.LINLI_JSON);
      }
      return MediaType.APPLICATION_CBOR.equalsTypeAndSubtype(type)
          ? Optional.of(Format.LINLI_CBOR)
          : Optional.empty();
    } catch (InvalidMediaTypeException notOne) {
      return Optional.empty();
    }
  }

  private static String source(HttpServletRequest request) {
    return "http://" + request.getRemoteAddr();
  }

  private static HttpStatus statusOf(RefusalReason reason) {
    return switch (reason) {
      case NOT_JSON, NOT_CBOR, MISSING_FIELD, BAD_FIELD, BAD_DEVICE_ID -> HttpStatus.BAD_REQUEST;
      case BAD_OPTION -> HttpStatus.BAD_REQUEST;
      case WRONG_METHOD -> HttpStatus.METHOD_NOT_ALLOWED;
      case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
      case UNSUPPORTED_FORMAT -> HttpStatus.UNSUPPORTED_MEDIA_TYPE;
      case UNKNOWN_ADDRESS, UNKNOWN_KIND -> HttpStatus.NOT_FOUND;
      case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
    };
  }
}
