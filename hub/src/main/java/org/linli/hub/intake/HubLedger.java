package org.linli.hub.intake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SortedMap;
import org.linli.event.Counts;

/**
 * What the hub did with what it received, in events since its records began: {@code received =
 * applied + duplicate + dead} (delivery contract, point 8). A batch that cannot be read counts as
 * one event.
 *
 * @param similarTypes applied events whose type is unknown and close to a known one
 * @param gateways by the gateway's id
 */
public record HubLedger(
    long received,
    long applied,
    long duplicate,
    long dead,
    long similarTypes,
    SortedMap<String, GatewayFigures> gateways) {

  /**
   * One gateway's share.
   *
   * @param shed events that the gateway gave up and declared with a batch that was applied
   * @param epoch the newest epoch of its outbox, 0 if nothing of it was applied
   * @param urgent sequence up to which its urgent lane is applied in that epoch
   * @param bulk sequence up to which its bulk lane is applied in that epoch
   */
  public record GatewayFigures(
      long received,
      long applied,
      long duplicate,
      long dead,
      long shed,
      long epoch,
      long urgent,
      long bulk) {

    /** Returns whether a count reached its largest value, so that the true number may be higher. */
    @JsonProperty("saturated")
    public boolean saturated() {
      return shed >= Counts.LARGEST;
    }
  }

  /** How many events the gateways gave up and declared, in all. */
  public long shed() {
    return gateways.values().stream().mapToLong(GatewayFigures::shed).reduce(0, Counts::sum);
  }

  public boolean balances() {
    return received == applied + duplicate + dead;
  }
}
