package org.linli.hub.console.rest;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linli.hub.intake.deadletter.DeadLetter;
import org.linli.hub.intake.deadletter.DeadLetterQuery;
import org.linli.hub.intake.deadletter.DeadLetters;
import org.linli.hub.registry.Registry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the hub could not read, store or use. */
@RestController
@Tag(name = "ledger")
class DeadLetterEndpoint {

  private final DeadLetters deadLetters;
  private final Registry registry;

  DeadLetterEndpoint(DeadLetters deadLetters, Registry registry) {
    this.deadLetters = deadLetters;
    this.registry = registry;
  }

  @GetMapping("/api/v1/dead-letters")
  @Operation(
      summary = "What the hub could not read, store or use, newest first",
      description =
          "Batches that are no batches, events that the history refuses (store-refused), and events"
              + " that it has and with which a part of the hub failed (participant-failed). What a"
              + " gateway could not read is at the gateway: /api/dead-letters.")
  Listed<DeadLetterShape> deadLetters(
      @Parameter(description = "Only those of this community.") @RequestParam(required = false)
          @Nullable String community,
      @Parameter(description = "As store-refused, participant-failed or not-zstd.")
          @RequestParam(required = false)
          @Nullable String reason,
      @Parameter(description = "How the source begins, as gateway://gateway-1/.")
          @RequestParam(required = false)
          @Nullable String source,
      @Parameter(description = "1 to 1000, otherwise 100.") @RequestParam(required = false)
          @Nullable String limit,
      @Parameter(description = "'next' of the page before.") @RequestParam(required = false)
          @Nullable String cursor) {
    if (cursor != null && !deadLetters.has(cursor)) {
      throw RefusedRequestException.badField(
          "cursor", "The parameter 'cursor' is not one that this list gave, or no longer kept.");
    }
    int most = Parameters.limit(limit, DeadLetterQuery.MAX_LIMIT);
    List<DeadLetter> page =
        deadLetters.newest(
            new DeadLetterQuery(
                Parameters.community(community, registry), reason, source, cursor, most));
    return new Listed<>(
        page.stream().map(DeadLetterShape::of).toList(),
        page.size() < most ? null : page.getLast().id());
  }
}
