package org.linli.program.thread;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Ends a program whose memory is used up, because its further behaviour would be unknown. It ends
 * at once, without shutdown hooks, as after a power cut, which it survives. A supervisor restarts
 * it.
 */
public final class OutOfMemory {

  /** The exit code, the same as that of Java's own {@code -XX:+ExitOnOutOfMemoryError}. */
  public static final int EXIT_CODE = 3;

  /** The most causes that are searched; more are a cycle. */
  private static final int DEEPEST = 32;

  /** Prepared in advance: later there may be no memory for it. */
  private static final byte[] SENTENCE =
      "The program's memory is used up, and it ends at once (exit code 3): ./launch, systemd and the containers start it again; where it happens often, give it more with LINLI_HEAP.\n"
          .getBytes(StandardCharsets.UTF_8);

  private static final byte[] DIRECT_SENTENCE =
      "The program's direct memory, for what goes over the network, is used up, and it ends at once (exit code 3): ./launch, systemd and the containers start it again; where it happens often, let fewer connect, or give it more with LINLI_JAVA_OPTIONS=-XX:MaxDirectMemorySize=64m.\n"
          .getBytes(StandardCharsets.UTF_8);

  /** The word with which Java and Netty say that direct memory is used up. */
  private static final String DIRECT = "direct";

  /** Never closed: it is the program's standard error. */
  private static final OutputStream ERROR = new FileOutputStream(FileDescriptor.err);

  /** Released at the end, so that there is memory for it: more than a region of a small heap. */
  @SuppressWarnings("UnusedVariable") // only its presence matters
  private static byte @Nullable [] reserve = new byte[2 << 20];

  private OutOfMemory() {}

  /** Prepares what the end needs, because a class cannot be loaded without memory. */
  static void prepare() {
    boolean _ = isIn(new OutOfMemoryError()) && isIn(new UnknownError());
    boolean _ = isDirect(new OutOfMemoryError("heap"));
    try {
      ERROR.write(SENTENCE, 0, 0);
      boolean _ = Class.forName("java.lang.Shutdown").isInterface();
    } catch (IOException | ClassNotFoundException unlikely) {
      // It is then loaded at the end, or not at all.
    }
  }

  /**
   * Ends the program if the throwable is, or was caused by, memory that is used up. That excludes
   * {@link InternalError}, by which Java reports that the disk behind a mapped file failed, and
   * {@link StackOverflowError}, after which the thread has its stack back.
   */
  public static void endsTheProgram(@Nullable Throwable thrown) {
    if (isIn(thrown)) {
      sayAndHalt(isDirect(thrown) ? DIRECT_SENTENCE : SENTENCE);
    }
  }

  private static boolean isDirect(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError
          && cause.getMessage() != null
          && cause.getMessage().contains(DIRECT)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  static boolean isIn(@Nullable Throwable thrown) {
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof OutOfMemoryError || cause instanceof UnknownError) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  @SuppressWarnings("SystemExitOutsideMain") // exiting is the purpose
  private static void sayAndHalt(byte[] sentence) {
    reserve = null;
    try {
      ERROR.write(sentence);
    } catch (IOException | Error nobodyHears) {
      // The program ends all the same.
    }
    while (true) {
      try {
        Runtime.getRuntime().halt(EXIT_CODE);
      } catch (Error noMemoryForThatEither) {
        // Try again until the collector has freed some memory.
      }
    }
  }
}
