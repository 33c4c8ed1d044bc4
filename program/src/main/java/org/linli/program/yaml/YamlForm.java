package org.linli.program.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is expected of one kind of YAML file.
 *
 * @param maxBytes the size limit
 * @param keys every key that it may have at its top
 * @param needs what an empty file is told to have, as in "it needs …"
 */
public record YamlForm(int maxBytes, List<String> keys, String needs) {

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  public YamlForm {
    keys = List.copyOf(keys);
  }

  /** Returns all bytes, or just enough of them to see that they are too many. */
  public byte[] bytes(InputStream in) throws IOException {
    return in.readNBytes(maxBytes + 1);
  }

  /**
   * Reads a whole file. Whatever its content, nothing is thrown.
   *
   * @param file its name for people
   * @param problems receives what is wrong
   * @return the keys at its top; null if it has noted a problem
   */
  public @Nullable YamlFields read(String file, byte[] bytes, YamlProblems problems) {
    if (bytes.length > maxBytes) {
      problems.add(
          file,
          "it is larger than "
              + maxBytes / (1024 * 1024)
              + " MB, the most that is read; is it the right file?");
      return null;
    }
    CharBuffer characters = CharBuffer.allocate(bytes.length);
    CoderResult decoded =
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), characters, true);
    String text = characters.flip().toString();
    if (decoded.isError()) {
      problems.add(
          end(file, text), "", "from here on it is not UTF-8 text; save the file as UTF-8.");
      return null;
    }
    try {
      YamlNode root =
          new YamlText(file, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).root();
      if (root == null) {
        problems.add(file, "it is empty; it needs " + needs + ".");
        return null;
      }
      return YamlFields.of(root, "", keys, problems);
    } catch (YamlText.RefusedException e) {
      problems.add(e.place(), "", e.what());
      return null;
    }
  }

  /** The place after a text. */
  private static YamlLocation end(String file, String text) {
    int line = (int) text.chars().filter(character -> character == '\n').count() + 1;
    String last = text.substring(text.lastIndexOf('\n') + 1);
    return new YamlLocation(file, line, last.codePointCount(0, last.length()) + 1);
  }
}
