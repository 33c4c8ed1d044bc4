package org.linli.edge.equipment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linli.edge.RunningGateway;
import org.linli.edge.intake.Message;
import org.linli.edge.profile.Interpreted;
import org.linli.edge.profile.Profiles;
import org.linli.edge.profile.TestProfiles;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How many events a profile makes in a second on one core, and what each allocates, over the
 * messages of docs/equipment.md in turn. {@link #main} prints a row for each profile; it runs in
 * the folder of the module.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ProfileBenchmark {

  private static final Path CASES = Path.of("src/test/resources/equipment");
  private static final Instant RECEIVED = Instant.parse("2026-11-23T05:16:01.500Z");

  @Param("linli")
  public String profile = "";

  private final List<EquipmentCase> cases = new ArrayList<>();
  private @Nullable RunningGateway gateway;
  private @Nullable Profiles profiles;
  private int next;

  @Setup(Level.Trial)
  public void start() throws IOException {
    RunningGateway started =
        RunningGateway.start(Files.createTempDirectory("benchmark"), EquipmentCase.SETTINGS);
    gateway = started;
    profiles = started.profiles();
    try (Stream<Path> files = Files.list(CASES.resolve(profile))) {
      for (Path file : files.sorted().toList()) {
        EquipmentCase each = EquipmentCase.read(file);
        if (interpret(each) instanceof Interpreted.Understood) {
          cases.add(each);
        }
      }
    }
  }

  @TearDown(Level.Trial)
  public void stop() {
    Objects.requireNonNull(gateway).close();
  }

  @Benchmark
  public Interpreted message() {
    EquipmentCase each = cases.get(next);
    next = (next + 1) % cases.size();
    return interpret(each);
  }

  private Interpreted interpret(EquipmentCase each) {
    return Objects.requireNonNull(profiles)
        .interpret(
            new Message(
                "benchmark://x", each.address(), each.payload(), RECEIVED, TestProfiles.NOBODY));
  }

  /** Events in a message on average, the second time that each comes. */
  double eventsEach() {
    return cases.stream()
        .map(this::interpret)
        .mapToInt(made -> made instanceof Interpreted.Understood read ? read.events().size() : 0)
        .average()
        .orElse(0);
  }

  /**
   * @param arguments names of profiles; all of them where none is given
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    String[] names = arguments.length > 0 ? arguments : everyProfile();
    System.out.println("| profile | messages/s | events/s | bytes an event |\n|---|---|---|---|");
    for (String name : names) {
      ProfileBenchmark measured = new ProfileBenchmark();
      measured.profile = name;
      measured.start();
      double each = measured.eventsEach();
      measured.stop();
      RunResult result =
          new Runner(
                  new OptionsBuilder()
                      .include(ProfileBenchmark.class.getName())
                      .param("profile", name)
                      .forks(1)
                      .jvmArgsAppend("-XX:ActiveProcessorCount=1", "-Xmx128m")
                      .warmupIterations(3)
                      .warmupTime(TimeValue.seconds(2))
                      .measurementIterations(3)
                      .measurementTime(TimeValue.seconds(2))
                      .addProfiler(GCProfiler.class)
                      .verbosity(VerboseMode.SILENT)
                      .build())
              .runSingle();
      double messages = result.getPrimaryResult().getScore();
      double bytes =
          Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
      System.out.printf(
          Locale.ROOT,
          "| %s | %,.0f | %,.0f | %,.0f |%n",
          name,
          messages,
          messages * each,
          bytes / Math.max(each, 1.0 / 64));
    }
  }

  private static String[] everyProfile() throws IOException {
    try (Stream<Path> folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toArray(String[]::new);
    }
  }
}
