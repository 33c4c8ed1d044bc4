package org.linli.hub.liveness;

import org.linli.hub.RunningHub;

/** Looks at who has come and gone when a test says so, instead of every second. */
public final class LivenessLooks {

  /** So rarely that the hub does not look by itself while a test goes on. */
  public static final String SETTING = "--linli.liveness.tick=1h";

  private LivenessLooks() {}

  /** Returns when the hub has looked, and what it found is told. */
  public static void look(RunningHub hub) {
    hub.bean(Liveness.class).tick();
    hub.bean(GatewayMonitor.class).look();
  }
}
