package org.linli.hub.history.questdb;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.linli.hub.history.HistoryStartException;

/**
 * Checks the object headers of this virtual machine. QuestDB 9.3 reads and writes inside Java
 * objects and assumes headers of the usual size. With compact headers (JEP 519) the virtual machine
 * crashes at the first garbage collection.
 */
final class ObjectHeaders {

  private ObjectHeaders() {}

  /**
   * @throws HistoryStartException when this virtual machine was started with compact headers
   */
  static void requireUsual() {
    if (areCompact()) {
      throw new HistoryStartException(
          "The embedded history does not work with compact object headers: Java would crash.",
          "Start without -XX:+UseCompactObjectHeaders, or keep the history elsewhere with"
              + " LINLI_STORE=influx.");
    }
  }

  private static boolean areCompact() {
    HotSpotDiagnosticMXBean machine =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (machine == null) {
      return false;
    }
    try {
      return machine.getVMOption("UseCompactObjectHeaders").getValue().equals("true");
    } catch (IllegalArgumentException anotherMachineWithoutThem) {
      return false;
    }
  }
}
