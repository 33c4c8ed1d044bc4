package org.linli.faults;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import org.jspecify.annotations.Nullable;

/** The entry point of this Java agent, called before the program's own. */
public final class Premain {

  static final int CANNOT_RUN = 2;

  /**
   * Where class files lie: at the root of a class path, or inside the jar that Spring Boot starts.
   */
  private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/");

  private Premain() {}

  /**
   * Finds every place that the specification names in the program's classes and changes it when its
   * class is loaded. When the specification is wrong or a place no longer exists, ends the program
   * with exit code 2 and one sentence.
   *
   * @param specification in the syntax of {@link Fault#parse}; null for none
   */
  public static void premain(@Nullable String specification, Instrumentation instrumentation) {
    try {
      List<Change> changes = new ArrayList<>();
      requireProgram();
      for (Fault fault : Fault.parse(specification == null ? "" : specification)) {
        prepare(fault);
        changes.addAll(present(fault));
      }
      instrumentation.addTransformer(new Weaver(changes));
    } catch (UnusableFaultException e) {
      end(String.valueOf(e.getMessage()));
    }
  }

  private static void requireProgram() {
    if (Arrays.stream(Change.Program.values())
        .allMatch(program -> classFile(program.mainClass()) == null)) {
      throw new UnusableFaultException(
          "what starts here is neither Linli's gateway nor its hub; nothing else has fault"
              + " points.");
    }
  }

  private static void prepare(Fault fault) {
    switch (fault) {
      case Fault.Kill kill -> Reached.killAt(kill.point().id(), kill.time());
      case Fault.Sabotage sabotage -> {}
      case Fault.FailParticipant fail -> Reached.failFor(fail.device());
      case Fault.ClockFile clock -> Reached.shiftBy(clock.file());
      case Fault.Collect collect -> collectEvery(collect.seconds());
    }
  }

  private static void collectEvery(int seconds) {
    ScheduledFuture<?> unused =
        Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("fault-points").daemon().factory())
            .scheduleWithFixedDelay(System::gc, seconds, seconds, TimeUnit.SECONDS);
  }

  /** The changes for the program that starts; one specification may serve both programs. */
  private static List<Change> present(Fault fault) {
    List<Change> present = new ArrayList<>();
    for (Change change : fault.changes()) {
      if (classFile(change.program().mainClass()) != null) {
        byte @Nullable [] its = classFile(change.type());
        if (its == null || !Weaver.finds(change, its)) {
          throw new UnusableFaultException(
              "%s has no place any more for %s: look for what became of %s.%s, and mend the table in fault-points."
                  .formatted(change.program(), fault, change.type(), change.method()));
        }
        present.add(change);
      }
    }
    return present;
  }

  private static byte @Nullable [] classFile(String type) {
    for (String root : ROOTS) {
      try (InputStream in =
          ClassLoader.getSystemResourceAsStream(root + type.replace('.', '/') + ".class")) {
        if (in != null) {
          return in.readAllBytes();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return inModule(type);
  }

  /** Searches the shared module, which is a jar inside the jar that Spring Boot starts. */
  private static byte @Nullable [] inModule(String type) {
    String name = type.replace('.', '/') + ".class";
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      try (JarFile program = new JarFile(path)) {
        for (JarEntry module : program.stream().filter(Premain::isModule).toList()) {
          try (JarInputStream in = new JarInputStream(program.getInputStream(module))) {
            for (JarEntry entry = in.getNextJarEntry(); entry != null; ) {
              if (entry.getName().equals(name)) {
                return in.readAllBytes();
              }
              entry = in.getNextJarEntry();
            }
          }
        }
      } catch (IOException noJar) {
        // A folder of classes, already searched.
      }
    }
    return null;
  }

  private static boolean isModule(JarEntry entry) {
    return entry.getName().startsWith("BOOT-INF/lib/program-");
  }

  static void end(String sentence) {
    System.err.println("fault-points: " + sentence);
    Runtime.getRuntime().halt(CANNOT_RUN);
  }
}
