package org.linli.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a gateway tells the hub of the registry: which one it goes by, and what it hears that is no
 * device of it. State, not an event: the newest report says everything, and may be told again.
 *
 * @param holds the registry that it goes by; null where it has none
 * @param problem why it does not go by the newest that it was sent; null where there is nothing to
 *     say; cut to {@value #MAX_PROBLEM} characters
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
