import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Writes the names of all settings that the programs declare in their @ConfigurationProperties records. Each line has
 * the program, the name and the default, separated by tabs. A list's name ends with [], a map's with .*. The build runs
 * this, see program/pom.xml: so every program knows the names of all, and no program depends on another.
 */
class Settings {

  private static final String MARK = "ConfigurationProperties";

  private final Path root;
  private final TreeMap<String, String> lines = new TreeMap<>();

  private Settings(Path root) {
    this.root = root;
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("Usage: Settings FOLDER FILE PROGRAM...");
      System.exit(2);
    }
    Settings settings = new Settings(Path.of(arguments[0]));
    for (String program : List.of(arguments).subList(2, arguments.length)) {
      settings.read(program);
    }
    Path file = Path.of(arguments[1]);
    String text = String.join("\n", settings.lines.values()) + "\n";
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  private void read(String program) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(root.resolve(program).resolve("src/main/java"))) {
      files = all.filter(file -> file.toString().endsWith(".java")).filter(Settings::marked).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager sources = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, sources, null, List.of("-proc:none"), null, sources.getJavaFileObjectsFromPaths(files));
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree declared) {
            Optional<String> prefix = value(declared.getModifiers().getAnnotations(), MARK);
            prefix.ifPresent(given -> components(program, given, declared, declared));
          }
        }
      }
    }
  }

  private static boolean marked(Path file) {
    try {
      return Files.readString(file).contains("@" + MARK + "(");
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  private void components(String program, String prefix, ClassTree settings, ClassTree type) {
    if (type.getKind() != Tree.Kind.RECORD) {
      throw new IllegalStateException(type.getSimpleName() + " of " + program + " holds settings and is no record");
    }
    for (Tree member : type.getMembers()) {
      if (member instanceof VariableTree component && !component.getModifiers().getFlags().contains(Modifier.STATIC)) {
        component(program, prefix + "." + dashed(component.getName().toString()), settings, component);
      }
    }
  }

  private void component(String program, String name, ClassTree settings, VariableTree component) {
    String type = component.getType().toString();
    String inner = type.replaceFirst("^(List|Set|Collection)<(.*)>$", "$2");
    boolean several = !inner.equals(type);
    Optional<ClassTree> nested =
        settings.getMembers().stream()
            .filter(member -> member.getKind() == Tree.Kind.RECORD)
            .map(ClassTree.class::cast)
            .filter(record -> record.getSimpleName().contentEquals(inner))
            .findFirst();
    String at = name + (several ? "[]" : type.startsWith("Map<") ? ".*" : "");
    if (nested.isPresent()) {
      components(program, at, settings, nested.get());
    } else {
      String otherwise = value(component.getModifiers().getAnnotations(), "DefaultValue").orElse("");
      lines.put(program + " " + at, String.join("\t", program, at, otherwise));
    }
  }

  /** The value of an annotation as written in the code; empty when the annotation or its value is missing. */
  private static Optional<String> value(Collection<? extends AnnotationTree> annotations, String name) {
    return annotations.stream()
        .filter(annotation -> annotation.getAnnotationType().toString().equals(name))
        .flatMap(annotation -> annotation.getArguments().stream())
        .map(argument -> argument instanceof AssignmentTree assignment ? assignment.getExpression() : argument)
        .map(Settings::text)
        .findFirst();
  }

  private static String text(ExpressionTree expression) {
    return switch (expression) {
      case LiteralTree literal -> String.valueOf(literal.getValue());
      case NewArrayTree several ->
          several.getInitializers().stream().map(Settings::text).collect(Collectors.joining(","));
      default -> throw new IllegalStateException(expression + " is no text that can be read without running the code");
    };
  }

  /** The name of a component as Spring Boot writes it in a property. */
  private static String dashed(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}
