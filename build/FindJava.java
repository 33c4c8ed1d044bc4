import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints the folder of a JDK that is new enough; without one, prints one sentence and exits with 1. The build runs this
 * before Maven's own search for a toolchain, whose message does not say what to do. Written for Java 17, because Maven
 * may run on it.
 */
class FindJava {
  private static final Pattern TOOLCHAIN_HOME = Pattern.compile("<jdkHome>\\s*([^<]+?)\\s*</jdkHome>");

  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("Usage: FindJava VERSION");
      System.exit(2);
    }
    int needed = Integer.parseInt(arguments[0]);
    Optional<Path> home =
        candidates().filter(FindJava::hasCompiler).filter(jdk -> versionOf(jdk) >= needed).findFirst();
    if (home.isEmpty()) {
      System.err.printf(
          "Linli is written for Java %d, and no JDK %1$d or later was found: install one (for example Temurin from"
              + " adoptium.net or your system's packages), or point JAVA_HOME to where it is.%n",
          needed);
      System.exit(1);
    }
    System.out.println(home.get());
  }

  private static Stream<Path> candidates() {
    String user = System.getProperty("user.home");
    List<Path> found = new ArrayList<>();
    System.getenv().entrySet().stream()
        .filter(entry -> entry.getKey().matches("JAVA_?\\d*_HOME.*|JDK_?\\d*_HOME"))
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(entry -> found.add(Path.of(entry.getValue())));
    found.add(Path.of(System.getProperty("java.home")));
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      Path java = Path.of(folder, "java");
      if (!folder.isEmpty() && Files.isExecutable(java)) {
        realParent(java).ifPresent(found::add);
      }
    }
    found.addAll(toolchains(Path.of(user, ".m2", "toolchains.xml")));
    for (String folder :
        List.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt/java",
            "/opt/jdk",
            "/Library/Java/JavaVirtualMachines",
            user + "/.sdkman/candidates/java",
            user + "/.jdks",
            user + "/.asdf/installs/java",
            user + "/.local/share/mise/installs/java",
            user + "/.jabba/jdk")) {
      found.addAll(childrenOf(Path.of(folder)));
    }
    return found.stream().flatMap(home -> Stream.of(home, home.resolve("Contents/Home"))).distinct();
  }

  private static Optional<Path> realParent(Path java) {
    try {
      return Optional.ofNullable(java.toRealPath().getParent()).map(Path::getParent);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<Path> toolchains(Path file) {
    try {
      Matcher homes = TOOLCHAIN_HOME.matcher(Files.readString(file));
      return homes.results().map(home -> Path.of(home.group(1))).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static List<Path> childrenOf(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean hasCompiler(Path home) {
    return Files.isExecutable(home.resolve("bin/javac")) || Files.isExecutable(home.resolve("bin/javac.exe"));
  }

  /** Reads the JDK's own {@code release} file (JEP 223), so that no process need be started. */
  private static int versionOf(Path home) {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
    return version.startsWith("1.") ? 0 : Integer.parseInt(version.replaceAll("\\D.*", ""));
  }
}
