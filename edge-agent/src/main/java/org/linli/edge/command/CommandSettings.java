package org.linli.edge.command;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the gateway keeps of commands, on disk and in memory: at most the product of both
 * settings.
 *
 * @param maxSize largest command
 * @param maxDevices most devices that have one
 */
@ConfigurationProperties("linli.commands")
public record CommandSettings(
    @DefaultValue("4KB") DataSize maxSize, @DefaultValue("5000") int maxDevices) {

  private static final DataSize LARGEST = DataSize.ofKilobytes(64);

  public CommandSettings {
    if (maxSize.toBytes() < 1 || maxSize.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("linli.commands.max-size must lie between 1B and 64KB");
    }
    if (maxDevices < 1) {
      throw new IllegalArgumentException("linli.commands.max-devices must be at least 1");
    }
  }
}
