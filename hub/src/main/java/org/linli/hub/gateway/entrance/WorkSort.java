package org.linli.hub.gateway.entrance;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linli.event.Lane;
import org.linli.event.UplinkTopics;

/** The sorts of messages, in the order in which they are processed. */
public enum WorkSort {
  STATUS(null),
  URGENT(Lane.URGENT),
  BULK(Lane.BULK),
  REPORT(null);

  private final @Nullable Lane lane;

  WorkSort(@Nullable Lane lane) {
    this.lane = lane;
  }

  /** Returns the sort of messages on this topic; empty if gateways do not publish to it. */
  public static Optional<WorkSort> of(UplinkTopics topics, String topic) {
    Optional<Lane> lane = topics.lane(topic);
    if (lane.isPresent()) {
      return Arrays.stream(values()).filter(sort -> sort.lane == lane.get()).findFirst();
    }
    return topic.equals(topics.status())
        ? Optional.of(STATUS)
        : topic.equals(topics.equipment()) ? Optional.of(REPORT) : Optional.empty();
  }

  /** Returns the lane; null if the sort is not a batch. */
  @Nullable Lane lane() {
    return lane;
  }
}
