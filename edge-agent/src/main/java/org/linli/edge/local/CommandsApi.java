package org.linli.edge.local;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.command.Command;
import org.linli.edge.command.CommandAddress;
import org.linli.edge.command.CommandSettings;
import org.linli.edge.command.Commands;
import org.linli.edge.command.Commands.Setting;
import org.linli.event.DeviceId;
import org.linli.event.Kind;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The last command of a device: set with {@code PUT /api/commands/{kind}/{device}}, read with
 * {@code GET}, withdrawn with {@code DELETE}. All need the token. {@code PUT} and {@code DELETE}
 * are answered after the commit. Errors are problems (RFC 9457).
 */
@RestController
@RequestMapping("/api/commands/{kind}/{device}")
final class CommandsApi {

  private static final int PATIENCE_SECONDS = 10;
  private static final String RETRY_AFTER_SECONDS = "5";
  private static final String BEARER = "Bearer ";
  private static final String KINDS =
      Arrays.stream(Kind.values()).map(Kind::wireName).collect(Collectors.joining(", "));

  private final Commands commands;
  private final CommandSettings settings;
  private final LocalSettings local;

  CommandsApi(Commands commands, CommandSettings settings, LocalSettings local) {
    this.commands = commands;
    this.settings = settings;
    this.local = local;
  }

  /**
   * A stored command.
   *
   * @param size in bytes
   * @param command the content, if it is a JSON object
   * @param bytes the content otherwise, in base64
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record CommandView(
      String kind,
      String device,
      long sequence,
      Instant at,
      int size,
      @JsonRawValue @Nullable String command,
      byte @Nullable [] bytes) {

    static CommandView of(Command kept) {
      byte[] content = kept.content();
      String json = JsonObject.in(content).text();
      return new CommandView(
          kept.address().kind().wireName(),
          kept.address().device().value(),
          kept.sequence(),
          kept.at(),
          content.length,
          json,
          json == null ? content : null);
    }
  }

  /** 201 for a device that had no command, otherwise 200. */
  @PutMapping
  ResponseEntity<CommandView> set(
      @PathVariable String kind, @PathVariable String device, HttpServletRequest request)
      throws IOException {
    requireToken(request);
    CommandAddress address = address(kind, device);
    byte[] content = content(request);
    return switch (committed(commands.set(address, content, settings.maxDevices()))) {
      case Setting.Kept(Command command, boolean isFirst) ->
          ResponseEntity.status(isFirst ? HttpStatus.CREATED : HttpStatus.OK)
              .body(CommandView.of(command));
      case Setting.Full(int most) ->
          throw problem(
              HttpStatus.INSUFFICIENT_STORAGE,
              most
                  + " devices have a command, and no more can: withdraw some, or raise"
                  + " linli.commands.max-devices");
      case Setting.TooMuch(long most) ->
          throw problem(
              HttpStatus.INSUFFICIENT_STORAGE,
              "all commands together may take "
                  + (most >> 10)
                  + " KB of the gateway's heap: withdraw some, make them shorter, or give the agent"
                  + " more with LINLI_HEAP");
    };
  }

  @GetMapping
  CommandView get(
      @PathVariable String kind, @PathVariable String device, HttpServletRequest request) {
    requireToken(request);
    CommandAddress address = address(kind, device);
    return CommandView.of(commands.last(address).orElseThrow(() -> none(address)));
  }

  @DeleteMapping
  ResponseEntity<Void> withdraw(
      @PathVariable String kind, @PathVariable String device, HttpServletRequest request) {
    requireToken(request);
    CommandAddress address = address(kind, device);
    if (!committed(commands.withdraw(address))) {
      throw none(address);
    }
    return ResponseEntity.noContent().build();
  }

  private void requireToken(HttpServletRequest request) {
    if (!local.hasToken()) {
      throw problem(
          HttpStatus.FORBIDDEN,
          "nobody may set or read commands here: set linli.local-token (LINLI_LOCAL_TOKEN) to at"
              + " least 16 characters, start the gateway again, and send Authorization: Bearer"
              + " with it");
    }
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    boolean isBearer = given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if (given == null || !isBearer || !local.isToken(given.substring(BEARER.length()).strip())) {
      ErrorResponseException refusal =
          problem(
              HttpStatus.UNAUTHORIZED,
              isBearer
                  ? "this is not the token of linli.local-token"
                  : "send the token of linli.local-token as Authorization: Bearer TOKEN");
      refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      throw refusal;
    }
  }

  private static CommandAddress address(String kind, String device) {
    Kind known =
        Kind.ofWireName(kind)
            .orElseThrow(
                () -> problem(HttpStatus.NOT_FOUND, "the kind in the path is none of " + KINDS));
    try {
      return new CommandAddress(known, new DeviceId(device));
    } catch (IllegalArgumentException broken) {
      throw problem(HttpStatus.BAD_REQUEST, String.valueOf(broken.getMessage()));
    }
  }

  private byte[] content(HttpServletRequest request) throws IOException {
    boolean isJson = isJson(request.getContentType());
    int most = (int) settings.maxSize().toBytes();
    byte[] content = request.getInputStream().readNBytes(most + 1);
    if (content.length > most) {
      throw problem(
          HttpStatus.CONTENT_TOO_LARGE,
          "a command has at most " + most + " bytes (linli.commands.max-size)");
    }
    if (content.length == 0) {
      throw problem(
          HttpStatus.BAD_REQUEST, "the body is empty; a command is withdrawn with DELETE");
    }
    String why = isJson ? JsonObject.in(content).why() : null;
    if (why != null) {
      throw problem(HttpStatus.BAD_REQUEST, why);
    }
    return content;
  }

  private static boolean isJson(@Nullable String contentType) {
    try {
      if (contentType == null
          || MediaType.APPLICATION_JSON.equalsTypeAndSubtype(
              MediaType.parseMediaType(contentType))) {
        return true;
      }
      if (MediaType.APPLICATION_OCTET_STREAM.equalsTypeAndSubtype(
          MediaType.parseMediaType(contentType))) {
        return false;
      }
    } catch (InvalidMediaTypeException notOne) {
      // Neither kind is known.
    }
    throw problem(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "the Content-Type must be application/json, or application/octet-stream for what is no"
            + " JSON object");
  }

  private static <T> T committed(CompletableFuture<T> asked) {
    try {
      return asked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException failed) {
      Throwable why = failed.getCause();
      ErrorResponseException refusal =
          problem(
              HttpStatus.SERVICE_UNAVAILABLE,
              why instanceof TimeoutException
                  ? "the disk did not answer in time, and may still do what was asked for"
                  : String.valueOf(why == null ? null : why.getMessage()));
      refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
      throw refusal;
    }
  }

  private static ErrorResponseException none(CommandAddress address) {
    return problem(
        HttpStatus.NOT_FOUND, "no command holds for " + address.kind() + "/" + address.device());
  }

  private static ErrorResponseException problem(HttpStatus status, String detail) {
    return new ErrorResponseException(
        status, ProblemDetail.forStatusAndDetail(status, detail), null);
  }
}
