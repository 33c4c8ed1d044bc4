package org.linli.hub.console.stream;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.session.SessionRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/stream}. Each listener has a virtual thread of its own, and nothing else. */
@RestController
@Tag(name = "stream")
class StreamEndpoint {

  private static final String COME_BACK_SECONDS = "10";
  private static final int FEWEST_PIECES = 4;
  private static final int MOST_PIECES = 256;

  /** As text, as bytes, and as the objects they were made of; a single change may be larger. */
  private static final int BYTES_OF_PIECE = 8 * LiveStream.CHARACTERS_AT_ONCE;

  private final LiveStream stream;
  private final StreamSettings settings;
  private final SessionRepository<?> sessions;
  private final Listeners listeners;

  /** Limits what all listeners are given at a time to a share of the heap. */
  private final Semaphore pieces;

  StreamEndpoint(
      LiveStream stream,
      Listeners listeners,
      StreamSettings settings,
      SessionRepository<?> sessions) {
    this.stream = stream;
    this.listeners = listeners;
    this.settings = settings;
    this.sessions = sessions;
    this.pieces = new Semaphore(pieces(Runtime.getRuntime().maxMemory()));
  }

  /** Returns how many pieces fit into a thirty-second of the heap. */
  static int pieces(long heap) {
    return (int) Math.clamp(heap / 32 / BYTES_OF_PIECE, FEWEST_PIECES, MOST_PIECES);
  }

  @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "Changes as they happen, as server-sent events",
      description =
          "Events: alert (an alert as in /alerts/{id}), device and gateway (status), ledger (as in"
              + " /ledger, at most once a second), reset (what came after Last-Event-ID is no"
              + " longer kept, or cannot be read now: read the lists again). A comment every 15 s"
              + " shows that the connection lives.")
  @ApiResponse(
      responseCode = "200",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
  void stream(
      @Parameter(description = "Id of the last event received; what followed comes first.")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      @Parameter(description = "The same, for the first connection of a page.")
          @RequestParam(required = false)
          @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    if (!listeners.enter()) {
      response.setHeader(HttpHeaders.RETRY_AFTER, COME_BACK_SECONDS);
      response.sendError(
          HttpServletResponse.SC_SERVICE_UNAVAILABLE,
          "%d listeners are connected already (linli.stream.listeners); come back later."
              .formatted(listeners.most()));
      return;
    }
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      listen(request, response, stream.from(lastEventId != null ? lastEventId : after));
    } finally {
      listeners.leave();
    }
  }

  private void listen(HttpServletRequest request, HttpServletResponse response, Bookmark after) {
    try {
      new StreamConnection(
              stream,
              response.getOutputStream(),
              settings.heartbeat(),
              stillLetIn(request),
              pieces,
              after)
          .run();
    } catch (IOException listenerHasGone) {
      // Normal: a page was closed, and there is no client to inform.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A stream that was opened with a session ends with it; one that was opened with a token goes on.
   */
  private BooleanSupplier stillLetIn(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null) {
      return () -> true;
    }
    String id = session.getId();
    return () -> sessions.findById(id) != null;
  }
}
