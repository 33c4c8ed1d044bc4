package org.linli.program.thread;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A program whose thread takes all the memory there is. */
final class Hungry {

  private static final List<Object> TAKEN = new ArrayList<>();

  public static void main(String[] arguments) {
    LivingThread thread =
        new LivingThreads(InstantSource.system())
            .start(
                LivingThreads.Make.PLATFORM,
                "hungry",
                own -> {
                  while (!own.isEnding()) {
                    TAKEN.add(
                        arguments[0].equals("direct")
                            ? ByteBuffer.allocateDirect(1 << 20)
                            : new byte[Integer.parseInt(arguments[0])]);
                  }
                });
    thread.join();
  }

  private Hungry() {}
}
