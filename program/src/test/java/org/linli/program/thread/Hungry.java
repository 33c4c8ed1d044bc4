package org.linli.program.thread;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A program whose thread takes all the memory there is. */
final class Hungry {

  private static final List<byte[]> TAKEN = new ArrayList<>();

  public static void main(String[] arguments) {
    LivingThread thread =
        new LivingThreads(InstantSource.system())
            .start(
                LivingThreads.Make.PLATFORM,
                "hungry",
                own -> {
                  while (!own.isEnding()) {
                    TAKEN.add(new byte[Integer.parseInt(arguments[0])]);
                  }
                });
    thread.join();
  }

  private Hungry() {}
}
