package org.linli.sims;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a program's sources that can come to hold more and more, named {@code Class.field}:
 * what holds many, or text, or bytes, or pieces that wait for a thread, and
 *
 * <ul>
 *   <li>begins as something that can be changed,
 *   <li>or is added to by its own class,
 *   <li>or is not final, so that something larger can take its place.
 * </ul>
 *
 * <p>A map whose keys are the constants of an enum has an end by itself. Local variables are not
 * looked at: what is held for long is in somebody's field.
 */
final class GrowingFields extends TreeScanner<@Nullable Void, @Nullable Void> {

  private static final Pattern HOLDER =
      Pattern.compile(
          "\\b(\\w*(Map|List|Set|Queue|Deque|Vector|Collection|Cache)(?=<)"
              + "|StringBuilder|StringBuffer|ByteArrayOutputStream|ThreadLocal|(Composite)?ByteBuf"
              + "|\\w*Executor(Service)?)\\b");

  private static final Pattern ARRAY = Pattern.compile("\\[\\]$");

  /** Holds what others give it, however it is made. */
  private static final Pattern OTHERS =
      Pattern.compile("\\b(\\w*Executor(Service)?|ThreadLocal|AtomicReference<)");

  private static final Pattern OF_CONSTANTS = Pattern.compile("\\bEnum(Map|Set)\\b");

  private static final Pattern MADE_TO_CHANGE =
      Pattern.compile("newKeySet|newSetFromMap|synchronized(Map|List|Set|Collection)|toCollection");

  private static final Set<String> ADDING =
      Set.of(
          "add",
          "addAll",
          "addFirst",
          "addLast",
          "append",
          "compute",
          "computeIfAbsent",
          "merge",
          "offer",
          "offerFirst",
          "offerLast",
          "push",
          "put",
          "putAll",
          "putFirst",
          "putIfAbsent",
          "putLast",
          "write",
          "writeBytes");

  private final SortedSet<String> growing = new TreeSet<>();
  private final Deque<Fields> classes = new ArrayDeque<>();

  private GrowingFields() {}

  /**
   * Of all Java files below a folder.
   *
   * @throws IOException where a file cannot be read
   */
  static SortedSet<String> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return of(files.filter(file -> file.toString().endsWith(".java")).map(Source::of).toList());
    }
  }

  /** Of one file's text. */
  static SortedSet<String> of(String source) throws IOException {
    return of(List.of(new Source(URI.create("string:///Source.java"), source)));
  }

  private static SortedSet<String> of(List<Source> sources) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    JavacTask task = (JavacTask) compiler.getTask(null, null, null, null, null, sources);
    GrowingFields scanner = new GrowingFields();
    for (CompilationUnitTree file : task.parse()) {
      scanner.scan(file, null);
    }
    return scanner.growing;
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
    Fields outer = classes.peek();
    Fields fields = new Fields(type, outer == null ? "" : outer.name + ".");
    classes.push(fields);
    super.visitClass(type, none);
    classes.pop();
    fields.grown().forEach(field -> growing.add(fields.name + "." + field));
    return null;
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
    return inScope(() -> super.visitMethod(method, none));
  }

  @Override
  public @Nullable Void visitBlock(BlockTree block, @Nullable Void none) {
    return inScope(() -> super.visitBlock(block, none));
  }

  @Override
  public @Nullable Void visitLambdaExpression(LambdaExpressionTree lambda, @Nullable Void none) {
    return inScope(() -> super.visitLambdaExpression(lambda, none));
  }

  private @Nullable Void inScope(Runnable inner) {
    Deque<Set<String>> locals = Objects.requireNonNull(classes.peek()).locals;
    locals.push(new HashSet<>());
    inner.run();
    locals.pop();
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
    Set<String> locals = Objects.requireNonNull(classes.peek()).locals.peek();
    if (locals != null) {
      locals.add(variable.getName().toString());
    }
    return super.visitVariable(variable, none);
  }

  @Override
  public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void none) {
    if (canBeChanged(assignment.getExpression())) {
      grows(assignment.getVariable());
    }
    return super.visitAssignment(assignment, none);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
    if (call.getMethodSelect() instanceof MemberSelectTree select
        && ADDING.contains(select.getIdentifier().toString())) {
      grows(select.getExpression());
    }
    return super.visitMethodInvocation(call, none);
  }

  private void grows(ExpressionTree named) {
    switch (named) {
      case IdentifierTree identifier -> grows(identifier.getName().toString(), false);
      case MemberSelectTree select
          when select.getExpression().toString().matches("(\\w+\\.)?this") ->
          grows(select.getIdentifier().toString(), true);
      default -> {}
    }
  }

  private void grows(String name, boolean isField) {
    for (Fields fields : classes) {
      if (!isField && fields.locals.stream().anyMatch(names -> names.contains(name))) {
        return;
      }
      if (fields.holders.computeIfPresent(name, (_, _) -> true) != null) {
        return;
      }
    }
  }

  private static boolean canBeChanged(@Nullable ExpressionTree value) {
    String text = String.valueOf(value);
    return !OF_CONSTANTS.matcher(text).find()
        && (value instanceof NewClassTree || MADE_TO_CHANGE.matcher(text).find());
  }

  /** The fields of a class that hold many, and whether each of them can grow. */
  private static final class Fields {

    private final String name;
    private final Map<String, Boolean> holders = new HashMap<>();

    /** The names of parameters and local variables, innermost first. */
    private final Deque<Set<String>> locals = new ArrayDeque<>();

    Fields(ClassTree type, String before) {
      name = before + (type.getSimpleName().isEmpty() ? "new" : type.getSimpleName());
      for (Tree member : type.getMembers()) {
        if (member instanceof VariableTree field) {
          boolean isFinal =
              field.getModifiers().getFlags().contains(Modifier.FINAL)
                  || type.getKind() == Tree.Kind.INTERFACE;
          String said = String.valueOf(field.getType());
          ExpressionTree value = field.getInitializer();
          if (HOLDER.matcher(said).find() && !OF_CONSTANTS.matcher(said + value).find()) {
            boolean grows = !isFinal || OTHERS.matcher(said).find() || canBeChanged(value);
            holders.put(field.getName().toString(), grows);
          } else if (!isFinal && ARRAY.matcher(said).find()) {
            holders.put(field.getName().toString(), true);
          }
        }
      }
    }

    List<String> grown() {
      return holders.entrySet().stream()
          .filter(Map.Entry::getValue)
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** A file's text for the compiler. */
  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(URI uri, String text) {
      super(uri, Kind.SOURCE);
      this.text = text;
    }

    static Source of(Path file) {
      try {
        return new Source(file.toUri(), Files.readString(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
