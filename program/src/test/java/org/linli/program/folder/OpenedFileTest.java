package org.linli.program.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenedFileTest {

  @TempDir private Path folder;

  @Test
  void findsOutThatItWasDeletedReplacedOrMoved() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path file = Files.writeString(data.resolve("a.db"), "first");
    try (FileChannel open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      OpenedFile opened = new OpenedFile(file);
      assertThat(opened.isStillThere()).isTrue();
      open.truncate(0);
      assertThat(opened.isStillThere()).isTrue();

      Path aside = Files.move(file, data.resolve("aside"));
      assertThat(opened.isStillThere()).isFalse();
      Files.writeString(file, "second");
      assertThat(opened.isStillThere()).isFalse();
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
      assertThat(opened.isStillThere()).isTrue();

      Path elsewhere = Files.move(data, folder.resolve("elsewhere"));
      assertThat(opened.isStillThere()).isFalse();
      Files.move(elsewhere, data);
      Files.delete(file);
      Files.writeString(file, "third");
      assertThat(opened.isStillThere()).isFalse();
    }
  }

  @Test
  void needsTheFile() {
    assertThatThrownBy(() -> new OpenedFile(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
