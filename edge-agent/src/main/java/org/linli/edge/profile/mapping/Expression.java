package org.linli.edge.profile.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.FnVarArgs;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A JSONata expression (jsonata.org) with the limits of {@link Bounds}. Its regular expressions are
 * those of {@link LinearMatching} only, {@code $eval} is not available, and {@link TextFunctions}
 * replaces the functions on texts.
 */
final class Expression {

  private static final String UNKNOWN_FUNCTION = "T1006";
  private static final String NOTHING = "null";
  private static final LinearMatching MATCHING = new LinearMatching();

  private static final JFunction NO_EVAL = Jsonata.function("eval", refusing("eval"), null);
  private static final JFunction NO_MATCH = Jsonata.function("match", refusing("match"), null);

  private final String text;
  private final Jsonata compiled;
  private final TextFunctions texts = new TextFunctions();

  private Expression(String text, Jsonata compiled) {
    this.text = text;
    this.compiled = compiled;
    // Once, and not for each evaluation: that would cost more than most of them.
    texts.in(compiled);
    compiled.registerFunction("matches", MATCHING.matches);
    compiled.registerFunction("capture", MATCHING.capture);
    compiled.registerFunction("eval", NO_EVAL);
    compiled.registerFunction("match", NO_MATCH);
  }

  /** An expression is invalid, or its evaluation failed. */
  static final class FailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int at;

    FailedException(String why, int at) {
      super(why, null, false, false);
      this.at = at;
    }

    /** Number of characters before the error; -1 if it is not known. */
    int at() {
      return at;
    }
  }

  /**
   * @throws FailedException if it is not JSONata, or uses something that is not available
   */
  static Expression compile(String text) throws FailedException {
    OptionalInt regex = RegexLiterals.first(text);
    if (regex.isPresent()) {
      throw new FailedException(
          "it has a regular expression between slashes, which a message could keep busy for ever;"
              + " use $matches(text, \"pattern\") or $capture(text, \"pattern\")",
          regex.getAsInt());
    }
    Expression expression;
    try {
      expression = new Expression(text, Jsonata.jsonata(text));
      // The library evaluates with the instance that its thread made last, and what that one had
      // bound would still be bound for the next message.
      var _ = Jsonata.jsonata(NOTHING);
    } catch (JException broken) {
      throw failed(broken);
    } catch (RuntimeException | StackOverflowError broken) {
      throw new FailedException("it cannot be read as JSONata", -1);
    }
    expression.refuseUnknownFunctions();
    return expression;
  }

  /**
   * Detects unknown functions by evaluating without input. Any other error may be due to the
   * missing input.
   */
  private void refuseUnknownFunctions() throws FailedException {
    try {
      Frame frame = frame(Map.of(), new Bounds());
      compiled.evaluate(Map.of(), frame);
    } catch (JException complaint) {
      if (UNKNOWN_FUNCTION.equals(complaint.getError())) {
        throw failed(complaint);
      }
    } catch (RuntimeException | StackOverflowError notOnNothing) {
      // A real message may contain what is missing here.
    }
  }

  /**
   * @param names variables by name, without {@code $}
   * @param bounds limits of the message, which all its expressions share
   * @return null, a number, boolean, string, list or map
   * @throws FailedException if it fails, or exceeds its limits
   */
  @Nullable Object evaluate(@Nullable Object input, Map<String, ?> names, Bounds bounds)
      throws FailedException {
    try {
      synchronized (compiled) {
        return compiled.evaluate(input, frame(names, bounds));
      }
    } catch (JException failed) {
      throw failed(failed);
    } catch (RuntimeException | StackOverflowError failed) {
      throw new FailedException(String.valueOf(failed.getMessage()), -1);
    }
  }

  private Frame frame(Map<String, ?> names, Bounds bounds) {
    Frame frame = compiled.createFrame();
    bounds.on(frame);
    texts.bounded(bounds);
    names.forEach(frame::bind);
    return frame;
  }

  private static FnVarArgs<Object> refusing(String name) {
    return arguments -> {
      throw Bounds.exceeded("$" + name + " is not available in mappings");
    };
  }

  private static FailedException failed(JException problem) {
    String said = problem.getMessage();
    String why = said == null || said.isBlank() ? String.valueOf(problem.getError()) : said;
    return new FailedException(
        why.startsWith("JSONataException ") ? why.substring("JSONataException ".length()) : why,
        problem.getLocation());
  }

  @Override
  public String toString() {
    return text;
  }
}
