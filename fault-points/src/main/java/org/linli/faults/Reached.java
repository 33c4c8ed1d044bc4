package org.linli.faults;

import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The methods that the changed code calls. */
public final class Reached {

  static final ClassDesc DESC = ClassDesc.of("org.linli.faults.Reached");
  private static final int AS_KILLED = 137;

  private static final Map<String, AtomicInteger> COUNTDOWNS = new ConcurrentHashMap<>();
  private static volatile @Nullable Path shift;
  private static volatile @Nullable String failing;

  private Reached() {}

  static void killAt(String point, int time) {
    COUNTDOWNS.put(point, new AtomicInteger(time));
  }

  static void shiftBy(Path file) {
    shift = file;
  }

  static void failFor(String device) {
    failing = device;
  }

  /** Called with the device whose event is examined; throws when alerts must fail for it. */
  public static void of(String device) {
    if (device.equals(failing)) {
      throw new IllegalStateException("sabotaged for " + device);
    }
  }

  /** Called at a point; halts the program when its count is reached. */
  public static void here(String point) {
    AtomicInteger countdown = COUNTDOWNS.get(point);
    if (countdown != null && countdown.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(AS_KILLED);
    }
  }

  /** Called at a point that counts only when there is something to handle. */
  public static void unlessEmpty(boolean isEmpty, String point) {
    if (!isEmpty) {
      here(point);
    }
  }

  /** The program's clock, shifted as the file says. */
  public static Clock shifted(Clock clock) {
    Path file = shift;
    return file == null ? clock : new ShiftedClock(clock, file);
  }
}
