package org.linli.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway reports about the registry: the version it uses, and the equipment it hears that
 * is not registered. This is state, not an event: each report is complete and may be sent again.
 *
 * @param holds the registry version in use; null for none
 * @param problem why the gateway does not use the newest version it received; null when there is no
 *     problem; cut to {@value #MAX_PROBLEM} characters
 * @param unregistered at most {@value #MAX_UNREGISTERED}, those heard last
 */
public record EquipmentReport(
    GatewayId gateway,
    @Nullable RegistryVersion holds,
    @Nullable String problem,
    List<UnregisteredEquipment> unregistered) {

  public static final int MAX_PROBLEM = 500;
  public static final int MAX_UNREGISTERED = 200;

  public EquipmentReport {
    problem = problem == null ? null : Cut.to(problem, MAX_PROBLEM);
    unregistered = List.copyOf(unregistered);
    if (unregistered.size() > MAX_UNREGISTERED) {
      throw new IllegalArgumentException(
          "%d unregistered pieces of equipment are too many: at most %d can be told"
              .formatted(unregistered.size(), MAX_UNREGISTERED));
    }
  }
}
