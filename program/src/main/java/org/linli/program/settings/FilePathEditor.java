package org.linli.program.settings;

import java.beans.PropertyEditorSupport;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a path in a setting as a file path. Spring's own editor treats {@code ../} as a URL. */
public final class FilePathEditor extends PropertyEditorSupport {

  @Override
  public void setAsText(String text) {
    try {
      setValue(text.isBlank() ? null : Path.of(text.strip()));
    } catch (InvalidPathException broken) {
      throw new IllegalArgumentException("is no path: " + broken.getMessage(), broken);
    }
  }
}
