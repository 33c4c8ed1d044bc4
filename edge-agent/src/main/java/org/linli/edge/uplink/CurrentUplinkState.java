package org.linli.edge.uplink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linli.edge.uplink.UplinkState.HubLink;
import org.linli.edge.uplink.UplinkState.HubRefusal;
import org.linli.edge.uplink.UplinkState.LaneState;
import org.linli.event.Lane;

/** Holds the current {@link UplinkState}; written by the uplink's thread alone. */
final class CurrentUplinkState {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final InstantSource clock;
  private volatile UplinkState state;
  private volatile @Nullable TakenOver takenOver;

  /** When another agent took over, and what a person has to do. */
  private record TakenOver(Instant at, String problem) {}

  CurrentUplinkState(InstantSource clock) {
    this.clock = clock;
    this.state = new UplinkState(HubLink.AWAY, clock.instant(), null, null, null, Map.of());
  }

  /**
   * The current state. A takeover stays a problem for {@link #REMEMBERED}, because the two agents
   * may take long turns.
   */
  UplinkState state() {
    UplinkState last = state;
    TakenOver told = takenOver;
    return told == null
            || last.problem() != null
            || clock.instant().isAfter(told.at().plus(REMEMBERED))
        ? last
        : new UplinkState(
            last.link(),
            last.since(),
            last.lastReceiptAt(),
            told.problem(),
            HubRefusal.TAKEN_OVER,
            last.lanes());
  }

  /** Another agent connected with this gateway's identity. */
  void takenOver(String problem) {
    takenOver = new TakenOver(clock.instant(), problem);
    away(problem, HubRefusal.TAKEN_OVER);
  }

  /** The hub answers and does not know this gateway. */
  void unknownHere(String problem) {
    away(problem, HubRefusal.UNKNOWN_GATEWAY);
  }

  /** The connection ended. {@code problem} is null unless a person has to act. */
  void away(@Nullable String problem) {
    away(problem, null);
  }

  private void away(@Nullable String problem, @Nullable HubRefusal refusal) {
    UplinkState last = state;
    Instant since = last.link() == HubLink.AWAY ? last.since() : clock.instant();
    state =
        new UplinkState(HubLink.AWAY, since, last.lastReceiptAt(), problem, refusal, last.lanes());
  }

  void asking(Map<Lane, LaneWindow> windows) {
    state =
        new UplinkState(
            HubLink.ASKING, clock.instant(), state.lastReceiptAt(), null, null, lanes(windows));
  }

  void connected(Map<Lane, LaneWindow> windows) {
    state =
        new UplinkState(
            HubLink.CONNECTED, clock.instant(), state.lastReceiptAt(), null, null, lanes(windows));
  }

  void heard(Instant at) {
    UplinkState last = state;
    state =
        new UplinkState(
            last.link(), last.since(), at, last.problem(), last.refusal(), last.lanes());
  }

  void moved(Map<Lane, LaneWindow> windows) {
    UplinkState last = state;
    Map<Lane, LaneState> lanes = lanes(windows);
    String halted =
        lanes.values().stream()
            .map(LaneState::halted)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
    state =
        new UplinkState(
            last.link(),
            last.since(),
            last.lastReceiptAt(),
            halted.isEmpty() ? null : halted,
            null,
            lanes);
  }

  private static Map<Lane, LaneState> lanes(Map<Lane, LaneWindow> windows) {
    Map<Lane, LaneState> lanes = new EnumMap<>(Lane.class);
    windows.forEach(
        (lane, window) ->
            lanes.put(
                lane,
                new LaneState(window.batchesUnderWay(), window.receipted(), window.halted())));
    return lanes;
  }
}
