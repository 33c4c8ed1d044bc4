import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Runs google-java-format over every Java file of the checkout. {@code check} fails and names the files that differ;
 * {@code write} rewrites them. Started by the build on its Java 25 toolchain, see pom.xml.
 */
class Format {
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2 || !List.of("check", "write").contains(arguments[0])) {
      System.err.println("Usage: Format check|write FOLDER");
      System.exit(2);
    }
    boolean check = arguments[0].equals("check");
    Path root = Path.of(arguments[1]);
    List<String> call = new ArrayList<>(check ? List.of("--dry-run", "--set-exit-if-changed") : List.of("--replace"));
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|node_modules|build)/.*"))
          .sorted()
          .map(Path::toString)
          .forEach(call::add);
    }
    int exit =
        ToolProvider.findFirst("google-java-format")
            .orElseThrow()
            .run(new PrintWriter(System.out, true), new PrintWriter(System.err, true), call.toArray(String[]::new));
    if (exit != 0 && check) {
      System.err.println("The files above are not formatted. Run: ./mvnw -N -Pformat validate");
    }
    System.exit(exit == 0 ? 0 : 1);
  }
}
