package org.linli.sims;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import org.linli.sims.check.CheckCommand;
import org.linli.sims.console.CannotRunException;
import org.linli.sims.console.Console;
import org.linli.sims.console.ExitCode;
import org.linli.sims.hostile.HostileCommand;
import org.linli.sims.load.LoadCommand;
import org.linli.sims.reconcile.ReconcileCommand;
import org.linli.sims.simulate.SimulateCommand;
import org.linli.sims.torture.TortureCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Simulated equipment for Linli, as a program with six commands. */
@Command(
    name = "device-sims",
    description = {
      "Simulated equipment for Linli: a day in a community, load, and the judge of both.",
      "邻里设备模拟器：模拟社区一天的设备上报、压力测试，并核对结果。"
    },
    mixinStandardHelpOptions = true,
    versionProvider = DeviceSims.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  java -jar device-sims.jar simulate --story --for 60s",
      "  java -jar device-sims.jar simulate --seed 1 --print --count 500",
      "  java -jar device-sims.jar load --rate 500 --protocol mixed --for 30s --record run.txt",
      "  java -jar device-sims.jar reconcile --record run.txt --gateway http://127.0.0.1:8081",
      "  java -jar device-sims.jar torture --seed 1 --brisk --kills 30",
      "  java -jar device-sims.jar hostile --only vanishing-wills,slow-forms",
      "",
      "\"device-sims COMMAND --help\" explains each."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Done, and every count holds.",
      "1:A count does not hold: something was refused, unanswered, lost or doubled.",
      "2:The command line or a file it names cannot be used.",
      "3:Gateway or hub does not answer."
    })
public final class DeviceSims {

  private static final String WHOLE = "is no whole number such as 10, or too large";

  public static void main(String[] arguments) {
    System.exit(commandLine(Console.ofProcess()).execute(arguments));
  }

  /** The version that the build wrote beside the classes. */
  static final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream file =
          DeviceSims.class.getResourceAsStream("/META-INF/build-info.properties")) {
        if (file != null) {
          build.load(file);
        }
      }
      return new String[] {
        "device-sims %s (Java %s)"
            .formatted(build.getProperty("build.version", "unknown"), Runtime.version())
      };
    }
  }

  /** The program with its output on this console. */
  static CommandLine commandLine(Console console) {
    Clock clock = Clock.systemUTC();
    return new CommandLine(new DeviceSims())
        .addSubcommand(new SimulateCommand(console, clock))
        .addSubcommand(new LoadCommand(console, clock))
        .addSubcommand(new ReconcileCommand(console))
        .addSubcommand(new CheckCommand(console, clock))
        .addSubcommand(new TortureCommand(console, clock))
        .addSubcommand(new HostileCommand(console, clock))
        .registerConverter(Duration.class, new Durations())
        .registerConverter(int.class, new Reading<>(Integer::valueOf, WHOLE))
        .registerConverter(Integer.class, new Reading<>(Integer::valueOf, WHOLE))
        .registerConverter(long.class, new Reading<>(Long::valueOf, WHOLE))
        .registerConverter(Long.class, new Reading<>(Long::valueOf, WHOLE))
        .registerConverter(double.class, new Reading<>(Double::valueOf, "is no number such as 1.5"))
        .registerConverter(
            URI.class, new Reading<>(URI::create, "is no address such as http://127.0.0.1:8081"))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(100)
        .setUsageHelpAutoWidth(true)
        .setOut(console.out())
        .setErr(console.err())
        .setParameterExceptionHandler(
            (exception, parsed) -> {
              String command = exception.getCommandLine().getCommandSpec().qualifiedName();
              console.complain(CommandLineComplaint.of(exception));
              console.complain("\"" + command + " --help\" explains the options.");
              return ExitCode.UNUSABLE;
            })
        .setExecutionExceptionHandler(
            (exception, command, parsed) -> {
              if (exception instanceof CannotRunException cannot) {
                console.complain(cannot.sentence());
                return cannot.exitCode();
              }
              throw exception;
            });
  }
}
