package org.linli.hub;

import java.beans.PropertyEditorSupport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads a path in a setting as a person means it: Spring's own editor takes {@code ../} for a web
 * address.
 */
public final class PlainPath extends PropertyEditorSupport {

  @Override
  public void setAsText(String text) {
    try {
      setValue(text.isBlank() ? null : Path.of(text.strip()));
    } catch (InvalidPathException broken) {
      throw new IllegalArgumentException("is no path: " + broken.getMessage(), broken);
    }
  }
}
