package org.linli.edge.intake;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.linli.program.web.OpenConnections;

/**
 * How many connections the doors may have open, given the number of files that the process may
 * open. Each socket is one. A door without free files can accept no connection, and the outbox
 * cannot open a file either.
 *
 * @param most files and sockets that the process may open
 */
public record DoorFiles(long most) {

  /** The limit is unknown, or higher than needed. */
  public static final DoorFiles UNBOUNDED = new DoorFiles(Long.MAX_VALUE);

  /** For program files, databases, pictures, and the gateway's own sockets. */
  private static final int PROGRAM = 200;

  /** HTTP gets this fraction of the remaining files: one in {@value}. */
  private static final int HTTP_PART = 5;

  private static final int FEWEST_HTTP = 8;

  /** Fraction of the MQTT share for connections before their CONNECT: one in {@value}. */
  private static final int PENDING_PART = 6;

  private static final int FEWEST_PENDING = 64;

  /** Fewest MQTT connections with which the gateway is of use. */
  private static final int FEWEST_MQTT = 16;

  /** The limit of this process. */
  public static DoorFiles ofThisProgram() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() > 0
        ? new DoorFiles(system.getMaxFileDescriptorCount())
        : UNBOUNDED;
  }

  /** Most HTTP connections that can be open. */
  public int httpConnections() {
    long share = (most - PROGRAM) / HTTP_PART - OpenConnections.CLOSING;
    return (int) Math.clamp(share, FEWEST_HTTP, Integer.MAX_VALUE);
  }

  /**
   * Most MQTT connections that can be open, not counting those before their CONNECT.
   *
   * @throws CannotListenException if they are too few to serve devices
   */
  public int mqttConnections() {
    long left = most - PROGRAM - httpConnections() - OpenConnections.CLOSING;
    long carried = Math.min(left - FEWEST_PENDING, left - left / PENDING_PART);
    if (carried < FEWEST_MQTT) {
      throw CannotListenException.because(
          "The process may open %d files, too few to serve devices: allow it 1024 or more, with LimitNOFILE= (systemd), --ulimit nofile= (Docker) or ulimit -n."
              .formatted(most));
    }
    return (int) Math.min(carried, Integer.MAX_VALUE);
  }

  /**
   * Checks that a setting does not ask for more connections than the process may open.
   *
   * @throws CannotListenException if it does
   */
  public void require(String setting, int wanted, int carried) {
    if (wanted > carried) {
      throw CannotListenException.because(
          "%s is %d, and a process that may open %d files carries %d: allow it more with LimitNOFILE= (systemd), --ulimit nofile= (Docker) or ulimit -n, or make it less."
              .formatted(setting, wanted, most, carried));
    }
  }
}
