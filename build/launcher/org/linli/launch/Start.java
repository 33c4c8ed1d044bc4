package org.linli.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.jar.Manifest;

/**
 * The first class of each of Linli's programs, compiled for Java 8 so that any Java can load it. On a Java that is too
 * old it prints one sentence, and the program's help if requested; otherwise it starts the program through Spring
 * Boot's launcher.
 */
public final class Start {

  private static final int NEEDED = 25;
  private static final List<String> ASKED = Arrays.asList("--help", "-h", "-help", "-?", "help");

  private Start() {}

  public static void main(String[] arguments) throws Throwable {
    String running = System.getProperty("java.specification.version");
    if (major(running) < NEEDED) {
      System.err.println(
          "This program needs Java "
              + NEEDED
              + " or later and was started with Java "
              + running
              + " ("
              + System.getProperty("java.home")
              + "): start it with a newer java.");
      boolean asked = arguments.length > 0 && ASKED.contains(arguments[0]);
      if (asked) {
        help();
      }
      System.exit(asked ? 0 : 1);
    }
    try {
      Class.forName("org.springframework.boot.loader.launch.JarLauncher")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** Prints the help text beside the program's class, which the archive's manifest names. */
  private static void help() throws IOException {
    InputStream manifest = Start.class.getResourceAsStream("/META-INF/MANIFEST.MF");
    String program = new Manifest(manifest).getMainAttributes().getValue("Start-Class");
    String folder = program.substring(0, program.lastIndexOf('.')).replace('.', '/');
    InputStream text = Start.class.getResourceAsStream("/BOOT-INF/classes/" + folder + "/help_" + language() + ".txt");
    if (text != null) {
      System.out.println();
      byte[] part = new byte[8192];
      for (int read = text.read(part); read >= 0; read = text.read(part)) {
        System.out.write(part, 0, read);
      }
      System.out.flush();
    }
  }

  private static String language() {
    for (String name : Arrays.asList("LC_ALL", "LC_MESSAGES", "LANG")) {
      String locale = System.getenv(name);
      if (locale != null && !locale.isEmpty()) {
        return locale.startsWith("zh") ? "zh" : "en";
      }
    }
    return Locale.getDefault().getLanguage().equals("zh") ? "zh" : "en";
  }

  private static int major(String version) {
    return version.startsWith("1.") ? 0 : Integer.parseInt(version.replaceAll("\\D.*", ""));
  }
}
