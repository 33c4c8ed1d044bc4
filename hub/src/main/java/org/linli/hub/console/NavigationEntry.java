package org.linli.hub.console;

/**
 * A link in the header of each page. A bean of this type adds one; {@link
 * org.springframework.core.annotation.Order} decides its place, the hub's own come first.
 *
 * @param path where the page is, such as {@code /devices}
 * @param label code of its label in the words of the console ({@link ConsoleWords})
 */
public record NavigationEntry(String path, String label) {

  public NavigationEntry {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of a page begins with a slash, and '" + path + "' does not");
    }
    if (label.isBlank()) {
      throw new IllegalArgumentException("the entry for " + path + " has no label");
    }
  }
}
