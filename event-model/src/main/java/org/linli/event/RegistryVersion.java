package org.linli.event;

/**
 * The version of the registry that a gateway uses. The higher epoch is newer; within an epoch, the
 * higher number. The digest stands for what the registry says about that gateway, so that unchanged
 * content need not be sent again.
 *
 * @param epoch from 1; a hub whose records were restored begins a new one
 * @param number from 1, higher with every change
 */
public record RegistryVersion(long epoch, long number, Digest digest) {

  public RegistryVersion {
    if (epoch < 1 || number < 1) {
      throw new IllegalArgumentException(
          "epoch %d and number %d of a registry count from 1".formatted(epoch, number));
    }
    Counts.require("the epoch of a registry", epoch, 1);
    Counts.require("the number of a registry", number, 1);
  }

  /** Whether this version is newer than the other, whatever their content. */
  public boolean isAfter(RegistryVersion other) {
    return epoch == other.epoch ? number > other.number : epoch > other.epoch;
  }

  /** The form shown to people, such as {@code 1.17}. */
  @Override
  public String toString() {
    return epoch + "." + number;
  }
}
