package org.linli.edge.intake;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.linli.program.web.Connections;

/**
 * How many connections the doors may have open by the number of files that the process may open, as
 * each socket is one. A door that is out of files can let nobody in, and the outbox can open none
 * either.
 *
 * @param most files and sockets that the process may open
 */
public record DoorFiles(long most) {

  /** Nothing says how many, or more than anybody needs. */
  public static final DoorFiles UNBOUNDED = new DoorFiles(Long.MAX_VALUE);

  /** Programs, databases, pictures, and sockets of its own. */
  private static final int PROGRAM = 200;

  /** Of what is left one part of so many is for HTTP. */
  private static final int HTTP_PART = 5;

  private static final int FEWEST_HTTP = 8;

  /** Of each so many for MQTT one is for connections before their CONNECT, and these at least. */
  private static final int STRANGERS_PART = 6;

  private static final int FEWEST_STRANGERS = 64;

  /** With fewer a gateway serves nobody. */
  private static final int FEWEST_MQTT = 16;

  /** Of this process. */
  public static DoorFiles ofThisProgram() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            && system.getMaxFileDescriptorCount() > 0
        ? new DoorFiles(system.getMaxFileDescriptorCount())
        : UNBOUNDED;
  }

  /** How many connections of HTTP can be open. */
  public int httpConnections() {
    long share = (most - PROGRAM) / HTTP_PART - Connections.CLOSING;
    return (int) Math.clamp(share, FEWEST_HTTP, Integer.MAX_VALUE);
  }

  /**
   * How many connections of MQTT can be open, beside those before their CONNECT.
   *
   * @throws CannotListenException where there are so few that the gateway would serve nobody
   */
  public int mqttConnections() {
    long left = most - PROGRAM - httpConnections() - Connections.CLOSING;
    long carried = Math.min(left - FEWEST_STRANGERS, left - left / STRANGERS_PART);
    if (carried < FEWEST_MQTT) {
      throw CannotListenException.because(
          "The process may open %d files, too few to serve devices: allow it 1024 or more, with LimitNOFILE= (systemd), --ulimit nofile= (Docker) or ulimit -n."
              .formatted(most));
    }
    return (int) Math.min(carried, Integer.MAX_VALUE);
  }

  /**
   * Says that a setting asks for more connections than the process may open.
   *
   * @throws CannotListenException where it does
   */
  public void require(String setting, int wanted, int carried) {
    if (wanted > carried) {
      throw CannotListenException.because(
          "%s is %d, and a process that may open %d files carries %d: allow it more with LimitNOFILE= (systemd), --ulimit nofile= (Docker) or ulimit -n, or make it less."
              .formatted(setting, wanted, most, carried));
    }
  }
}
