package org.linli.launch;

import java.lang.reflect.InvocationTargetException;

/**
 * The first class of each of Linli's programs, compiled for Java 8 so that any Java can load it: an older one gets a
 * sentence, the right one starts the program through Spring Boot's launcher.
 */
public final class Start {

  private static final int NEEDED = 25;

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
      System.exit(1);
    }
    try {
      Class.forName("org.springframework.boot.loader.launch.JarLauncher")
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static int major(String version) {
    return version.startsWith("1.") ? 0 : Integer.parseInt(version.replaceAll("\\D.*", ""));
  }
}
